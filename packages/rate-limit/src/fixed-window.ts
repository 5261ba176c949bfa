// A fixed window is remembered by its count, `used`, and where it opens at the first counted request
// by `mark`, the milliseconds since then. Windows aligned to the clock need no mark: they follow from
// the time of the last request.
import { modulo } from "./exact.ts";
import type { Meter } from "./meter.ts";
import { AVAILABLE, LEFT_AT, MARK, NOW, type PadNumbers, REST, USED } from "./pad.ts";

/** Brings a window that opens at the first request, at a place of the pad, to the time of the pad. */
export function advanceFirst({ everyMs, max }: Meter, pad: PadNumbers, place: number): void {
  let count = pad[place + USED]!;
  let since = count === 0 ? 0 : pad[place + MARK]! + (pad[NOW]! - pad[LEFT_AT]!);
  if (since >= everyMs) count = since = 0;
  pad[place + USED] = count;
  pad[place + MARK] = since;
  pad[place + AVAILABLE] = max - count;
  pad[place + REST] = everyMs - since;
}

/** Brings a window that lies at multiples of its length, at a place of the pad, to the time of the pad. */
export function advanceByClock({ everyMs, max }: Meter, pad: PadNumbers, place: number): void {
  const now = pad[NOW]!;
  const since = modulo(now, everyMs);
  const count = pad[LEFT_AT]! < now - since ? 0 : pad[place + USED]!;
  pad[place + USED] = count;
  pad[place + MARK] = 0;
  pad[place + AVAILABLE] = max - count;
  pad[place + REST] = everyMs - since;
}
