// Every algorithm keeps two exact integers, `used` and `mark`, as of the time `at`; what they mean is
// told in its own file. Advancing them to a later time puts them on a pad, together with what follows
// from them; a store can so hold millions of states in arrays of numbers.
import { advanceWindow } from "./fixed-window.ts";
import type { Limit, LimitResult } from "./limit.ts";
import {
  AVAILABLE,
  LEFT_AT,
  MARK,
  NOW,
  type Pad,
  PAD_FIRST,
  PAD_NUMBERS,
  REST,
  USED,
} from "./pad.ts";
import { advanceSliding, slidingWait } from "./sliding-window.ts";
import { advanceBucket, bucketWait } from "./token-bucket.ts";

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

/** Brings the state at a place of the pad to the time of the pad, and finds what is available. */
export function advance(limit: Limit, pad: Pad, place: number): void {
  switch (limit.algorithm) {
    case "TOKEN_BUCKET":
      return advanceBucket(limit, pad, place);
    case "FIXED_WINDOW":
      return advanceWindow(limit, pad, place);
    case "SLIDING_WINDOW":
      return advanceSliding(limit, pad, place);
  }
}

/** Milliseconds until the bucket is full, or the current window ends, once `spent` more are used; 0 when nothing is counted. */
export function resetAfter(limit: Limit, pad: Pad, place: number, spent: number): number {
  if (limit.algorithm === "SLIDING_WINDOW") return pad[place + REST]!;
  const used = pad[place + USED]! + spent;
  if (limit.algorithm === "TOKEN_BUCKET") return bucketWait(limit, used, pad[place + MARK]!);
  return used === 0 && limit.anchor === "first" ? 0 : pad[place + REST]!;
}

/** Milliseconds until `requested` units would pass; null when they never can. */
export function retryAfterOf(
  limit: Limit,
  pad: Pad,
  place: number,
  requested: number,
): number | null {
  const max = maxOf(limit);
  if (requested > max) return null;
  const used = pad[place + USED]!;
  const mark = pad[place + MARK]!;
  const rest = pad[place + REST]!;
  switch (limit.algorithm) {
    case "TOKEN_BUCKET":
      return bucketWait(limit, used - (max - requested), mark);
    case "FIXED_WINDOW":
      return rest;
    case "SLIDING_WINDOW":
      return slidingWait(limit, used, mark, rest, requested);
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
  const pad = new Float64Array(PAD_FIRST + PAD_NUMBERS);
  pad[NOW] = time;
  pad[LEFT_AT] = at;
  pad[PAD_FIRST + USED] = used;
  pad[PAD_FIRST + MARK] = mark;
  advance(limit, pad, PAD_FIRST);
  const available = pad[PAD_FIRST + AVAILABLE]!;
  const allowed = requested <= available;
  const spent = allowed ? requested : 0;
  return [
    { used: pad[PAD_FIRST + USED]! + spent, mark: pad[PAD_FIRST + MARK]!, at: time },
    {
      allowed,
      remaining: available - spent,
      resetMs: resetAfter(limit, pad, PAD_FIRST, spent),
      retryAfterMs: allowed ? 0 : retryAfterOf(limit, pad, PAD_FIRST, requested),
    },
  ];
}
