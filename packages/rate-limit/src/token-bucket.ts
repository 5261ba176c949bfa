// A bucket is remembered by what is missing from it: `used` tokens, and `mark`, how far the next
// token has come. A full bucket is 0 and 0, the same as no state at all. With whole intervals `mark`
// is milliseconds since the last refill; continuously it is the fraction of a token, in units of one
// token / intervalMs, of which every millisecond brings refillRate.
import { ceilMulDiv, floorMulAddDiv, mulMod } from "./exact.ts";
import type { TokenBucket } from "./limit.ts";

/** Tokens missing after `elapsed` milliseconds. */
export function bucketUsed(
  limit: TokenBucket,
  used: number,
  mark: number,
  elapsed: number,
): number {
  if (used === 0) return 0;
  const left = used - refilled(limit, mark, elapsed);
  return left > 0 ? left : 0;
}

/** The progress towards the next token after `elapsed` milliseconds, when tokens are still missing. */
export function bucketMark(limit: TokenBucket, mark: number, elapsed: number): number {
  const { intervalMs } = limit;
  if (limit.refill === "interval") {
    const since = mark + elapsed;
    return since < intervalMs ? since : since % intervalMs;
  }
  return mulMod(elapsed % intervalMs, limit.refillRate, mark, intervalMs);
}

function refilled(limit: TokenBucket, mark: number, elapsed: number): number {
  const { intervalMs, refillRate } = limit;
  if (limit.refill === "interval") {
    const since = mark + elapsed;
    return since < intervalMs ? 0 : Math.floor(since / intervalMs) * refillRate;
  }
  const whole = Math.floor(elapsed / intervalMs);
  const rest = elapsed - whole * intervalMs;
  return whole * refillRate + floorMulAddDiv(rest, refillRate, mark, intervalMs);
}

/** Milliseconds until `missing` more tokens have arrived. */
export function bucketWait(limit: TokenBucket, missing: number, mark: number): number {
  if (missing <= 0) return 0;
  if (limit.refill === "continuous")
    return ceilMulDiv(missing, limit.intervalMs, mark, limit.refillRate);
  return ceilMulDiv(Math.ceil(missing / limit.refillRate), limit.intervalMs, mark, 1);
}
