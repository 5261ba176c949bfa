// Membership by binary search. Blocks are sorted and merged into disjoint ranges, whose ends lie in
// typed arrays: one word a range for IPv4, four for IPv6. 50,000 blocks take well under a megabyte.
import { isMapped, parseIp, type Ip } from "./address.ts";
import { parseCidr, type Cidr } from "./cidr.ts";

/** Compares two addresses by their words. */
export function compareIp(a: Ip, b: Ip): number {
  return a.w0 - b.w0 || a.w1 - b.w1 || a.w2 - b.w2 || a.w3 - b.w3;
}

/**
 * An immutable set of address blocks, IPv4 and IPv6.
 *
 * IPv4-mapped IPv6 addresses count as the IPv4 address they hold. The constructor throws a TypeError
 * that names the first entry which is no block.
 *
 * @example
 * const internal = new CidrSet(["10.0.0.0/8", "fd00::/8", "192.0.2.7"]);
 * internal.has("10.1.2.3"); // true
 */
export class CidrSet {
  /** Number of disjoint ranges after merging. */
  readonly size: number;
  readonly #starts4: Uint32Array;
  readonly #ends4: Uint32Array;
  readonly #starts6: Uint32Array;
  readonly #ends6: Uint32Array;

  constructor(blocks: Iterable<string | Cidr>) {
    const four: Cidr[] = [];
    const six: Cidr[] = [];
    for (const entry of blocks) {
      const cidr = typeof entry === "string" ? parseCidr(entry.trim()) : entry;
      if (cidr === undefined)
        throw new TypeError(
          `invalid address block ${JSON.stringify(entry)}: write it as 10.0.0.0/8`,
        );
      (cidr.first.family === 4 ? four : six).push(cidr);
    }
    const ranges4 = merge(four);
    const ranges6 = merge(six);
    this.#starts4 = Uint32Array.from(ranges4, ({ first }) => first.w3);
    this.#ends4 = Uint32Array.from(ranges4, ({ last }) => last.w3);
    this.#starts6 = words(ranges6, "first");
    this.#ends6 = words(ranges6, "last");
    this.size = ranges4.length + ranges6.length;
  }

  /** Whether the address lies in one of the blocks; false for text that is no address. */
  has(address: Ip | string): boolean {
    const ip = typeof address === "string" ? parseIp(address) : address;
    if (ip === undefined) return false;
    if (ip.family === 4 || isMapped(ip)) return this.hasIpv4(ip.w3);
    return this.#hasIpv6(ip);
  }

  /** Whether the IPv4 address of this 32-bit number lies in one of the blocks. */
  hasIpv4(number: number): boolean {
    const starts = this.#starts4;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= number) low = middle + 1;
      else high = middle;
    }
    return low > 0 && (this.#ends4[low - 1] ?? 0) >= number;
  }

  #hasIpv6(ip: Ip): boolean {
    let low = 0;
    let high = this.#starts6.length / 4;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareAt(this.#starts6, middle, ip) <= 0) low = middle + 1;
      else high = middle;
    }
    return low > 0 && compareAt(this.#ends6, low - 1, ip) >= 0;
  }
}

interface Range {
  readonly first: Ip;
  last: Ip;
}

function merge(blocks: readonly Cidr[]): Range[] {
  const merged: Range[] = [];
  let open: Range | undefined;
  for (const { first, last } of blocks.toSorted((a, b) => compareIp(a.first, b.first))) {
    if (open !== undefined && compareIp(first, open.last) <= 0) {
      if (compareIp(last, open.last) > 0) open.last = last;
    } else {
      open = { first, last };
      merged.push(open);
    }
  }
  return merged;
}

function words(ranges: readonly Range[], end: "first" | "last"): Uint32Array {
  const all = new Uint32Array(ranges.length * 4);
  let at = 0;
  for (const range of ranges) {
    const ip = range[end];
    all[at++] = ip.w0;
    all[at++] = ip.w1;
    all[at++] = ip.w2;
    all[at++] = ip.w3;
  }
  return all;
}

function compareAt(all: Uint32Array, index: number, ip: Ip): number {
  const at = index * 4;
  return (
    (all[at] ?? 0) - ip.w0 ||
    (all[at + 1] ?? 0) - ip.w1 ||
    (all[at + 2] ?? 0) - ip.w2 ||
    (all[at + 3] ?? 0) - ip.w3
  );
}
