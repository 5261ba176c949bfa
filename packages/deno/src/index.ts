/** Arcjet for `Deno.serve`. */
import type { MiddlewareClient } from "@arcjet/core/fetch";
import {
  createFetchServer,
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
export const decisionOf = server.decisionOf;

/** Lets `protect` know the peer in a handler that neither middleware nor `withArcjet` wraps. */
export const handler = server.handler;

/** Protects one handler, with rules of its own if need be. */
export const withArcjet = server.withArcjet;
