/** Arcjet for Fastify: a plugin for an app, a `preHandler` for a route, a wrapper for a handler. */
import {
  createArcjet,
  createGuard,
  denialResponse,
  isPromise,
  rateLimitHeaders,
  readNodeRequest,
  toFailure,
  whenReady,
  type AdapterKind,
  type Decision,
  type Guard,
  type MaybePromise,
  type MiddlewareClient,
  type ReadProps,
  type RequestParts,
  type RuleInput,
  type WithArcjetArguments,
} from "@arcjet/core/node";
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  preHandlerHookHandler,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
  RouteGenericInterface,
  RouteHandlerMethod,
} from "fastify";

export * from "@arcjet/core";
export { createRemoteClient, type RemoteClientOptions } from "@arcjet/core/node";

declare module "fastify" {
  interface FastifyRequest {
    /** The decision of the plugin, of a `preHandler` or of `withArcjet`. */
    arcjet?: Decision;
  }
}

export interface FastifyOptions {
  /** Answers a denied request instead of the 403 or 429: sends the reply, or gives what to send. */
  readonly onDenied?: (request: FastifyRequest, reply: FastifyReply, decision: Decision) => unknown;
}

/** A client for Fastify, whose middleware is a `preHandler`; the decision is in `request.arcjet`. */
export interface FastifyArcjet<Props = object> extends MiddlewareClient<FastifyKind, Props> {}

interface FastifyKind extends AdapterKind {
  readonly request: FastifyRequest;
  readonly options: FastifyOptions;
  readonly middleware: preHandlerHookHandler;
  readonly client: FastifyArcjet<this["props"]>;
}

function sendDenial(request: FastifyRequest, reply: FastifyReply, decision: Decision): void {
  const { status, headers, body } = denialResponse(decision, request.headers.accept);
  void reply.code(status).headers(Object.fromEntries(headers)).send(body);
}

/** Whether the request may go on; else it has been answered. */
function judge(
  guard: Guard<FastifyRequest>,
  request: FastifyRequest,
  reply: FastifyReply,
  options: FastifyOptions | undefined,
): MaybePromise<boolean> {
  return whenReady(guard(request), (decision): MaybePromise<boolean> => {
    request.arcjet = decision;
    if (!decision.isDenied()) {
      for (const [name, value] of rateLimitHeaders(decision)) reply.header(name, value);
      return true;
    }
    const given = options?.onDenied?.(request, reply, decision) as MaybePromise<unknown>;
    return whenReady(given, (body) => {
      if (reply.sent || body === reply) return false;
      if (body === undefined) sendDenial(request, reply, decision);
      else void reply.send(body);
      return false;
    });
  });
}

const toHook =
  (guard: Guard<FastifyRequest>, options?: FastifyOptions): preHandlerHookHandler =>
  (request, reply, done) => {
    const fail = (cause: unknown): void => done(toFailure(cause) as Error);
    let may: MaybePromise<boolean>;
    try {
      may = judge(guard, request, reply, options);
    } catch (cause) {
      return fail(cause);
    }
    if (isPromise(may)) may.then((goes) => void (goes && done()), fail);
    else if (may) done();
  };

const SEMICOLON_BEFORE_QUERY = /^([^?#;]*);/;

/** Options of the router that change what a path is; the types of some of them are not declared. */
interface RouterOptions {
  readonly caseSensitive?: boolean;
  readonly useSemicolonDelimiter?: boolean;
}

/** The request as the app's router reads it: options may make it ignore case, or end a path at a semicolon. */
function read(request: FastifyRequest): RequestParts {
  const config: RouterOptions & { readonly routerOptions?: RouterOptions } =
    request.server.initialConfig;
  const { routerOptions = config } = config;
  const caseSensitive = routerOptions.caseSensitive ?? config.caseSensitive;
  const semicolon = routerOptions.useSemicolonDelimiter ?? config.useSemicolonDelimiter;
  const { raw, originalUrl } = request;
  const target = semicolon ? originalUrl.replace(SEMICOLON_BEFORE_QUERY, "$1?") : originalUrl;
  return readNodeRequest(raw, target, caseSensitive === false);
}

/**
 * Protects a Fastify app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * app.register(arcjetPlugin, { aj });
 */
const arcjet = createArcjet<FastifyKind>(
  {
    read,
    identity: (request) => request.raw,
  },
  toHook,
);
export default arcjet;

type PluginProps = (request: FastifyRequest) => MaybePromise<object>;

/** Options of the plugin; `props` gives what the rules need, once the body has been read. */
export type ArcjetPluginOptions = FastifyOptions &
  (
    | { readonly aj: FastifyArcjet; readonly props?: PluginProps }
    | { readonly aj: FastifyArcjet<never>; readonly props: PluginProps }
  );

/** Judges every request of the app: before its body is read, or after when `props` needs it. */
export const arcjetPlugin = Object.assign(
  function arcjetPlugin(
    app: FastifyInstance,
    options: ArcjetPluginOptions,
    done: () => void,
  ): void {
    // A plugin's options carry no type parameter, so what `props` gives is not checked here.
    const props = options.props as ReadProps<FastifyRequest, never> | undefined;
    const guard = createGuard(options.aj, props && { props });
    if (!app.hasRequestDecorator("arcjet")) app.decorateRequest("arcjet", undefined);
    app.addHook(props ? "preHandler" : "onRequest", toHook(guard, options));
    done();
  },
  { [Symbol.for("skip-override")]: true },
);

type RouteHandler<Route extends RouteGenericInterface> = RouteHandlerMethod<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  Route
>;

/** Protects one handler, with rules of its own if need be. */
export function withArcjet<
  Props,
  const R extends readonly RuleInput[] = readonly [],
  Route extends RouteGenericInterface = RouteGenericInterface,
>(
  aj: FastifyArcjet<Props>,
  handler: RouteHandler<Route>,
  ...[options]: WithArcjetArguments<FastifyRequest, Props, R, FastifyOptions>
): RouteHandler<Route> {
  const guard = createGuard(aj, options);
  const protectedHandler = async function (
    this: FastifyInstance,
    request: FastifyRequest<Route>,
    reply: FastifyReply<Route>,
  ): Promise<unknown> {
    return (await judge(guard, request, reply, options))
      ? handler.call(this, request, reply)
      : reply;
  };
  // Fastify waits for what a handler returns, also where the type of its reply does not say so.
  return protectedHandler as RouteHandler<Route>;
}
