/** Longest name that is compared, in characters. */
const MAX_LENGTH = 64;

/** Edits (insert, delete, replace, swap neighbours) that turn one text into the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let least = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + same);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        least = Math.min(least, before[column - 2]! + 1);
      current.push(least);
    }
    before = above;
    above = current;
  }
  return above[b.length]!;
}

/** The name that was probably meant; undefined when none is close. */
export function nearest(given: string, names: Iterable<string>): string | undefined {
  const wanted = given
    .slice(0, MAX_LENGTH)
    .toUpperCase()
    .replaceAll(/[\s-]+/g, "_");
  let best: string | undefined;
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    const edits = name.startsWith(wanted) && wanted.length > 3 ? 1 : distance(wanted, name);
    if (edits < least) {
      least = edits;
      best = name;
    }
  }
  return best;
}
