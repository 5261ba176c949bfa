/** Arcjet for Remix 2: middleware for the server in front of it, loaders and actions. */
import {
  createArcjet,
  createWithArcjet,
  nodeMiddleware,
  readNodeRequest,
  type AdapterKind,
  type Decision,
  type MiddlewareClient,
  type NodeGuardOptions,
  type NodeMiddleware,
  type NodeRequest,
  type NodeResponse,
} from "@arcjet/core/node";
import {
  judgeRoute,
  readWebRequest,
  type RequestParts,
  type WebGuardOptions,
} from "@arcjet/core/fetch";
import type { AppLoadContext, LoaderFunctionArgs } from "@remix-run/server-runtime";

export * from "@arcjet/core";
export type { NodeMiddleware as ArcjetMiddleware } from "@arcjet/core/node";

declare module "@remix-run/server-runtime" {
  interface AppLoadContext {
    /** The decision of the middleware or of `withArcjet`. */
    arcjet?: Decision | undefined;
    /** The request of the server, which knows the peer and the path as received. */
    nodeRequest?: NodeRequest | undefined;
  }
}

/** The part of the arguments of loaders and actions that is read. */
export interface RouteArgs {
  readonly request: Request;
  readonly context: AppLoadContext;
}

/** What is decided about: a route's arguments, or the request of the server in front of Remix. */
export type RemixRequest = RouteArgs | (NodeRequest & { readonly originalUrl?: string });

export type RemixOptions = WebGuardOptions<RouteArgs>;
export type RemixMiddlewareOptions = NodeGuardOptions<NodeRequest, NodeResponse>;

/** A client for Remix; `loadContext()` puts the decision of its middleware into `context.arcjet`. */
export interface RemixArcjet<Props = object> extends MiddlewareClient<RemixKind, Props> {}

interface RemixKind extends AdapterKind {
  readonly request: RemixRequest;
  readonly options: RemixMiddlewareOptions;
  readonly middleware: NodeMiddleware;
  readonly arguments: [args: RouteArgs & Pick<LoaderFunctionArgs, "params">];
  readonly client: RemixArcjet<this["props"]>;
}

const decisions = new WeakMap<NodeRequest, Decision>();

/** The load context of a request that the middleware has seen, for `getLoadContext`. */
export const loadContext = (request: NodeRequest): AppLoadContext => ({
  arcjet: decisions.get(request),
  nodeRequest: request,
});

/** A request for the data of a page (`/page.data`) as the page, by Remix's own steps. */
function routedTarget(received: string): string {
  const href = `http://localhost${received}`;
  const absolute = /^[A-Za-z]/.test(received);
  if (absolute || !received.includes(".data") || !URL.canParse(href)) return received;
  const { pathname, search } = new URL(href);
  if (!pathname.endsWith(".data")) return received;
  const page = pathname.slice(0, -".data".length);
  return (page === "/_root" ? "/" : page) + search;
}

function read(given: RemixRequest): RequestParts {
  if ("socket" in given) {
    return readNodeRequest(given, routedTarget(given.originalUrl ?? given.url ?? "/"));
  }
  const { request, context } = given;
  // A loader's request has the path of the page already, whatever was received.
  const parts = readWebRequest(request);
  if (context.nodeRequest === undefined) return parts;
  return { ...readNodeRequest(context.nodeRequest, parts.target), method: parts.method };
}

/**
 * Protects a Remix app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * app.use(aj.middleware()); // in front of Remix's request handler
 */
const arcjet = createArcjet<RemixKind>(
  {
    read,
    identity: (given) => ("socket" in given ? given : (given.context.nodeRequest ?? given.request)),
    ignoreCase: true,
  },
  (guard, options) =>
    nodeMiddleware(guard, options, (request, _, decision) => void decisions.set(request, decision)),
);
export default arcjet;

/** Protects one loader or action, with rules of its own if need be; a denial is thrown as a response. */
export const withArcjet = createWithArcjet<RemixKind, RemixOptions>(
  judgeRoute({
    request: (args) => args.request,
    attach: (args, decision) => void (args.context.arcjet = decision),
  }),
);
