/** Reads request headers by lower-case name. */
export interface ShieldHeaders {
  /** The value, repeated fields joined by ", "; undefined when absent. */
  get(name: string): string | undefined;
  /** Every value of a repeated field, where the source can tell them apart. */
  values(name: string): readonly string[];
  entries(): Iterable<readonly [string, string]>;
}

/** What the inspector reads of a request; nothing in it is decoded beforehand. */
export interface ShieldRequest {
  readonly method: string;
  /** Path and query exactly as received. */
  readonly target: string;
  /** Path exactly as received, without the query. */
  readonly path: string;
  /** With its leading "?", or "". */
  readonly query: string;
  readonly headers: ShieldHeaders;
  /** The Cookie header as received, or "". */
  readonly cookies: string;
  /** HTTP version such as "1.1", where the source tells. */
  readonly httpVersion?: string | undefined;
  /** The body, raw (text or bytes, read by the Content-Type header) or already parsed; absent means not inspected. */
  readonly body?: unknown;
}
