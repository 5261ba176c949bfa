// A fixed window is remembered by its count, `used`, and where it opens at the first counted request
// by `mark`, the milliseconds since then. Windows aligned to the clock need no mark: they follow from
// the time of the last request.
import { modulo } from "./exact.ts";
import type { FixedWindow } from "./limit.ts";
import { AVAILABLE, LEFT_AT, MARK, NOW, type Pad, REST, USED } from "./pad.ts";

/** Brings the window at a place of the pad to the time of the pad. */
export function advanceWindow(limit: FixedWindow, pad: Pad, place: number): void {
  const { windowMs } = limit;
  const now = pad[NOW]!;
  const at = pad[LEFT_AT]!;
  let count = pad[place + USED]!;
  let since = 0;
  if (limit.anchor === "first") {
    since = count === 0 ? 0 : pad[place + MARK]! + (now - at);
    if (since >= windowMs) count = since = 0;
    pad[place + MARK] = since;
  } else {
    since = modulo(now, windowMs);
    if (at < now - since) count = 0;
    pad[place + MARK] = 0;
  }
  pad[place + USED] = count;
  pad[place + AVAILABLE] = limit.max - count;
  pad[place + REST] = windowMs - since;
}
