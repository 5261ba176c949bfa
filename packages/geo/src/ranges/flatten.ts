// Turns ranges that may overlap into disjoint ones in ascending order. Where two overlap, the one that
// starts later wins, and of two that start together the shorter: the more specific block of a list. Of two
// that are the same the first one wins.
import type { Family, Range } from "./range.ts";

/** Disjoint ranges in ascending order; neighbours with the same value are joined. */
export function flatten<T extends number | bigint, V>(
  ranges: readonly Range<T, V>[],
  family: Family<T>,
): Range<T, V>[] {
  const out: Range<T, V>[] = [];
  const open: Range<T, V>[] = [];
  let at: T | undefined;
  const emit = (first: T, last: T, value: V) => {
    if (first > last) return;
    const before = out.at(-1);
    if (before?.value === value && family.next(before.last) === first)
      out[out.length - 1] = { first: before.first, last, value };
    else out.push({ first, last, value });
  };
  /** Emits what the open ranges still cover below `limit`, or everything without one. */
  const closeBefore = (limit: T | undefined) => {
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const from = at === undefined || at < top.first ? top.first : at;
      if (limit !== undefined && top.last >= limit) {
        emit(from, family.previous(limit), top.value);
        return;
      }
      emit(from, top.last, top.value);
      if (top.last >= from) at = family.next(top.last);
      open.pop();
    }
  };
  for (const range of sorted(ranges)) {
    const top = open.at(-1);
    if (top !== undefined && top.first === range.first && top.last === range.last) continue;
    closeBefore(range.first);
    at = range.first;
    open.push(range);
  }
  closeBefore(undefined);
  return out;
}

/** By first address, longer ranges before the ones inside them. */
function sorted<T extends number | bigint, V>(
  ranges: readonly Range<T, V>[],
): readonly Range<T, V>[] {
  const before = (a: Range<T, V>, b: Range<T, V>) =>
    a.first < b.first || (a.first === b.first && a.last >= b.last);
  for (let i = 1; i < ranges.length; i++) {
    const a = ranges[i - 1];
    const b = ranges[i];
    if (a === undefined || b === undefined || before(a, b)) continue;
    return ranges.toSorted((x, y) => {
      if (x.first !== y.first) return x.first < y.first ? -1 : 1;
      return x.last === y.last ? 0 : x.last > y.last ? -1 : 1;
    });
  }
  return ranges;
}
