import fc from "fast-check";
import { expect, it } from "vitest";
import { createHasher } from "./hasher.ts";

it("gives the same fingerprint for the same secret and text, and another for another", () => {
  const [one, same, other] = [
    createHasher("a"),
    createHasher(new TextEncoder().encode("a")),
    createHasher("b"),
  ];
  expect(one("x")).toEqual(same("x"));
  expect(one("x")).not.toEqual(other("x"));
  expect(one("x")).not.toEqual(one("y"));
});

it("refuses an empty secret", () => {
  expect(() => createHasher("")).toThrow(RangeError);
});

it("spreads texts that differ little over both words", () => {
  const hash = createHasher("secret");
  const prints = Array.from({ length: 20_000 }, (_, i) => hash(`203.0.113.7:${i}`));
  expect(new Set(prints.map(({ high, low }) => `${high}:${low}`)).size).toBe(prints.length);
  for (const word of ["high", "low"] as const) {
    const counts = new Uint32Array(64);
    for (const print of prints) counts[print[word] & 63]!++;
    // 312.5 are expected in each of 64 places; six standard deviations are about 106.
    expect(Math.max(...counts)).toBeLessThan(419);
    expect(Math.min(...counts)).toBeGreaterThan(206);
  }
});

it("takes any text, and gives two unsigned words", () => {
  const hash = createHasher("secret");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const { high, low } = hash(text);
      expect([high >>> 0, low >>> 0]).toEqual([high, low]);
    }),
  );
});

// The first rows of the 64-bit vectors of the reference implementation: the key is the bytes 0 to 7.
it.each([
  ["", "218d1f59b9b83cc8"],
  ["\0", "be552412f8387315"],
])("gives the published value for %j", (text, expected) => {
  const { high, low } = createHasher(Uint8Array.from({ length: 8 }, (_, i) => i))(text);
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setUint32(0, low, true);
  bytes.setUint32(4, high, true);
  expect(Buffer.from(bytes.buffer).toString("hex")).toBe(expected);
});
