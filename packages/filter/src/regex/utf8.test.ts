import fc from "fast-check";
import { expect, test } from "vitest";
import { difference, foldAscii, intersect, negate, normalize, union } from "./ranges.ts";
import { encode, utf8Automaton, type Utf8Node } from "./utf8.ts";

function accepts(root: Utf8Node, bytes: readonly number[]): boolean {
  let node: Utf8Node | undefined = root;
  for (const [i, byte] of bytes.entries()) {
    const arc: Utf8Node["arcs"][number] | undefined = node?.arcs.find(
      ({ lo, hi }) => lo <= byte && byte <= hi,
    );
    if (!arc) return false;
    if (!arc.to) return i === bytes.length - 1;
    node = arc.to;
  }
  return false;
}

const codePoint = fc.oneof(
  fc.integer({ min: 0, max: 0x10ffff }),
  fc.constantFrom(
    0,
    0x7f,
    0x80,
    0x7ff,
    0x800,
    0xfff,
    0x1000,
    0xd7ff,
    0xe000,
    0xffff,
    0x10000,
    0x10ffff,
  ),
);
const set = fc
  .array(fc.tuple(codePoint, codePoint), { minLength: 1, maxLength: 5 })
  .map((pairs) => normalize(pairs.flatMap(([a, b]) => [Math.min(a, b), Math.max(a, b)])));
const holds = (ranges: readonly number[], c: number) =>
  ranges.some((lo, i) => i % 2 === 0 && lo <= c && c <= ranges[i + 1]!);

test("the automaton of a set accepts the encodings of its members and no others", () => {
  fc.assert(
    fc.property(set, codePoint, (ranges, probe) => {
      const { root } = utf8Automaton(ranges);
      for (const c of [probe, ...ranges, ...ranges.map((bound) => Math.min(bound + 1, 0x10ffff))]) {
        const surrogate = c >= 0xd800 && c <= 0xdfff;
        expect(accepts(root, encode(c))).toBe(!surrogate && holds(ranges, c));
      }
    }),
  );
});

test("sets combine as their members do", () => {
  fc.assert(
    fc.property(set, set, codePoint, (a, b, c) => {
      const [inA, inB] = [holds(a, c), holds(b, c)];
      expect(holds(union(a, b), c)).toBe(inA || inB);
      expect(holds(intersect(a, b), c)).toBe(inA && inB);
      expect(holds(difference(a, b), c)).toBe(inA && !inB);
      expect(holds(negate(a, 0x10ffff), c)).toBe(!inA);
    }),
  );
  expect(foldAscii([65, 66, 120, 120])).toEqual([65, 66, 88, 88, 97, 98, 120, 120]);
});
