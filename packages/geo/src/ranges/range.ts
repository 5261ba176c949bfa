// Ranges of addresses as plain numbers, for everything that is done before a request comes: IPv4 as a
// number, IPv6 as a bigint, handled by the same code.
import type { Ip } from "@arcjet/ip";

/** An inclusive range and the value it carries. */
export interface Range<T, V> {
  readonly first: T;
  readonly last: T;
  readonly value: V;
}

/** How one family counts. */
export interface Family<T> {
  next(address: T): T;
  previous(address: T): T;
}

export const IPV4: Family<number> = { next: (a) => a + 1, previous: (a) => a - 1 };
export const IPV6: Family<bigint> = { next: (a) => a + 1n, previous: (a) => a - 1n };

/** The largest address of each family. */
export const LAST_IPV4 = 0xffffffff;
export const LAST_IPV6: bigint = (1n << 128n) - 1n;

/** The 128 bits of an address as one number. */
export function toBigInt(ip: Ip): bigint {
  return (BigInt(ip.w0) << 96n) | (BigInt(ip.w1) << 64n) | (BigInt(ip.w2) << 32n) | BigInt(ip.w3);
}

/** Ranges of both families, as sources give them. */
export interface RangeSet<V> {
  readonly v4: Range<number, V>[];
  readonly v6: Range<bigint, V>[];
}

/** An empty set to fill. */
export function emptyRanges<V>(): RangeSet<V> {
  return { v4: [], v6: [] };
}

const MAPPED_PREFIX = 0xffffn;

/** Adds an inclusive range; false when the ends are of different families or in the wrong order. */
export function addRange<V>(set: RangeSet<V>, first: Ip, last: Ip, value: V): boolean {
  if (first.family !== last.family) return false;
  if (first.family === 4) {
    if (first.w3 > last.w3) return false;
    set.v4.push({ first: first.w3, last: last.w3, value });
    return true;
  }
  const from = toBigInt(first);
  const to = toBigInt(last);
  if (from > to) return false;
  // IPv4 in its mapped form is kept with IPv4, where lookups go.
  if (from >> 32n === MAPPED_PREFIX && to >> 32n === MAPPED_PREFIX)
    set.v4.push({ first: first.w3, last: last.w3, value });
  else set.v6.push({ first: from, last: to, value });
  return true;
}
