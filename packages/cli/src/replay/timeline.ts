/** Requests and denials over time, in a bounded number of spans that grow with the log. */

export interface Span {
  /** Start, ISO 8601. */
  readonly time: string;
  readonly requests: number;
  readonly denied: number;
}

/** Most spans that are kept. */
export const MAX_SPANS = 240;
/** Widths of a span in seconds, each a multiple of the one before; after them it doubles. */
const WIDTHS = [1, 5, 10, 30, 60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400];
const MS = 1_000;

interface Count {
  requests: number;
  denied: number;
}

export class Timeline {
  #width = 1;
  #counts = new Map<number, Count>();
  #last: Count = { requests: 0, denied: 0 };
  #lastIndex = Number.NaN;
  #first = Infinity;
  #end = -Infinity;

  /** Seconds of one span. */
  get width(): number {
    return this.#width;
  }

  add(time: number, denied: boolean): void {
    const index = Math.floor(time / MS / this.#width);
    if (index !== this.#lastIndex) this.#move(index);
    this.#last.requests++;
    if (denied) this.#last.denied++;
  }

  /** All spans from the first to the last, those without requests too. */
  spans(): readonly Span[] {
    if (this.#counts.size === 0) return [];
    return Array.from({ length: this.#end - this.#first + 1 }, (_, at) => {
      const index = this.#first + at;
      const { requests, denied } = this.#counts.get(index) ?? { requests: 0, denied: 0 };
      return { time: new Date(index * this.#width * MS).toISOString(), requests, denied };
    });
  }

  #move(wanted: number): void {
    let index = wanted;
    while (Math.max(this.#end, index) - Math.min(this.#first, index) >= MAX_SPANS)
      index = this.#widen(index);
    this.#first = Math.min(this.#first, index);
    this.#end = Math.max(this.#end, index);
    this.#lastIndex = index;
    this.#last = countOf(this.#counts, index);
  }

  #widen(index: number): number {
    const width = WIDTHS.find((width) => width > this.#width) ?? this.#width * 2;
    const factor = width / this.#width;
    const counts = new Map<number, Count>();
    for (const [index, { requests, denied }] of this.#counts) {
      const count = countOf(counts, Math.floor(index / factor));
      count.requests += requests;
      count.denied += denied;
    }
    this.#width = width;
    this.#counts = counts;
    this.#first = Math.floor(this.#first / factor);
    this.#end = Math.floor(this.#end / factor);
    return Math.floor(index / factor);
  }
}

function countOf(counts: Map<number, Count>, index: number): Count {
  const known = counts.get(index);
  if (known) return known;
  const made = { requests: 0, denied: 0 };
  counts.set(index, made);
  return made;
}
