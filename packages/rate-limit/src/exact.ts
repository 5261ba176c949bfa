// Amounts go up to 2^32 and durations up to 2^42 ms, so that a product can pass 2^53, above which a
// number is no longer exact. These functions give the exact quotient; the common case stays in plain
// numbers, where the quotient of two integers below 2^53 is never rounded across a whole number.

/** The rest of a / divisor for non-negative integers below 2^53: `%` on such numbers is far slower. */
export function modulo(a: number, divisor: number): number {
  return a - Math.floor(a / divisor) * divisor;
}

/** floor(a · b / divisor) for non-negative integers. */
export function floorMulDiv(a: number, b: number, divisor: number): number {
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER) return Math.floor(product / divisor);
  return Number((BigInt(a) * BigInt(b)) / BigInt(divisor));
}

/** ceil((a · b − less) / divisor) for non-negative integers with a · b ≥ less. */
export function ceilMulDiv(a: number, b: number, less: number, divisor: number): number {
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER) return Math.ceil((product - less) / divisor);
  const over = BigInt(a) * BigInt(b) - BigInt(less);
  return Number((over + BigInt(divisor) - 1n) / BigInt(divisor));
}

/** (a · b + more) mod divisor for non-negative integers. */
export function mulMod(a: number, b: number, more: number, divisor: number): number {
  const sum = a * b + more;
  if (sum <= Number.MAX_SAFE_INTEGER) return modulo(sum, divisor);
  return Number((BigInt(a) * BigInt(b) + BigInt(more)) % BigInt(divisor));
}

/** floor((a · b + more) / divisor) for non-negative integers. */
export function floorMulAddDiv(a: number, b: number, more: number, divisor: number): number {
  const sum = a * b + more;
  if (sum <= Number.MAX_SAFE_INTEGER) return Math.floor(sum / divisor);
  return Number((BigInt(a) * BigInt(b) + BigInt(more)) / BigInt(divisor));
}
