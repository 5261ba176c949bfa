/** Arcjet for Fastify: a plugin for an app, a `preHandler` for a route, a wrapper for a handler. */
import {
  createArcjet,
  createReplyGuards,
  createUntypedGuard,
  denialResponse,
  readNodeRequest,
  type ClientAndProps,
  type Decision,
  type MiddlewareClient,
  type ReplyKind,
} from "@arcjet/core/node";
import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from "fastify";

export * from "@arcjet/core";
export { createRemoteClient, type RemoteClientOptions } from "@arcjet/core/node";

declare module "fastify" {
  interface FastifyRequest {
    /** The decision of the plugin, of a `preHandler` or of `withArcjet`. */
    arcjet?: Decision;
  }
}

/** `onDenied` answers a denied request instead of the 403 or 429: it sends the reply, or gives what to send. */
export type FastifyOptions = FastifyKind["options"];

/** A client for Fastify, whose middleware is a `preHandler`; the decision is in `request.arcjet`. */
export interface FastifyArcjet<Props = object> extends MiddlewareClient<FastifyKind, Props> {}

interface FastifyKind extends ReplyKind<FastifyRequest, FastifyReply> {
  readonly receiver: FastifyInstance;
  readonly client: FastifyArcjet<this["props"]>;
}

const { toMiddleware, withArcjet } = createReplyGuards<FastifyKind, FastifyRequest, FastifyReply>({
  attach: (request, _, decision) => void (request.arcjet = decision),
  setField: (reply, name, value) => void reply.header(name, value),
  async deny(request, reply, decision, options) {
    const given = await options?.onDenied?.(request, reply, decision);
    if (reply.sent || given === reply) return;
    if (given !== undefined) return void reply.send(given);
    const { status, headers, body } = denialResponse(decision, request.headers.accept);
    void reply.code(status).headers(Object.fromEntries(headers)).send(body);
  },
});
/** Protects one handler, with rules of its own if need be. */
export { withArcjet };

const SEMICOLON_BEFORE_QUERY = /^([^?#;]*);/;

/** Options of the router that change what a path is; the types of some of them are not declared. */
type RouterOptions = Partial<Record<"caseSensitive" | "useSemicolonDelimiter", boolean>>;

/**
 * The request as the app's router reads it: options, at either of the two places there are for them, may make it
 * ignore case, or end a path at a semicolon.
 */
function read({ raw, originalUrl, server }: FastifyRequest): ReturnType<typeof readNodeRequest> {
  const config: RouterOptions & { readonly routerOptions?: RouterOptions } = server.initialConfig;
  const router = config.routerOptions;
  const ignoreCase = config.caseSensitive === false || router?.caseSensitive === false;
  const semicolon = config.useSemicolonDelimiter || router?.useSemicolonDelimiter;
  const target = semicolon ? originalUrl.replace(SEMICOLON_BEFORE_QUERY, "$1?") : originalUrl;
  return readNodeRequest(raw, target, ignoreCase);
}

/**
 * Protects a Fastify app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * app.register(arcjetPlugin, { aj });
 */
const arcjet = createArcjet<FastifyKind>(
  { read, identity: (request) => request.raw },
  toMiddleware,
);
export default arcjet;

/** Options of the plugin; `props` gives what the rules need, once the body has been read. */
export type ArcjetPluginOptions = FastifyOptions & ClientAndProps<FastifyKind>;

/** Judges every request of the app: before its body is read, or after when `props` needs it. */
export const arcjetPlugin: FastifyPluginCallback<ArcjetPluginOptions> = (app, options, done) => {
  const guard = createUntypedGuard(options.aj, options.props);
  if (!app.hasRequestDecorator("arcjet")) app.decorateRequest("arcjet", undefined);
  app.addHook(options.props ? "preHandler" : "onRequest", toMiddleware(guard, options));
  done();
};
// The hooks are those of the app, not of an encapsulated part of it.
Object.assign(arcjetPlugin, { [Symbol.for("skip-override")]: true });
