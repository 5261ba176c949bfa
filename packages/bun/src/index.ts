/** Arcjet for `Bun.serve`: its `fetch` handler and its `routes`. */
import type { MiddlewareClient } from "@arcjet/core/fetch";
import {
  createFetchServer,
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
export const decisionOf = server.decisionOf;

/** Lets `protect` know the peer in a handler that neither middleware nor `withArcjet` wraps. */
export const handler = server.handler;

/** Protects one handler, with rules of its own if need be. */
export const withArcjet = server.withArcjet;
