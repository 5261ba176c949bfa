/** Arcjet for Fastify: a plugin for an app, a `preHandler` for a route, a wrapper for a handler. */
import {
  callingNext,
  createArcjet,
  createUntypedGuard,
  createWithArcjet,
  denialResponse,
  judgeReply,
  rateLimitHeaders,
  readNodeRequest,
  whenReady,
  type AdapterKind,
  type Decision,
  type MaybePromise,
  type MiddlewareClient,
  type RequestParts,
  type ToMiddleware,
} from "@arcjet/core/node";
import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerHookHandler } from "fastify";

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
  readonly arguments: [request: FastifyRequest, ...reply: FastifyReply[]];
  readonly receiver: FastifyInstance;
  readonly client: FastifyArcjet<this["props"]>;
}

const judge = judgeReply<FastifyRequest, FastifyReply, FastifyOptions>({
  attach: (request, _, decision) => void (request.arcjet = decision),
  allow(reply, decision) {
    for (const [name, value] of rateLimitHeaders(decision)) reply.header(name, value);
  },
  deny: (request, reply, decision, options) =>
    whenReady(options?.onDenied?.(request, reply, decision), (given) => {
      if (reply.sent || given === reply) return;
      if (given !== undefined) return void reply.send(given);
      const { status, headers, body } = denialResponse(decision, request.headers.accept);
      void reply.code(status).headers(Object.fromEntries(headers)).send(body);
    }),
});

const toHook: ToMiddleware<FastifyKind> = callingNext(judge);

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
const arcjet = createArcjet<FastifyKind>({ read, identity: (request) => request.raw }, toHook);
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
    const guard = createUntypedGuard(options.aj, options.props);
    if (!app.hasRequestDecorator("arcjet")) app.decorateRequest("arcjet", undefined);
    app.addHook(options.props ? "preHandler" : "onRequest", toHook(guard, options));
    done();
  },
  { [Symbol.for("skip-override")]: true },
);

/** Protects one handler, with rules of its own if need be. */
export const withArcjet = createWithArcjet<FastifyKind>(
  async (guard, options, request, next, [, reply]) =>
    (await judge(guard, options, request, reply!)) ? next() : reply,
);
