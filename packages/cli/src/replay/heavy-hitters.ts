/**
 * The most frequent of ever so many names, in bounded memory: Space-Saving (Metwally, Agrawal, El Abbadi,
 * 2005) with evictions in batches. While no more names came than fit, all counts are exact; after that a
 * name that came in may have been counted before, at most as often as the most frequent name that was let
 * go, and its `requests` are those that are certain.
 */
import { medianOf } from "./median.ts";
import { MAX_KEPT, ownText } from "./own-text.ts";

/** What is known of one name. */
export interface Hitter {
  readonly name: string;
  readonly requests: number;
  readonly denied: number;
}

interface Row {
  requests: number;
  denied: number;
  /** How often the name may have been counted before it came in. */
  readonly before: number;
}

/** Names kept of each kind. */
export const MAX_NAMES = 8_192;

/** A denied request weighs as much as two, since denials are what a report is about. */
const weightOf = ({ requests, denied, before }: Row): number => requests + denied + before;

export class HeavyHitters {
  #rows = new Map<string, Row>();
  readonly #capacity: number;
  #forgotten = 0;

  constructor(capacity: number = MAX_NAMES) {
    this.#capacity = capacity;
  }

  /** Names that are held. */
  get size(): number {
    return this.#rows.size;
  }

  add(name: string, denied: boolean): void {
    // Longer names are cut before they are looked for.
    const key = name.length > MAX_KEPT ? ownText(name) : name;
    const row = this.#rows.get(key);
    if (row !== undefined) {
      row.requests++;
      if (denied) row.denied++;
      return;
    }
    if (this.#rows.size >= this.#capacity) this.#prune();
    this.#rows.set(ownText(key, Infinity), {
      requests: 1,
      denied: denied ? 1 : 0,
      before: this.#forgotten,
    });
  }

  /** The first names by denials, then by requests. */
  top(count: number): readonly Hitter[] {
    return topHitters(this.#rows, count);
  }

  /** Keeps at most half of them. */
  #prune(): void {
    const limit = medianOf(Float64Array.from(this.#rows.values(), weightOf));
    const kept = new Map<string, Row>();
    for (const [name, row] of this.#rows) if (weightOf(row) > limit) kept.set(name, row);
    this.#forgotten = Math.max(this.#forgotten, limit);
    this.#rows = kept;
  }
}

/** The first rows by denials, then by requests. */
export function topHitters(
  rows: ReadonlyMap<string, { readonly requests: number; readonly denied: number }>,
  count: number,
): readonly Hitter[] {
  const all = [...rows].map(([name, { requests, denied }]) => ({ name, requests, denied }));
  const byDenials = all
    .filter(({ denied }) => denied > 0)
    .toSorted((a, b) => b.denied - a.denied || b.requests - a.requests)
    .slice(0, count);
  const byRequests = all.toSorted((a, b) => b.requests - a.requests).slice(0, count);
  return [...new Set([...byDenials, ...byRequests])].slice(0, count);
}
