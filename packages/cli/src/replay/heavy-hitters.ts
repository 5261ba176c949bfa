/**
 * The most frequent of ever so many names, in bounded memory: Space-Saving (Metwally, Agrawal, El Abbadi,
 * 2005) with evictions in batches. While no more names came than fit, all counts are exact; after that a
 * name that came in may have been counted before, at most as often as the most frequent name that was let
 * go, and its `requests` are those that are certain.
 */

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
export const MAX_NAMES = 4_096;
/** Longer names are cut. */
export const MAX_NAME_LENGTH = 256;

export class HeavyHitters {
  readonly #rows = new Map<string, Row>();
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
    const key = name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
    const row = this.#rows.get(key);
    if (row !== undefined) {
      row.requests++;
      if (denied) row.denied++;
      return;
    }
    this.#rows.set(key, { requests: 1, denied: denied ? 1 : 0, before: this.#forgotten });
    if (this.#rows.size >= this.#capacity * 2) this.#prune();
  }

  /** The first names by denials, then by requests. */
  top(count: number): readonly Hitter[] {
    const all = [...this.#rows].map(([name, { requests, denied }]) => ({ name, requests, denied }));
    const byRequests = all.toSorted((a, b) => b.requests - a.requests).slice(0, count);
    const byDenials = all
      .filter(({ denied }) => denied > 0)
      .toSorted((a, b) => b.denied - a.denied || b.requests - a.requests)
      .slice(0, count);
    return [...new Set([...byDenials, ...byRequests])].slice(0, count);
  }

  /** Halves the table: those with the most denials stay, and those with the most requests. */
  #prune(): void {
    const weight = (row: Row): number => row.requests + row.before;
    const rows = [...this.#rows];
    const kept = new Set<string>();
    const keep = (some: readonly (readonly [string, Row])[]): void => {
      for (const [name] of some) kept.add(name);
    };
    const half = this.#capacity >> 1;
    keep(rows.toSorted(([, a], [, b]) => weight(b) - weight(a)).slice(0, half));
    keep(
      rows
        .filter(([, { denied }]) => denied > 0)
        .toSorted(([, a], [, b]) => b.denied - a.denied)
        .slice(0, half),
    );
    for (const [name, row] of rows) {
      if (kept.has(name)) continue;
      this.#forgotten = Math.max(this.#forgotten, weight(row));
      this.#rows.delete(name);
    }
  }
}
