// Punycode (RFC 3492) with the parameters of IDNA: a label beyond ASCII is written as its ASCII
// characters, a hyphen, and for each other character how far it is from the one before, in digits whose
// weights grow as fast as the numbers seen so far ask for.

const BASE = 36;
const MIN_THRESHOLD = 1;
const MAX_THRESHOLD = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const FIRST_BEYOND_ASCII = 0x80;
const DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** The Punycode of a label in the basic plane, which is a domain's: at most 254 characters. */
export function encodePunycode(label: string): string {
  let out = "";
  for (let i = 0; i < label.length; i++)
    if (label.charCodeAt(i) < FIRST_BEYOND_ASCII) out += label[i];
  const basic = out.length;
  if (basic > 0) out += "-";
  let point = FIRST_BEYOND_ASCII;
  let delta = 0;
  let bias = INITIAL_BIAS;
  for (let handled = basic; handled < label.length; point++, delta++) {
    const next = smallestFrom(label, point);
    delta += (next - point) * (handled + 1);
    point = next;
    for (let i = 0; i < label.length; i++) {
      const unit = label.charCodeAt(i);
      if (unit < point) delta++;
      if (unit !== point) continue;
      out += digitsOf(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
  }
  return out;
}

function smallestFrom(label: string, point: number): number {
  let smallest = Infinity;
  for (let i = 0; i < label.length; i++) {
    const unit = label.charCodeAt(i);
    if (unit >= point && unit < smallest) smallest = unit;
  }
  return smallest;
}

/** A number as digits of variable weight, the least significant first. */
function digitsOf(delta: number, bias: number): string {
  let out = "";
  let rest = delta;
  for (let weight = BASE; ; weight += BASE) {
    const threshold = Math.min(MAX_THRESHOLD, Math.max(MIN_THRESHOLD, weight - bias));
    if (rest < threshold) return out + DIGITS[rest];
    const digit = threshold + ((rest - threshold) % (BASE - threshold));
    out += DIGITS[digit];
    rest = Math.floor((rest - threshold) / (BASE - threshold));
  }
}

/** The bias for the numbers to come, from the last one and how many there are by now. */
function adapt(last: number, count: number, first: boolean): number {
  let delta = Math.floor(last / (first ? DAMP : 2));
  delta += Math.floor(delta / count);
  let weight = 0;
  for (; delta > ((BASE - MIN_THRESHOLD) * MAX_THRESHOLD) / 2; weight += BASE)
    delta = Math.floor(delta / (BASE - MIN_THRESHOLD));
  return weight + Math.floor(((BASE - MIN_THRESHOLD + 1) * delta) / (delta + SKEW));
}
