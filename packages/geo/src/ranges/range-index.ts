// The lookup side of a list: starts of segments in typed arrays, found by binary search. What no list
// covers is a segment of its own with the value 0, so that one search answers.
import { type Ip, isMapped } from "@arcjet/ip";
import { LAST_IPV4, LAST_IPV6 } from "./range.ts";

/** Segments in ascending order as a builder collects them. */
export class SegmentColumn<T extends number | bigint> {
  readonly starts: T[] = [];
  readonly values: number[] = [];
  readonly #last: T;
  readonly #next: (address: T) => T;
  #open: T | undefined;

  constructor(zero: T, last: T, next: (address: T) => T) {
    this.#last = last;
    this.#next = next;
    this.#open = zero;
  }

  /** Adds a segment behind those added before; 0 means nothing is known. */
  add(first: T, last: T, value: number): void {
    if (this.#open !== undefined && this.#open < first) this.#start(this.#open, 0);
    this.#start(first, value);
    this.#open = last < this.#last ? this.#next(last) : undefined;
  }

  /** Closes the column: the rest of the address space is unknown. */
  finish(): this {
    if (this.#open !== undefined) this.#start(this.#open, 0);
    this.#open = undefined;
    return this;
  }

  #start(first: T, value: number): void {
    if (this.values.at(-1) === value) return;
    this.starts.push(first);
    this.values.push(value);
  }
}

/** A column for IPv4 segments. */
export function ipv4Column(): SegmentColumn<number> {
  return new SegmentColumn<number>(0, LAST_IPV4, (a) => a + 1);
}

/** A column for IPv6 segments. */
export function ipv6Column(): SegmentColumn<bigint> {
  return new SegmentColumn<bigint>(0n, LAST_IPV6, (a) => a + 1n);
}

/** Finds the value of the segment an address lies in. */
export interface RangeIndex {
  find(ip: Ip): number;
}

/** Makes the index of two finished columns. */
export function rangeIndex(v4: SegmentColumn<number>, v6: SegmentColumn<bigint>): RangeIndex {
  const starts4 = Uint32Array.from(v4.starts);
  const values4 = Uint32Array.from(v4.values);
  const starts6 = toWords(v6.starts);
  const values6 = Uint32Array.from(v6.values);
  return {
    find(ip) {
      if (ip.family === 4 || isMapped(ip)) return values4[lastAtMost(starts4, ip.w3)] ?? 0;
      return values6[lastAtMost128(starts6, ip)] ?? 0;
    },
  };
}

/** Addresses as four words each, most significant first. */
export function toWords(addresses: readonly bigint[]): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(addresses.length * 4);
  let at = 0;
  for (const address of addresses)
    for (const shift of [96n, 64n, 32n, 0n]) words[at++] = Number((address >> shift) & 0xffffffffn);
  return words;
}

/**
 * Index of the last start that is not above the number, within [from, to); from - 1 when there is none. The
 * ends may come from a file, and are held to the length of the starts.
 */
export function lastAtMost(
  starts: Uint32Array | Uint16Array,
  number: number,
  from = 0,
  to: number = starts.length,
): number {
  let low = from;
  let high = Math.min(to, starts.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= number) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The same over addresses of four words. */
export function lastAtMost128(starts: Uint32Array, ip: Ip): number {
  let low = 0;
  let high = starts.length >>> 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAtMost(starts, middle * 4, ip)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function isAtMost(starts: Uint32Array, at: number, ip: Ip): boolean {
  const w0 = starts[at] ?? 0;
  if (w0 !== ip.w0) return w0 < ip.w0;
  const w1 = starts[at + 1] ?? 0;
  if (w1 !== ip.w1) return w1 < ip.w1;
  const w2 = starts[at + 2] ?? 0;
  if (w2 !== ip.w2) return w2 < ip.w2;
  return (starts[at + 3] ?? 0) <= ip.w3;
}
