// A fixed window is remembered by its count, `used`, and where it opens at the first counted request
// by `mark`, the milliseconds since then. Windows aligned to the clock need no mark: they follow from
// the time of the last request.
import { modulo } from "./exact.ts";
import type { FixedWindow } from "./limit.ts";
import { AVAILABLE, MARK, type Pad, REST, USED } from "./pad.ts";

/** Puts the window that is open at `now` on the pad, of a state as of `at`. */
export function advanceWindow(
  limit: FixedWindow,
  pad: Pad,
  place: number,
  used: number,
  mark: number,
  at: number,
  now: number,
): void {
  const { windowMs } = limit;
  let count = used;
  let since = 0;
  if (limit.anchor === "first") {
    since = count === 0 ? 0 : mark + (now - at);
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
