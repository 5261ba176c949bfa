// A bucket is remembered by what is missing from it: `used` tokens, and `mark`, how far the next
// token has come. A full bucket is 0 and 0, the same as no state at all. With whole intervals `mark`
// is milliseconds since the last refill; continuously it is the fraction of a token, in units of one
// token / everyMs, of which every millisecond brings `rate`.
import { ceilMulDiv, floorMulAddDiv, mulMod } from "./exact.ts";
import { BUCKET_CONTINUOUS, type Meter } from "./meter.ts";
import { AVAILABLE, LEFT_AT, MARK, NOW, type PadNumbers, USED } from "./pad.ts";

/** Brings a bucket that refills by whole intervals, at a place of the pad, to the time of the pad. */
export function advanceByInterval(meter: Meter, pad: PadNumbers, place: number): void {
  const { everyMs, max, rate } = meter;
  let left = pad[place + USED]!;
  let progress = left > 0 ? pad[place + MARK]! + (pad[NOW]! - pad[LEFT_AT]!) : 0;
  if (progress >= everyMs) {
    const times = Math.floor(progress / everyMs);
    left -= times * rate;
    progress -= times * everyMs;
    if (left <= 0) left = progress = 0;
  }
  pad[place + USED] = left;
  pad[place + MARK] = progress;
  pad[place + AVAILABLE] = max - left;
}

/** Brings a bucket that refills continuously, at a place of the pad, to the time of the pad. */
export function advanceContinuous(meter: Meter, pad: PadNumbers, place: number): void {
  const { everyMs, max, rate } = meter;
  const mark = pad[place + MARK]!;
  const elapsed = pad[NOW]! - pad[LEFT_AT]!;
  const whole = Math.floor(elapsed / everyMs);
  const rest = elapsed - whole * everyMs;
  const came = whole * rate + floorMulAddDiv(rest, rate, mark, everyMs);
  const left = pad[place + USED]! - came;
  const full = left <= 0;
  pad[place + USED] = full ? 0 : left;
  pad[place + MARK] = full ? 0 : mulMod(rest, rate, mark, everyMs);
  pad[place + AVAILABLE] = full ? max : max - left;
}

/** Milliseconds until `missing` more tokens have arrived. */
export function bucketWait({ kind, everyMs, rate }: Meter, missing: number, mark: number): number {
  if (missing <= 0) return 0;
  if (kind === BUCKET_CONTINUOUS) return ceilMulDiv(missing, everyMs, mark, rate);
  return ceilMulDiv(Math.ceil(missing / rate), everyMs, mark, 1);
}
