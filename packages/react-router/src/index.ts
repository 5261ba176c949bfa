/** Arcjet for React Router in framework mode: middleware, loaders and actions. */
import {
  createArcjet,
  createWithRoute,
  judgeWeb,
  readNodeRequest,
  readWebRequest,
  type AdapterKind,
  type Decision,
  type MiddlewareClient,
  type NodeRequest,
  type RequestParts,
  type WebContext,
  type WebGuardOptions,
} from "@arcjet/core/fetch";
import { createContext, type Params, type RouterContextProvider } from "react-router";

export * from "@arcjet/core";

/** The part of the arguments of middleware, loaders and actions that is read; `url` came with React Router 8. */
export interface RouteArgs {
  readonly request: Request;
  readonly url?: URL;
  readonly context: Readonly<RouterContextProvider>;
}

/** What a loader or an action is called with. */
type HandlerArgs = RouteArgs & { readonly params: Params };

export type ReactRouterOptions = WebGuardOptions<RouteArgs>;

/** Middleware of a route, for its `middleware` list. */
export type ArcjetMiddleware = (args: RouteArgs, next: () => Promise<unknown>) => Promise<Response>;

/** A client for React Router; the decision of its middleware is in `context.get(arcjetContext)`. */
export interface ReactRouterArcjet<Props = object> extends MiddlewareClient<
  ReactRouterKind,
  Props
> {}

interface ReactRouterKind extends AdapterKind {
  readonly request: RouteArgs;
  readonly options: ReactRouterOptions;
  readonly middleware: ArcjetMiddleware;
  readonly arguments: [args: HandlerArgs];
  readonly client: ReactRouterArcjet<this["props"]>;
}

/** Where middleware and `withArcjet` put their decision. */
export const arcjetContext = createContext<Decision>();

/** Where a server on Node may put its request, so that rules know the peer and the path as received. */
export const nodeRequestContext = createContext<NodeRequest | null>(null);

const framework: WebContext<RouteArgs> = {
  request: (args) => args.request,
  attach: (args, decision) => args.context.set(arcjetContext, decision),
};

const judge = judgeWeb(framework);

function read({ request, url, context }: RouteArgs): RequestParts {
  const asked = new URL(request.url);
  const routed = url ?? asked;
  // A request for the data of a page (`/page.data`) is routed as the page; only then they differ.
  const same = url !== undefined && url.pathname === asked.pathname;
  const target = same ? undefined : routed.pathname + routed.search;
  const raw = context.get(nodeRequestContext);
  if (raw === null) return readWebRequest(request, { target });
  return readNodeRequest(raw, target);
}

/**
 * Protects a React Router app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * export const middleware = [aj.middleware()]; // in root.tsx
 */
const arcjet = createArcjet<ReactRouterKind>(
  { read, identity: (args) => args.context, ignoreCase: true },
  (guard, options) => (args, next) =>
    // On the server, what is next always answers with a response.
    judge(guard, options, args, next) as Promise<Response>,
);
export default arcjet;

/** Protects one loader or action, with rules of its own if need be; a denial is thrown as a response. */
export const withArcjet = createWithRoute<ReactRouterKind>(framework);
