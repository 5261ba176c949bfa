// Lays disjoint layers (country, network, lists …) over each other: one segment for every stretch of
// addresses over which no layer changes.
import type { Family, Range } from "./range.ts";

/** Told of each segment in ascending order, with the value of every layer. */
export type Segment<T, V> = (first: T, last: T, values: readonly (V | undefined)[]) => void;

/** Calls `emit` for every segment that at least one layer covers. Layers are disjoint and ascending. */
export function overlay<T extends number | bigint, V>(
  layers: readonly (readonly Range<T, V>[])[],
  family: Family<T>,
  emit: Segment<T, V>,
): void {
  const cursor = layers.map(() => 0);
  let at: T | undefined = smallest(layers.map((layer) => layer[0]?.first));
  const values: (V | undefined)[] = layers.map(() => undefined);
  while (at !== undefined) {
    const from: T = at;
    let end: T | undefined;
    let upcoming: T | undefined;
    let covered = false;
    for (const [i, layer] of layers.entries()) {
      let index = cursor[i] ?? 0;
      let range = layer[index];
      while (range !== undefined && range.last < from) range = layer[++index];
      cursor[i] = index;
      values[i] = undefined;
      if (range === undefined) continue;
      if (range.first <= from) {
        values[i] = range.value;
        covered = true;
        if (end === undefined || range.last < end) end = range.last;
      } else {
        if (upcoming === undefined || range.first < upcoming) upcoming = range.first;
      }
    }
    if (!covered) {
      at = upcoming;
      continue;
    }
    if (upcoming !== undefined && (end === undefined || upcoming <= end))
      end = family.previous(upcoming);
    if (end === undefined) return;
    emit(from, end, values);
    at = family.next(end);
  }
}

function smallest<T extends number | bigint>(
  candidates: readonly (T | undefined)[],
): T | undefined {
  let least: T | undefined;
  for (const candidate of candidates)
    if (candidate !== undefined && (least === undefined || candidate < least)) least = candidate;
  return least;
}
