import type { Provenance } from "@arcjet/ip";

export type { Provenance } from "@arcjet/ip";

/** Reads request headers without copying them. Names are lower case. */
export interface HeaderReader {
  /** The value, repeated fields joined by ", "; undefined when absent. */
  get(name: string): string | undefined;
  /** Every value of a repeated field, where the source can tell them apart. */
  values(name: string): readonly string[];
  entries(): Iterable<readonly [string, string]>;
}

/** A request in the one shape every rule sees. Read only; everything decoded is decoded on first use, once. */
export interface ArcjetRequest {
  /** Canonical text of the client address; "" when unknown. */
  readonly ip: string;
  readonly provenance: Provenance;
  /** Whether the address is vouched for, so that a client may be blocked by it. */
  readonly verified: boolean;
  /** What a client without other characteristics is counted by: the address, IPv6 by /64. */
  readonly clientKey: string;
  readonly method: string;
  /** "http:" or "https:". */
  readonly protocol: string;
  readonly host: string;
  /** HTTP version such as "1.1", where the source tells. */
  readonly httpVersion: string | undefined;
  /** Path and query exactly as received. */
  readonly target: string;
  /** Path exactly as received, without the query. */
  readonly path: string;
  /** With its leading "?", or "". */
  readonly query: string;
  /** The path as routers see it: decoded once, dot segments resolved, slashes collapsed. */
  readonly canonicalPath: string;
  /**
   * As the canonical path, with dot segments left where they are: many routers match a prefix such as
   * `/admin` before anything resolves `/admin/../x`. The same as the canonical path where there are none.
   */
  readonly routedPath: string;
  readonly headers: HeaderReader;
  /** The Cookie header as received, or "". */
  readonly cookies: string;
  /** False when the source does not carry all headers, such as an access log. */
  readonly complete: boolean;
}
