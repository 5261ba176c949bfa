// Every algorithm keeps two exact integers, `used` and `mark`, as of the time `at`; what they mean is
// told in its own file. Advancing them to a later time, reading what is available and spending are
// pure functions of numbers, so that a store can hold millions of states in arrays of numbers.
import { bucketMark, bucketUsed, bucketWait } from "./token-bucket.ts";
import { windowMark, windowRest, windowUsed } from "./fixed-window.ts";
import {
  slidingAvailable,
  slidingMark,
  slidingRest,
  slidingUsed,
  slidingWait,
} from "./sliding-window.ts";
import type { Limit, LimitResult } from "./limit.ts";

/** The state of one limit for one client. All zero is the state of a client never seen. */
export interface LimitState {
  readonly used: number;
  readonly mark: number;
  /** Largest time seen, in milliseconds: the clock of a client never runs back. */
  readonly at: number;
}

/** The most a limit lets through at once. */
export function maxOf(limit: Limit): number {
  return limit.algorithm === "TOKEN_BUCKET" ? limit.capacity : limit.max;
}

/** Units used, of a state as of `at`, at the time `now`. */
export function usedAt(limit: Limit, used: number, mark: number, at: number, now: number): number {
  switch (limit.algorithm) {
    case "TOKEN_BUCKET":
      return bucketUsed(limit, used, mark, now - at);
    case "FIXED_WINDOW":
      return windowUsed(limit, used, mark, at, now);
    case "SLIDING_WINDOW":
      return slidingUsed(limit, used, at, now);
  }
}

/** The mark that belongs to what `usedAt` gave, which is `usedNow`. */
export function markAt(
  limit: Limit,
  used: number,
  mark: number,
  at: number,
  now: number,
  usedNow: number,
): number {
  if (limit.algorithm === "SLIDING_WINDOW") return slidingMark(limit, used, mark, at, now);
  if (usedNow === 0) return 0;
  return limit.algorithm === "TOKEN_BUCKET"
    ? bucketMark(limit, mark, now - at)
    : windowMark(limit, mark, at, now);
}

/** Whole units left in a state that is up to date. */
export function availableAt(limit: Limit, used: number, mark: number, now: number): number {
  const left =
    limit.algorithm === "SLIDING_WINDOW"
      ? slidingAvailable(limit, used, mark, now)
      : maxOf(limit) - used;
  return left > 0 ? left : 0;
}

/** Milliseconds until the bucket is full, or the current window ends; 0 when nothing is counted. */
export function resetAfter(limit: Limit, used: number, mark: number, now: number): number {
  switch (limit.algorithm) {
    case "TOKEN_BUCKET":
      return bucketWait(limit, used, mark);
    case "FIXED_WINDOW":
      return used === 0 && limit.anchor === "first" ? 0 : windowRest(limit, mark, now);
    case "SLIDING_WINDOW":
      return slidingRest(limit, now);
  }
}

/** Milliseconds until `requested` units would pass; null when they never can. */
export function retryAfterOf(
  limit: Limit,
  used: number,
  mark: number,
  now: number,
  requested: number,
): number | null {
  const max = maxOf(limit);
  if (requested > max) return null;
  switch (limit.algorithm) {
    case "TOKEN_BUCKET":
      return bucketWait(limit, used - (max - requested), mark);
    case "FIXED_WINDOW":
      return windowRest(limit, mark, now);
    case "SLIDING_WINDOW":
      return slidingWait(limit, used, mark, now, requested);
  }
}

/**
 * Takes `requested` units (an integer from 1 to 2^32 − 1) of one limit at the time `now` in
 * milliseconds: a pure function from state to state. What is denied consumes nothing.
 *
 * @example
 * const limit: Limit = { algorithm: "FIXED_WINDOW", windowMs: 60_000, max: 2, anchor: "first" };
 * const [state, result] = step(undefined, Date.now(), limit, 1); // result.remaining is 1
 */
export function step(
  state: LimitState | undefined,
  now: number,
  limit: Limit,
  requested: number,
): readonly [LimitState, LimitResult] {
  const { used, mark, at } = state ?? { used: 0, mark: 0, at: now };
  const time = now > at ? now : at;
  const current = usedAt(limit, used, mark, at, time);
  const currentMark = markAt(limit, used, mark, at, time, current);
  const available = availableAt(limit, current, currentMark, time);
  const allowed = requested <= available;
  const next = allowed ? current + requested : current;
  return [
    { used: next, mark: currentMark, at: time },
    {
      allowed,
      remaining: allowed ? available - requested : available,
      resetMs: resetAfter(limit, next, currentMark, time),
      retryAfterMs: allowed ? 0 : retryAfterOf(limit, current, currentMark, time, requested),
    },
  ];
}
