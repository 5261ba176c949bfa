// The weighted form: windows are aligned to the clock; `used` counts the current one, `mark` the one
// before, which weighs as much as its part that still lies within one window length. The estimate
// is not floored: since what it is compared with is whole, rounding the previous part up is exact.
import { ceilMulDiv, floorMulDiv } from "./exact.ts";
import type { SlidingWindow } from "./limit.ts";

/** How many windows lie between two moments: 0, 1, or 2 for all that is longer ago. */
function windowsBetween(limit: SlidingWindow, at: number, now: number): 0 | 1 | 2 {
  if (now === at) return 0;
  const between = Math.floor(now / limit.intervalMs) - Math.floor(at / limit.intervalMs);
  return between === 0 ? 0 : between === 1 ? 1 : 2;
}

/** The count of the window that `now` lies in. */
export function slidingUsed(limit: SlidingWindow, used: number, at: number, now: number): number {
  return windowsBetween(limit, at, now) === 0 ? used : 0;
}

/** The count of the window before the one that `now` lies in. */
export function slidingMark(
  limit: SlidingWindow,
  used: number,
  mark: number,
  at: number,
  now: number,
): number {
  const between = windowsBetween(limit, at, now);
  return between === 0 ? mark : between === 1 ? used : 0;
}

/** Whole units left at `now`. */
export function slidingAvailable(
  limit: SlidingWindow,
  used: number,
  mark: number,
  now: number,
): number {
  const { intervalMs, max } = limit;
  const previous =
    mark === 0 ? 0 : ceilMulDiv(mark, intervalMs - (now % intervalMs), 0, intervalMs);
  return max - used - previous;
}

/** Milliseconds until the current window ends. */
export function slidingRest(limit: SlidingWindow, now: number): number {
  return limit.intervalMs - (now % limit.intervalMs);
}

/** Milliseconds until `requested` units pass, when nothing else is counted before. */
export function slidingWait(
  limit: SlidingWindow,
  used: number,
  mark: number,
  now: number,
  requested: number,
): number {
  const rest = slidingRest(limit, now);
  const spare = limit.max - used - requested;
  // Within this window the previous count fades until it fits into what is spare.
  if (spare >= 0) return Math.max(0, rest - weightReaches(limit, spare, mark));
  // In the next window the current count fades in the same way.
  return rest + limit.intervalMs - weightReaches(limit, limit.max - requested, used);
}

/** Rest of the window at which `count` weighs no more than `spare`. */
function weightReaches(limit: SlidingWindow, spare: number, count: number): number {
  return count <= spare ? limit.intervalMs : floorMulDiv(spare, limit.intervalMs, count);
}
