// The weighted form: windows are aligned to the clock; `used` counts the current one, `mark` the one
// before, which weighs as much as its part that still lies within one window length. The estimate
// is not floored: since what it is compared with is whole, rounding the previous part up is exact.
import { ceilMulDiv, floorMulDiv, modulo } from "./exact.ts";
import type { SlidingWindow } from "./limit.ts";
import { AVAILABLE, MARK, type Pad, REST, USED } from "./pad.ts";

/** Puts the windows around `now` on the pad, of a state as of `at`. */
export function advanceSliding(
  limit: SlidingWindow,
  pad: Pad,
  place: number,
  used: number,
  mark: number,
  at: number,
  now: number,
): void {
  const { intervalMs, max } = limit;
  const since = modulo(now, intervalMs);
  const opened = now - since;
  let count = used;
  let previous = mark;
  if (at < opened) {
    previous = at < opened - intervalMs ? 0 : used;
    count = 0;
  }
  const rest = intervalMs - since;
  const weight = previous === 0 ? 0 : ceilMulDiv(previous, rest, 0, intervalMs);
  const left = max - count - weight;
  pad[place + USED] = count;
  pad[place + MARK] = previous;
  pad[place + AVAILABLE] = left > 0 ? left : 0;
  pad[place + REST] = rest;
}

/** Milliseconds until `requested` units pass, when nothing else is counted before. */
export function slidingWait(
  limit: SlidingWindow,
  used: number,
  mark: number,
  rest: number,
  requested: number,
): number {
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
