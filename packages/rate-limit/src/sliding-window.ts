// The weighted form: windows are aligned to the clock; `used` counts the current one, `mark` the one
// before, which weighs as much as its part that still lies within one window length. The estimate
// is not floored: since what it is compared with is whole, rounding the previous part up is exact.
import { ceilMulDiv, floorMulDiv, modulo } from "./exact.ts";
import type { Meter } from "./meter.ts";
import { AVAILABLE, LEFT_AT, MARK, NOW, type PadNumbers, REST, USED } from "./pad.ts";

/** Brings the windows at a place of the pad to the time of the pad. */
export function advanceSliding({ everyMs, max }: Meter, pad: PadNumbers, place: number): void {
  const now = pad[NOW]!;
  const at = pad[LEFT_AT]!;
  const since = modulo(now, everyMs);
  const opened = now - since;
  let count = pad[place + USED]!;
  let previous = pad[place + MARK]!;
  if (at < opened) {
    previous = at < opened - everyMs ? 0 : count;
    count = 0;
  }
  const rest = everyMs - since;
  const weight = previous === 0 ? 0 : ceilMulDiv(previous, rest, 0, everyMs);
  const left = max - count - weight;
  pad[place + USED] = count;
  pad[place + MARK] = previous;
  pad[place + AVAILABLE] = left > 0 ? left : 0;
  pad[place + REST] = rest;
}

/** Milliseconds until `requested` units pass, when nothing else is counted before. */
export function slidingWait(
  meter: Meter,
  used: number,
  mark: number,
  rest: number,
  requested: number,
): number {
  const spare = meter.max - used - requested;
  // Within this window the previous count fades until it fits into what is spare.
  if (spare >= 0) return Math.max(0, rest - weightReaches(meter, spare, mark));
  // In the next window the current count fades in the same way.
  return rest + meter.everyMs - weightReaches(meter, meter.max - requested, used);
}

/** Rest of the window at which `count` weighs no more than `spare`. */
function weightReaches(meter: Meter, spare: number, count: number): number {
  return count <= spare ? meter.everyMs : floorMulDiv(spare, meter.everyMs, count);
}
