import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ip } from "../../test/address.ts";
import { flatten } from "./flatten.ts";
import { overlay } from "./overlay.ts";
import {
  addRange,
  emptyRanges,
  type Family,
  IPV4,
  IPV6,
  LAST_IPV4,
  LAST_IPV6,
  type Range,
} from "./range.ts";
import { ipv4Column, ipv6Column, rangeIndex } from "./range-index.ts";

const MOST = 40;
const rangeOf = (first: number, length: number, value: number): Range<number, number> => ({
  first,
  last: Math.min(MOST, first + length),
  value,
});
const ranges = fc.array(
  fc
    .tuple(fc.nat({ max: MOST }), fc.nat({ max: 12 }), fc.integer({ min: 1, max: 3 }))
    .map(([first, length, value]) => rangeOf(first, length, value)),
  { maxLength: 12 },
);

/** What a list says of one address, by looking at every range. */
function byLooking(list: readonly Range<number, number>[], address: number): number | undefined {
  let best: Range<number, number> | undefined;
  for (const range of list) {
    if (address < range.first || address > range.last) continue;
    const later = best === undefined || range.first > best.first;
    const shorter = best !== undefined && range.first === best.first && range.last < best.last;
    if (later || shorter) best = range;
  }
  return best?.value;
}

describe("flatten", () => {
  it("gives disjoint ascending ranges that say of every address what the list says", () => {
    fc.assert(
      fc.property(ranges, (list) => {
        const flat = flatten(list, IPV4);
        for (const [i, { first, last }] of flat.entries()) {
          expect(first).toBeLessThanOrEqual(last);
          expect(first).toBeGreaterThan(flat[i - 1]?.last ?? -1);
        }
        for (let address = 0; address <= MOST; address++)
          expect(byLooking(flat, address)).toBe(byLooking(list, address));
      }),
      { numRuns: 500 },
    );
  });

  it("says the same of IPv6", () => {
    const big = ({ first, last, value }: Range<number, number>): Range<bigint, number> => ({
      first: BigInt(first),
      last: BigInt(last),
      value,
    });
    fc.assert(
      fc.property(ranges, (list) => {
        expect(flatten(list.map(big), IPV6)).toEqual(flatten(list, IPV4).map(big));
      }),
    );
  });

  it("joins neighbours of one value, and of the same block takes the first", () => {
    const list = [rangeOf(0, 4, 1), rangeOf(5, 4, 1), rangeOf(20, 2, 1), rangeOf(20, 2, 2)];
    expect(flatten(list, IPV4)).toEqual([rangeOf(0, 9, 1), rangeOf(20, 2, 1)]);
  });

  it("goes to the end of each address space", () => {
    const all4 = { first: 0, last: LAST_IPV4, value: 1 };
    const end4 = { first: LAST_IPV4, last: LAST_IPV4, value: 2 };
    expect(flatten([all4, end4], IPV4)).toEqual([{ ...all4, last: LAST_IPV4 - 1 }, end4]);
    const all6 = { first: 0n, last: LAST_IPV6, value: 1 };
    const end6 = { first: LAST_IPV6, last: LAST_IPV6, value: 2 };
    expect(flatten([all6, end6], IPV6)).toEqual([{ ...all6, last: LAST_IPV6 - 1n }, end6]);
  });
});

describe("overlay", () => {
  it("tells of every address the value of each layer, in ascending segments", () => {
    fc.assert(
      fc.property(ranges, ranges, ranges, (a, b, c) => {
        const layers = [a, b, c].map((list) => flatten(list, IPV4));
        const told = new Map<number, readonly (number | undefined)[]>();
        let before = -1;
        overlay(layers, IPV4, (first, last, values) => {
          expect(first).toBeGreaterThan(before);
          before = last;
          for (let address = first; address <= last; address++) told.set(address, [...values]);
        });
        for (let address = 0; address <= MOST; address++) {
          const values = layers.map((layer) => byLooking(layer, address));
          const known = values.some((value) => value !== undefined);
          expect(told.get(address)).toEqual(known ? values : undefined);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("ends at the end of the address space", () => {
    const seen: [number, number][] = [];
    overlay([[{ first: 5, last: LAST_IPV4, value: 1 }]], IPV4, (first, last) =>
      seen.push([first, last]),
    );
    expect(seen).toEqual([[5, LAST_IPV4]]);
  });
});

function column<T extends number | bigint>(
  list: readonly Range<T, number>[],
  family: Family<T>,
  empty: { add(first: T, last: T, value: number): void },
) {
  for (const { first, last, value } of flatten(list, family)) empty.add(first, last, value);
}

describe("rangeIndex", () => {
  it("finds what the ranges say, at their ends and beside them", () => {
    const v4 = ipv4Column();
    const v6 = ipv6Column();
    const three = 3n << 64n;
    column(
      [
        { first: 10, last: 20, value: 1 },
        { first: LAST_IPV4, last: LAST_IPV4, value: 2 },
      ],
      IPV4,
      v4,
    );
    column(
      [
        { first: three, last: three + 9n, value: 3 },
        { first: LAST_IPV6, last: LAST_IPV6, value: 4 },
      ],
      IPV6,
      v6,
    );
    const index = rangeIndex(v4.finish(), v6.finish());
    const found = (text: string) => index.find(ip(text));
    expect(["0.0.0.9", "0.0.0.10", "0.0.0.20", "0.0.0.21"].map(found)).toEqual([0, 1, 1, 0]);
    expect(["255.255.255.254", "255.255.255.255"].map(found)).toEqual([0, 2]);
    expect(found("::ffff:0.0.0.15")).toBe(1);
    expect(["::2:ffff:ffff:ffff:ffff", "0:0:0:3::", "0:0:0:3::9"].map(found)).toEqual([0, 3, 3]);
    expect(["0:0:0:3::a", "ffff::", `${"ffff:".repeat(7)}ffff`].map(found)).toEqual([0, 0, 4]);
  });

  it("knows nothing when it is empty", () => {
    const index = rangeIndex(ipv4Column().finish(), ipv6Column().finish());
    expect([index.find(ip("1.2.3.4")), index.find(ip("::1"))]).toEqual([0, 0]);
  });
});

describe("addRange", () => {
  it.each([
    ["1.0.0.0", "1.0.0.255", true],
    ["1.0.0.9", "1.0.0.1", false],
    ["1.0.0.0", "2001:db8::", false],
    ["2001:db8::9", "2001:db8::1", false],
    ["2001:db8::", "2001:db8::", true],
  ])("takes %s to %s: %s", (first, last, expected) => {
    expect(addRange(emptyRanges(), ip(first), ip(last), 1)).toBe(expected);
  });

  it("keeps mapped addresses with IPv4, where lookups go", () => {
    const set = emptyRanges<number>();
    addRange(set, ip("::ffff:1.0.0.0"), ip("::ffff:1.0.0.3"), 7);
    expect(set).toEqual({ v4: [{ first: 0x01000000, last: 0x01000003, value: 7 }], v6: [] });
  });
});
