/**
 * The adapter of runtimes whose servers call a handler with a request and with what they know of its
 * connection: `(request, info) => Response`. A runtime adds how the peer's address is read from that.
 */
import {
  createArcjet,
  createGuard,
  judgeWeb,
  readWebRequest,
  type AdapterKind,
  type ArcjetFactory,
  type Decision,
  type Guard,
  type MaybePromise,
  type RuleInput,
  type WebGuardOptions,
  type WithArcjetArguments,
} from "./fetch.ts";
import type { ClientOf, Decider } from "./guard.ts";

/** Answers a request; nothing when the connection has become a WebSocket. */
export type FetchHandler<R extends Request, Info> = (
  request: R,
  info: Info,
) => MaybePromise<Response | undefined>;

/** Puts a guard around a handler, which may ask for more of the connection than is read here. */
export type FetchMiddleware<Info> = <R extends Request, More extends Info>(
  handler: FetchHandler<R, More>,
) => (request: R, info: More) => Promise<Response>;

export type FetchServerOptions = WebGuardOptions<Request>;

/** What the adapter of a runtime is made of; `info` is what its server knows of the connection. */
export interface FetchServerKind extends AdapterKind {
  readonly request: Request;
  readonly options: FetchServerOptions;
  readonly info: unknown;
  readonly middleware: FetchMiddleware<this["info"]>;
}

/** What an adapter of a runtime exports. */
export interface FetchServer<Kind extends FetchServerKind> {
  readonly arcjet: ArcjetFactory<Kind>;
  readonly decisionOf: (request: Request) => Decision | undefined;
  readonly handler: <R extends Request, Info extends Kind["info"], Answer>(
    handle: (request: R, info: Info) => Answer,
  ) => (request: R, info: Info) => Answer;
  readonly withArcjet: <
    Q extends Request,
    Info extends Kind["info"],
    Props,
    const R extends readonly RuleInput[] = readonly [],
  >(
    aj: ClientOf<Kind, Props>,
    handle: FetchHandler<Q, Info>,
    ...options: WithArcjetArguments<Request, Props, R, FetchServerOptions>
  ) => (request: Q, info: Info) => Promise<Response>;
}

/** Makes the adapter of a runtime; `addressOf` reads the peer's address when the request comes in. */
export function createFetchServer<Kind extends FetchServerKind>(
  addressOf: (request: Request, info: Kind["info"]) => string | undefined,
): FetchServer<Kind> {
  const peers = new WeakMap<Request, string | undefined>();
  const decisions = new WeakMap<Request, Decision>();
  const judge = judgeWeb<Request>({
    request: (request) => request,
    attach: (request, decision) => void decisions.set(request, decision),
  });
  const remember = (request: Request, info: Kind["info"]): void => {
    if (!peers.has(request)) peers.set(request, addressOf(request, info));
  };
  const wrap =
    (
      guard: Guard<Request>,
      options: FetchServerOptions | undefined,
    ): FetchMiddleware<Kind["info"]> =>
    (handle) =>
    async (request, info) => {
      remember(request, info);
      const answer = await judge(guard, options, request, () => handle(request, info));
      // A handler that has upgraded the connection answers nothing, and the server expects that.
      return answer as Response;
    };
  return {
    arcjet: createArcjet<Kind>(
      { read: (request) => readWebRequest(request, { peer: peers.get(request) }) },
      wrap,
    ),
    decisionOf: (request) => decisions.get(request),
    handler: (handle) => (request, info) => {
      remember(request, info);
      return handle(request, info);
    },
    // A client decides about every request, and `options` has been checked against its rules.
    withArcjet: (aj, handle, ...[options]) =>
      wrap(createGuard(aj as Decider<Request, unknown>, options), options)(handle),
  };
}
