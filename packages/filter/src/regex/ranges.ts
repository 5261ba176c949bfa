// Sets of numbers (bytes or code points) as a flat, sorted list of inclusive bounds: lo, hi, lo, hi …
// without overlap or adjacency.

/** A sorted list of inclusive bounds: lo, hi, lo, hi … */
export type Ranges = readonly number[];

export const MAX_BYTE = 0xff;
export const MAX_CODE_POINT = 0x10ffff;

/** Sorts and merges any list of bounds. */
export function normalize(bounds: Ranges): Ranges {
  const pairs: [number, number][] = [];
  for (let i = 0; i < bounds.length; i += 2) pairs.push([bounds[i]!, bounds[i + 1]!]);
  pairs.sort((a, b) => a[0] - b[0]);
  const merged: number[] = [];
  for (const [lo, hi] of pairs) {
    const last = merged.length - 1;
    if (last > 0 && lo <= merged[last]! + 1) merged[last] = Math.max(merged[last]!, hi);
    else merged.push(lo, hi);
  }
  return merged;
}

/** Everything from 0 to `max` that is not in the set. */
export function negate(ranges: Ranges, max: number): Ranges {
  const rest: number[] = [];
  let from = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    if (ranges[i]! > from) rest.push(from, ranges[i]! - 1);
    from = ranges[i + 1]! + 1;
  }
  if (from <= max) rest.push(from, max);
  return rest;
}

export function union(a: Ranges, b: Ranges): Ranges {
  return normalize([...a, ...b]);
}

export function intersect(a: Ranges, b: Ranges): Ranges {
  const both: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const lo = Math.max(a[i]!, b[j]!);
    const hi = Math.min(a[i + 1]!, b[j + 1]!);
    if (lo <= hi) both.push(lo, hi);
    if (a[i + 1]! < b[j + 1]!) i += 2;
    else j += 2;
  }
  return both;
}

export function difference(a: Ranges, b: Ranges): Ranges {
  return intersect(a, negate(b, MAX_CODE_POINT));
}

/** Adds the other case of every ASCII letter. */
export function foldAscii(ranges: Ranges): Ranges {
  const upper = intersect(ranges, [65, 90]);
  const lower = intersect(ranges, [97, 122]);
  if (upper.length + lower.length === 0) return ranges;
  return normalize([...ranges, ...upper.map((c) => c + 32), ...lower.map((c) => c - 32)]);
}
