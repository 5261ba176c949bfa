/** Tokens that refill over time. All times are milliseconds, all amounts integers from 1. */
export interface TokenBucket {
  readonly algorithm: "TOKEN_BUCKET";
  /** Tokens added per interval. */
  readonly refillRate: number;
  readonly intervalMs: number;
  readonly capacity: number;
  /** Whether tokens arrive at whole intervals (the documented form) or continuously. */
  readonly refill: "interval" | "continuous";
}

/** A count that starts again with every window. */
export interface FixedWindow {
  readonly algorithm: "FIXED_WINDOW";
  readonly windowMs: number;
  readonly max: number;
  /** Whether a window opens at the first counted request or at multiples of its length. */
  readonly anchor: "first" | "epoch";
}

/** A weighted count over the current and the previous window. */
export interface SlidingWindow {
  readonly algorithm: "SLIDING_WINDOW";
  readonly intervalMs: number;
  readonly max: number;
}

/** The definition of one limit: plain data, already checked. */
export type Limit = TokenBucket | FixedWindow | SlidingWindow;

/** What one limit answers to one request. */
export interface LimitResult {
  readonly allowed: boolean;
  /** Whole units left after this request. */
  readonly remaining: number;
  /** Milliseconds until the bucket is full, or the current window ends. */
  readonly resetMs: number;
  /** Milliseconds until the same request would pass: 0 when it passed, null when it never can. */
  readonly retryAfterMs: number | null;
  /** True when the answer comes from the table of denied clients, without asking the store. */
  readonly cached?: boolean;
}
