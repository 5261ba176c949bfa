/** Arcjet for Remix 2: middleware for the server in front of it, loaders and actions. */
import {
  createArcjet,
  nodeMiddleware,
  readNodeRequest,
  receivedTarget,
  type Decision,
  type MiddlewareClient,
  type NodeKind,
  type NodeRequest,
  type RequestParts,
} from "@arcjet/core/node";
import { createWithRoute, readWebRequest, type WebGuardOptions } from "@arcjet/core/fetch";
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
export type RouteArgs = Pick<LoaderFunctionArgs, "request" | "context">;

/** What is decided about: a route's arguments, or the request of the server in front of Remix. */
export type RemixRequest = RouteArgs | NodeRequest;

export type RemixOptions = WebGuardOptions<RouteArgs>;
export type RemixMiddlewareOptions = RemixKind["options"];

/** A client for Remix; `loadContext()` puts the decision of its middleware into `context.arcjet`. */
export interface RemixArcjet<Props = object> extends MiddlewareClient<RemixKind, Props> {}

interface RemixKind extends NodeKind<NodeRequest, RemixRequest> {
  readonly arguments: [args: Pick<LoaderFunctionArgs, "request" | "context" | "params">];
  readonly client: RemixArcjet<this["props"]>;
}

const decisions = new WeakMap<NodeRequest, Decision>();

/** The load context of a request that the middleware has seen, for `getLoadContext`. */
export const loadContext = (request: NodeRequest): AppLoadContext => ({
  arcjet: decisions.get(request),
  nodeRequest: request,
});

/** What may be the data of a page; an absolute target is routed by its path as it stands. */
const MAY_BE_DATA = /^[^A-Za-z].*\.data/s;

/** A request for the data of a page (`/page.data`) as the page, by Remix's own steps. */
function routedTarget(received: string): string {
  const url = MAY_BE_DATA.test(received) ? URL.parse(`http://localhost${received}`) : null;
  if (!url?.pathname.endsWith(".data")) return received;
  const page = url.pathname.slice(0, -".data".length);
  return (page === "/_root" ? "/" : page) + url.search;
}

function read(given: RemixRequest): RequestParts {
  if ("socket" in given) return readNodeRequest(given, routedTarget(receivedTarget(given)));
  // A loader's request has the path of the page already, whatever was received.
  const parts = readWebRequest(given.request);
  const { nodeRequest } = given.context;
  if (nodeRequest === undefined) return parts;
  return { ...readNodeRequest(nodeRequest, parts.target), method: parts.method };
}

const identity = (given: RemixRequest): object =>
  "socket" in given ? given : (given.context.nodeRequest ?? given.request);

/**
 * Protects a Remix app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * app.use(aj.middleware()); // in front of Remix's request handler
 */
const arcjet = createArcjet<RemixKind>(
  { read, identity, ignoreCase: true },
  nodeMiddleware((request, _, decision) => void decisions.set(request, decision)),
);
export default arcjet;

/** Protects one loader or action, with rules of its own if need be; a denial is thrown as a response. */
export const withArcjet = createWithRoute<RemixKind, RemixOptions>({
  request: (args) => args.request,
  attach: (args, decision) => void (args.context.arcjet = decision),
});
