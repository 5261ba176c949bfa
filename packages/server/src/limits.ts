// What one client may ask of the server. Every number is per connection or per request unless it says
// otherwise.

/** Most bytes of a message, compressed or not. */
export const MAX_MESSAGE_BYTES = 1_048_576;
/** Most bytes of all header fields of a request. */
export const MAX_HEADER_BYTES = 16_384;
/** Most header fields of a request. */
export const MAX_HEADER_FIELDS = 100;
/** Milliseconds in which a connection must say which HTTP it speaks. */
export const FIRST_BYTES_MS = 10_000;
/** Milliseconds in which the headers of a request must be there. */
export const HEADERS_MS = 10_000;
/** Milliseconds in which the body of a request must be there. */
export const BODY_MS = 10_000;
/** Milliseconds without any traffic after which a connection is closed. */
export const IDLE_MS = 600_000;
/** Streams one HTTP/2 connection may have open at once. */
export const MAX_STREAMS = 250;
/** Connections the server holds at once. */
export const MAX_CONNECTIONS = 10_000;
/** Longest a decision may take, whatever the client says, in milliseconds. */
export const MAX_DECISION_MS = 10_000;
/** Milliseconds for which a stopping server finishes what has begun. */
export const DRAIN_MS = 10_000;
/** Rules of one question. */
export const MAX_RULES = 10;
/** Lists of rules that are kept ready for one site. */
export const MAX_RULE_SETS = 1_000;
/** Pages that are on their way at once. */
export const MAX_OPEN_PAGES = 200;
/** Questions of one site that are answered at once. */
export const MAX_CONCURRENT = 1_000;
