/** Small charts in text. */

const LEVELS = "▁▂▃▄▅▆▇█";
const EIGHTHS = " ▏▎▍▌▋▊▉";

/**
 * One character for each number, from the lowest block for a little to the full block for the most.
 *
 * @example
 * sparkline([0, 1, 8]); // " ▁█"
 */
export function sparkline(numbers: readonly number[]): string {
  const most = Math.max(1, ...numbers);
  return numbers
    .map((count) => (count === 0 ? " " : LEVELS[Math.min(7, Math.ceil((count / most) * 8) - 1)]))
    .join("");
}

/** A bar as long as the share of a width. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  const rest = EIGHTHS[eighths % 8] ?? "";
  return "█".repeat(Math.floor(eighths / 8)) + (eighths % 8 === 0 ? "" : rest);
}

/** Adds neighbours up until there are no more than `width` numbers. */
export function squeeze(numbers: readonly number[], width: number): readonly number[] {
  const step = Math.ceil(numbers.length / width);
  if (step <= 1) return numbers;
  return Array.from({ length: Math.ceil(numbers.length / step) }, (_, at) =>
    numbers.slice(at * step, (at + 1) * step).reduce((sum, count) => sum + count, 0),
  );
}
