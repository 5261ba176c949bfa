// Every algorithm keeps two exact integers, `used` and `mark`, as of the time `at`; what they mean is
// told in its own file. Advancing them to a later time puts them on a pad, together with what follows
// from them; a store can so hold millions of states in arrays of numbers.
import { advanceByClock, advanceFirst } from "./fixed-window.ts";
import type { Limit, LimitResult } from "./limit.ts";
import {
  BUCKET_BY_INTERVAL,
  BUCKET_CONTINUOUS,
  type Meter,
  SLIDING,
  WINDOW_BY_CLOCK,
  WINDOW_FROM_FIRST,
} from "./meter.ts";
import {
  AVAILABLE,
  createPad,
  LEFT_AT,
  MARK,
  NOW,
  PAD_FIRST,
  type PadNumbers,
  REST,
  USED,
} from "./pad.ts";
import { advanceSliding, slidingWait } from "./sliding-window.ts";
import { advanceByInterval, advanceContinuous, bucketWait } from "./token-bucket.ts";

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
export function advance(meter: Meter, pad: PadNumbers, place: number): void {
  switch (meter.kind) {
    case WINDOW_FROM_FIRST:
      return advanceFirst(meter, pad, place);
    case BUCKET_BY_INTERVAL:
      return advanceByInterval(meter, pad, place);
    case SLIDING:
      return advanceSliding(meter, pad, place);
    case WINDOW_BY_CLOCK:
      return advanceByClock(meter, pad, place);
    case BUCKET_CONTINUOUS:
      return advanceContinuous(meter, pad, place);
  }
}

/** Milliseconds until the bucket is full, or the current window ends, from what is on the pad; 0 when nothing is counted. */
export function resetAfter(meter: Meter, pad: PadNumbers, place: number): number {
  const { kind } = meter;
  if (kind === SLIDING || kind === WINDOW_BY_CLOCK) return pad[place + REST]!;
  const used = pad[place + USED]!;
  if (kind !== WINDOW_FROM_FIRST) return bucketWait(meter, used, pad[place + MARK]!);
  return used === 0 ? 0 : pad[place + REST]!;
}

/** Milliseconds until `requested` units would pass; null when they never can. */
export function retryAfterOf(
  meter: Meter,
  pad: PadNumbers,
  place: number,
  requested: number,
): number | null {
  const { kind, max } = meter;
  if (requested > max) return null;
  const used = pad[place + USED]!;
  const mark = pad[place + MARK]!;
  const rest = pad[place + REST]!;
  if (kind === SLIDING) return slidingWait(meter, used, mark, rest, requested);
  if (kind === WINDOW_FROM_FIRST || kind === WINDOW_BY_CLOCK) return rest;
  return bucketWait(meter, used - (max - requested), mark);
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
  const { meters, numbers: pad } = createPad({ limits: [limit] });
  const meter = meters[0]!;
  pad[NOW] = time;
  pad[LEFT_AT] = at;
  pad[PAD_FIRST + USED] = used;
  pad[PAD_FIRST + MARK] = mark;
  advance(meter, pad, PAD_FIRST);
  const available = pad[PAD_FIRST + AVAILABLE]!;
  const allowed = requested <= available;
  const spent = allowed ? requested : 0;
  pad[PAD_FIRST + USED]! += spent;
  return [
    { used: pad[PAD_FIRST + USED]!, mark: pad[PAD_FIRST + MARK]!, at: time },
    {
      allowed,
      remaining: available - spent,
      resetMs: resetAfter(meter, pad, PAD_FIRST),
      retryAfterMs: allowed ? 0 : retryAfterOf(meter, pad, PAD_FIRST, requested),
    },
  ];
}
