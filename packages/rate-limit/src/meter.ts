// A limit in numbers, every one of the same shape: what is asked of limits for every request then costs
// the same whichever they are, and the script of Redis is told of them in the same numbers.
import type { Limit } from "./limit.ts";

export const BUCKET_BY_INTERVAL = 1;
export const BUCKET_CONTINUOUS = 2;
export const WINDOW_FROM_FIRST = 3;
export const WINDOW_BY_CLOCK = 4;
export const SLIDING = 5;

/** Algorithm of a limit. */
export type MeterKind =
  | typeof BUCKET_BY_INTERVAL
  | typeof BUCKET_CONTINUOUS
  | typeof WINDOW_FROM_FIRST
  | typeof WINDOW_BY_CLOCK
  | typeof SLIDING;

export interface Meter {
  readonly kind: MeterKind;
  /** Length of the interval or window. */
  readonly everyMs: number;
  /** The most a limit lets through at once. */
  readonly max: number;
  /** Tokens that arrive per interval; 0 for windows. */
  readonly rate: number;
}

export function toMeter(limit: Limit): Meter {
  switch (limit.algorithm) {
    case "TOKEN_BUCKET": {
      const kind = limit.refill === "interval" ? BUCKET_BY_INTERVAL : BUCKET_CONTINUOUS;
      return meter(kind, limit.intervalMs, limit.capacity, limit.refillRate);
    }
    case "FIXED_WINDOW": {
      const kind = limit.anchor === "first" ? WINDOW_FROM_FIRST : WINDOW_BY_CLOCK;
      return meter(kind, limit.windowMs, limit.max, 0);
    }
    case "SLIDING_WINDOW":
      return meter(SLIDING, limit.intervalMs, limit.max, 0);
  }
}

/** The one place where a meter is made, so that the runtime knows one shape of them. */
const meter = (kind: MeterKind, everyMs: number, max: number, rate: number): Meter => ({
  kind,
  everyMs,
  max,
  rate,
});
