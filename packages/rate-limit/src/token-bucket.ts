// A bucket is remembered by what is missing from it: `used` tokens, and `mark`, how far the next
// token has come. A full bucket is 0 and 0, the same as no state at all. With whole intervals `mark`
// is milliseconds since the last refill; continuously it is the fraction of a token, in units of one
// token / intervalMs, of which every millisecond brings refillRate.
import { ceilMulDiv, floorMulAddDiv, mulMod } from "./exact.ts";
import type { TokenBucket } from "./limit.ts";
import { AVAILABLE, LEFT_AT, MARK, NOW, type Pad, REST, USED } from "./pad.ts";

/** Brings the bucket at a place of the pad to the time of the pad. */
export function advanceBucket(limit: TokenBucket, pad: Pad, place: number): void {
  const { intervalMs, refillRate } = limit;
  const used = pad[place + USED]!;
  const mark = pad[place + MARK]!;
  const elapsed = pad[NOW]! - pad[LEFT_AT]!;
  let left = used;
  let progress = 0;
  if (used > 0 && limit.refill === "interval") {
    progress = mark + elapsed;
    if (progress >= intervalMs) {
      const times = Math.floor(progress / intervalMs);
      left -= times * refillRate;
      progress -= times * intervalMs;
    }
  } else if (used > 0) {
    const whole = Math.floor(elapsed / intervalMs);
    const rest = elapsed - whole * intervalMs;
    left -= whole * refillRate + floorMulAddDiv(rest, refillRate, mark, intervalMs);
    progress = mulMod(rest, refillRate, mark, intervalMs);
  }
  const full = left <= 0;
  pad[place + USED] = full ? 0 : left;
  pad[place + MARK] = full ? 0 : progress;
  pad[place + AVAILABLE] = full ? limit.capacity : limit.capacity - left;
  pad[place + REST] = 0;
}

/** Milliseconds until `missing` more tokens have arrived. */
export function bucketWait(limit: TokenBucket, missing: number, mark: number): number {
  if (missing <= 0) return 0;
  if (limit.refill === "continuous")
    return ceilMulDiv(missing, limit.intervalMs, mark, limit.refillRate);
  return ceilMulDiv(Math.ceil(missing / limit.refillRate), limit.intervalMs, mark, 1);
}
