/**
 * A whole number with its digits in groups of three.
 *
 * @example
 * grouped(1234567); // "1,234,567"
 */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
