/** Numbers from a seed, so that every run sees the same texts (mulberry32). */
export interface Random {
  /** An integer from 0 up to, not including, `end`. */
  below(end: number): number;
  pick<T>(list: readonly T[]): T;
  /** Replaces "#" by a digit, "N" by one from 2 to 9, "X" by a hexadecimal digit and "A" by a letter. */
  fill(pattern: string): string;
}

export function createRandom(seed: number): Random {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  const pick = <T>(list: readonly T[]): T => {
    const item = list[below(list.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  };
  const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  const fill = (pattern: string): string =>
    pattern.replace(/[#NXA]/g, (kind) => {
      if (kind === "#") return String(below(10));
      if (kind === "N") return String(2 + below(8));
      return kind === "X" ? below(16).toString(16) : letters[below(letters.length)]!;
    });
  return { below, pick, fill };
}
