/** Longest text that is kept of a line. */
export const MAX_KEPT = 256;

/**
 * A copy of a text that is to be kept, cut where it is long. A piece of a string keeps the whole of it in
 * memory, and lines are as long as their clients want them to be.
 */
export function ownText(text: string, max: number = MAX_KEPT): string {
  const cut = text.length > max ? `${text.slice(0, max)}…` : text;
  // Joined, it is written to a string of its own before a piece is taken of that.
  return ` ${cut}`.slice(1);
}
