/** Arcjet for `Bun.serve`: its `fetch` handler and its `routes`. */
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

/** The part of Bun's server that is read. */
export interface BunServer {
  requestIP(request: Request): { readonly address: string } | null;
}

export type BunOptions = FetchServerOptions;

/** A client for Bun, whose middleware is put around a handler; `decisionOf(request)` is its decision. */
export interface BunArcjet<Props = object> extends MiddlewareClient<BunKind, Props> {}

interface BunKind extends FetchServerKind {
  readonly info: BunServer;
  readonly client: BunArcjet<this["props"]>;
}

const server = createFetchServer<BunKind>((request, bun) => bun.requestIP(request)?.address);

/**
 * Protects a Bun server with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * Bun.serve({ fetch: withArcjet(aj, () => new Response("Hello")) });
 */
const arcjet = server.arcjet;
export default arcjet;

/** The decision that middleware or `withArcjet` made about a request. */
export const decisionOf = (request: Request): Decision | undefined => server.decisionOf(request);

/** Lets `protect` know the peer in a handler that neither middleware nor `withArcjet` wraps. */
export const handler = <R extends Request, Server extends BunServer, Answer>(
  handle: (request: R, server: Server) => Answer,
): ((request: R, server: Server) => Answer) => server.handler(handle);

/** Protects one handler, with rules of its own if need be. */
export function withArcjet<
  Q extends Request,
  Server extends BunServer,
  Props,
  const R extends readonly RuleInput[] = readonly [],
>(
  aj: BunArcjet<Props>,
  handle: FetchHandler<Q, Server>,
  ...[options]: WithArcjetArguments<Request, Props, R, BunOptions>
): (request: Q, server: Server) => Promise<Response> {
  return server.wrap(createGuard(aj, options), options, handle);
}
