/** Signs that turn the direction of what follows, and NUL, which PostgreSQL does not take. */
const UNSAFE = /[\0\u202A-\u202E\u2066-\u2069]/g;

/** Text cut to a length and well-formed; signs that would hide what stands there are replaced. */
export function clean(text: string, max: number): string {
  const cut = text.length > max ? `${text.slice(0, max - 1)}…` : text;
  return (cut.isWellFormed() ? cut : cut.toWellFormed()).replace(UNSAFE, "\uFFFD");
}
