/** The upper median: at most half of the numbers are greater. The array is sorted on the way. */
export function medianOf(numbers: Float64Array): number {
  numbers.sort();
  return numbers[numbers.length >> 1] ?? 0;
}
