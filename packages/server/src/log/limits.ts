/** Decisions that wait to be written; those beyond are dropped and counted. */
export const MAX_WAITING = 20_000;
/** Characters of what waits; a decision takes about 1,000. */
export const MAX_WAITING_CHARS = 64 * 2 ** 20;
/** Decisions written together. */
export const MAX_BATCH = 2_500;
/** Characters of what is written together, after which no decision is added. */
export const MAX_BATCH_CHARS = 2 ** 21;
/** Milliseconds a decision waits for others before it is written. */
export const BATCH_MS = 250;
/** Milliseconds until a failed write is tried again, doubled each time up to the second figure. */
export const RETRY_MS = [500, 15_000] as const;
/** Milliseconds that `close()` gives a database that does not take what is left. */
export const CLOSE_MS = 5_000;

/** Characters kept of each field. */
export const MAX_PATH = 1_024;
export const MAX_NAME = 256;
export const MAX_AGENT = 512;
/** Entries kept of each list in a decision, and characters of each text. */
export const MAX_LIST = 40;
export const MAX_TEXT = 512;
/** Rules kept of one decision; more cannot be built. */
export const MAX_RULES = 100;
/** Levels of nesting kept of a reason. */
export const MAX_DEPTH = 6;

/** Clients and paths of one site that are counted between two writes of the counts. */
export const MAX_COUNTED = 4_000;
/** Those of them that are written. */
export const MAX_COUNTED_WRITTEN = 500;
/** Clients, and paths, and so on, that are left of an hour or day of a site once there are twice as many. */
export const MAX_TOP = 500;
/** Milliseconds between two writes of the counts. */
export const COUNT_MS = 5_000;

/** Decisions looked at by one search before it asks whether to go on. */
export const MAX_SCAN = 20_000;
/** Old decisions removed at once. */
export const MAX_REMOVED = 1_000;
/** Milliseconds between two looks at what is too old. */
export const RETENTION_MS = 60_000;
/** Milliseconds between two removals while nothing is written. */
export const REMOVAL_MS = 50;
/** Milliseconds a write waits for another process that writes. */
export const BUSY_MS = 2_000;
