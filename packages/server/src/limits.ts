// What one client may ask of the server. Every number is per connection or per request unless it says
// otherwise.

/** Most bytes of a message, compressed or not. */
export const MAX_MESSAGE_BYTES = 1_048_576;
/** Most bytes of all header fields of a request. */
export const MAX_HEADER_BYTES = 16_384;
/** Most header fields of a request. */
export const MAX_HEADER_FIELDS = 100;
/** Streams one HTTP/2 connection may have open at once. */
export const MAX_STREAMS = 250;
/** Connections the server holds at once; then the oldest without a key makes room for the next. */
export const MAX_CONNECTIONS = 10_000;
/** Longest a decision may take, whatever the client says, in milliseconds. */
export const MAX_DECISION_MS = 10_000;
/** Milliseconds for which a stopping server finishes what has begun. */
export const DRAIN_MS = 10_000;
/** Rules of one question. */
export const MAX_RULES = 10;
/** Lists of rules that are kept ready for one site. */
export const MAX_RULE_SETS = 1_000;
/** Longest list of rules that is kept ready, in bytes on the wire. */
export const MAX_RULE_SET_KEY = 65_536;
/** Pages that are on their way at once. */
export const MAX_OPEN_PAGES = 200;
/** Most bytes of one site in bodies that are not whole yet. */
export const MAX_PARTIAL_BYTES = 67_108_864;
/** Questions of one site that are answered at once. */
export const MAX_CONCURRENT = 1_000;

/** How long a connection may take for what. All times are milliseconds. */
export interface Patience {
  /** For saying which HTTP it speaks. */
  readonly firstBytes: number;
  /** For the headers of a request. */
  readonly headers: number;
  /** For the body of a request. */
  readonly body: number;
  /** Without any traffic. */
  readonly idle: number;
  /** Without a question, in HTTP/2, when the server stops. */
  readonly linger: number;
}

/** What a connection may take. */
export const PATIENCE: Patience = {
  firstBytes: 10_000,
  headers: 10_000,
  body: 10_000,
  idle: 600_000,
  linger: 1_000,
};
