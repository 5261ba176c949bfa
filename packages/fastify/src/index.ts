/** Arcjet for Fastify: a plugin for an app, a `preHandler` for a route, a wrapper for a handler. */
import {
  addRules,
  createClient,
  decideWith,
  denialResponse,
  rateLimitHeaders,
  readNodeRequest,
  whenReady,
  type ArcjetOptions,
  type CharacteristicProps,
  type Client,
  type Decision,
  type GuardArguments,
  type MaybePromise,
  type PropsOf,
  type ReadProps,
  type RuleInput,
  type WithArcjetArguments,
} from "@arcjet/core/node";
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  preHandlerHookHandler,
  RouteHandlerMethod,
} from "fastify";

export * from "@arcjet/core";

declare module "fastify" {
  interface FastifyRequest {
    /** The decision of the plugin, of a `preHandler` or of `withArcjet`. */
    arcjet?: Decision;
  }
}

export interface FastifyOptions {
  /** Answers a denied request instead of the 403 or 429: sends the reply, or returns what to send. */
  readonly onDenied?: (request: FastifyRequest, reply: FastifyReply, decision: Decision) => unknown;
}

/** A client for Fastify; the decision is in `request.arcjet`. */
export interface FastifyArcjet<Props = unknown> extends Omit<
  Client<FastifyRequest, Props>,
  "withRule"
> {
  /** A hook for a route's `preHandler`, or for `addHook()`. */
  readonly middleware: (
    ...options: GuardArguments<FastifyRequest, Props, FastifyOptions>
  ) => preHandlerHookHandler;
  readonly withRule: <const R extends RuleInput>(
    rule: R,
  ) => FastifyArcjet<Props & PropsOf<readonly [R]>>;
}

type Decider<Props> = Pick<Client<FastifyRequest, Props>, "decide">;
type HookOptions<Props> = FastifyOptions & { readonly props?: ReadProps<FastifyRequest, Props> };

/** Whether the request may go on; else it has been answered. */
function judge<Props>(
  client: Decider<Props>,
  request: FastifyRequest,
  reply: FastifyReply,
  options?: HookOptions<Props>,
): MaybePromise<boolean> {
  return whenReady(
    decideWith(client, request, options?.props),
    (decision): MaybePromise<boolean> => {
      request.arcjet = decision;
      if (!decision.isDenied()) {
        for (const [name, value] of rateLimitHeaders(decision)) reply.header(name, value);
        return true;
      }
      if (options?.onDenied)
        return whenReady(
          options.onDenied(request, reply, decision) as MaybePromise<unknown>,
          (body) => (reply.sent || void reply.send(body), false),
        );
      const { status, headers, body } = denialResponse(decision, request.headers.accept);
      void reply.code(status).headers(Object.fromEntries(headers)).send(body);
      return false;
    },
  );
}

function hook<Props>(client: Decider<Props>, options?: HookOptions<Props>): preHandlerHookHandler {
  return (request, reply, done) => {
    const go = whenReady(judge(client, request, reply, options), (may) => void (may && done()));
    go?.catch(done);
  };
}

const extend = <Props>(client: Client<FastifyRequest, Props>): FastifyArcjet<Props> => ({
  ...client,
  middleware: (...[options]) => hook(client, options),
  withRule: (rule) => extend(client.withRule(rule)),
});

/**
 * Protects a Fastify app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * app.register(arcjetPlugin, { aj });
 */
export default function arcjet<
  const Rules extends readonly RuleInput[],
  const C extends readonly string[] = readonly [],
>(options: ArcjetOptions<Rules, C>): FastifyArcjet<PropsOf<Rules> & CharacteristicProps<C>> {
  const read = (request: FastifyRequest) => readNodeRequest(request.raw, request.originalUrl);
  return extend(createClient(options, { read, identity: (request) => request.raw }));
}

/** Options of the plugin; `props` gives what the rules need, once the body has been read. */
export interface ArcjetPluginOptions extends FastifyOptions {
  readonly aj: Decider<never>;
  readonly props?: (request: FastifyRequest) => MaybePromise<object>;
}

/** Judges every request of the app: before its body is read, or after when `props` needs it. */
export const arcjetPlugin = Object.assign(
  function arcjetPlugin(
    app: FastifyInstance,
    options: ArcjetPluginOptions,
    done: () => void,
  ): void {
    // A plugin's options carry no type parameter, so what `props` gives is not checked here.
    const given = options as HookOptions<never>;
    app.addHook(options.props ? "preHandler" : "onRequest", hook(options.aj, given));
    done();
  },
  { [Symbol.for("skip-override")]: true },
);

/** Protects one handler, with rules of its own if need be. */
export function withArcjet<Props, const R extends readonly RuleInput[] = readonly []>(
  aj: FastifyArcjet<Props>,
  handler: RouteHandlerMethod,
  ...[options]: WithArcjetArguments<FastifyRequest, Props, R, FastifyOptions>
): RouteHandlerMethod {
  const client = addRules(aj, options?.rules);
  return async function protectedHandler(request, reply) {
    return (await judge(client, request, reply, options))
      ? handler.call(this, request, reply)
      : reply;
  };
}
