// A fixed window is remembered by its count, `used`, and where it opens at the first counted request
// by `mark`, the milliseconds since then. Windows aligned to the clock need no mark: they follow from
// the time of the last request.
import type { FixedWindow } from "./limit.ts";

/** The count of the window that is open at `now`; 0 when none is. */
export function windowUsed(
  limit: FixedWindow,
  used: number,
  mark: number,
  at: number,
  now: number,
): number {
  if (used === 0 || now === at) return used;
  const { windowMs } = limit;
  if (limit.anchor === "first") return mark + (now - at) < windowMs ? used : 0;
  return Math.floor(at / windowMs) === Math.floor(now / windowMs) ? used : 0;
}

/** Milliseconds since the window opened, for a window that is still open. */
export function windowMark(limit: FixedWindow, mark: number, at: number, now: number): number {
  return limit.anchor === "first" ? mark + (now - at) : 0;
}

/** Milliseconds until the open window ends. */
export function windowRest(limit: FixedWindow, mark: number, now: number): number {
  return limit.windowMs - (limit.anchor === "first" ? mark : now % limit.windowMs);
}
