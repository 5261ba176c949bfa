/** Arcjet for `Deno.serve`. */
import {
  createGuard,
  type Decision,
  type MiddlewareClient,
  type RuleInput,
  type WithArcjetArguments,
} from "@arcjet/core/fetch";
import {
  createFetchServer,
  type FetchHandler,
  type FetchServerKind,
  type FetchServerOptions,
} from "@arcjet/core/fetch-server";

export * from "@arcjet/core";

/** The part of what Deno's server tells of a connection that is read. */
export interface DenoInfo {
  /** With a `hostname`, unless the server listens on a Unix socket. */
  readonly remoteAddr: object;
}

export type DenoOptions = FetchServerOptions;

/** A client for Deno, whose middleware is put around a handler; `decisionOf(request)` is its decision. */
export interface DenoArcjet<Props = object> extends MiddlewareClient<DenoKind, Props> {}

interface DenoKind extends FetchServerKind {
  readonly info: DenoInfo;
  readonly client: DenoArcjet<this["props"]>;
}

const server = createFetchServer<DenoKind>((_, { remoteAddr }) =>
  "hostname" in remoteAddr && typeof remoteAddr.hostname === "string"
    ? remoteAddr.hostname
    : undefined,
);

/**
 * Protects a Deno server with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * Deno.serve(withArcjet(aj, () => new Response("Hello")));
 */
const arcjet = server.arcjet;
export default arcjet;

/** The decision that middleware or `withArcjet` made about a request. */
export const decisionOf = (request: Request): Decision | undefined => server.decisionOf(request);

/** Lets `protect` know the peer in a handler that neither middleware nor `withArcjet` wraps. */
export const handler = <R extends Request, Info extends DenoInfo, Answer>(
  handle: (request: R, info: Info) => Answer,
): ((request: R, info: Info) => Answer) => server.handler(handle);

/** Protects one handler, with rules of its own if need be. */
export function withArcjet<
  Q extends Request,
  Info extends DenoInfo,
  Props,
  const R extends readonly RuleInput[] = readonly [],
>(
  aj: DenoArcjet<Props>,
  handle: FetchHandler<Q, Info>,
  ...[options]: WithArcjetArguments<Request, Props, R, DenoOptions>
): (request: Q, info: Info) => Promise<Response> {
  return server.wrap(createGuard(aj, options), options, handle);
}
