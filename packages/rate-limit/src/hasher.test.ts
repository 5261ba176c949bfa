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

const KEY = Uint8Array.from({ length: 8 }, (_, i) => i);

// The first rows of the 64-bit vectors of the reference implementation: the key is the bytes 0 to 7, and
// the input of each row are as many bytes, counted up from 0, as there are rows before it.
it.each(
  [
    "218d1f59b9b83cc8 be552412f8387315 064f39ef7c50eb57 ce0f1a45f7060679",
    "d5e78a175be52ea1 cb9d7c3f2f3db580 ce3e91358aa2bc25 ff202728b07bc684",
    "edfee820bce4858c 5b51cccc13888307 95b0469f06a6f2ee ae26333994ddcd48",
    "7bc71f9faef5c799 5a2352d75a0c3744 3bb1a870eae8e658 217d0bcb4e81c902",
  ]
    .flatMap((line) => line.split(" "))
    .map((expected, length) => [length, expected] as const),
)("gives the published value for %d bytes", (length, expected) => {
  const { high, low } = createHasher(KEY)(String.fromCharCode(...Array(length).keys()));
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setUint32(0, low, true);
  bytes.setUint32(4, high, true);
  expect(Buffer.from(bytes.buffer).toString("hex")).toBe(expected);
});

/** The same hash as the paper puts it, of bytes and under the key above: slow, and plain to see. */
function plainHash(bytes: Uint8Array): { high: number; low: number } {
  const [k0, k1] = [0x03020100, 0x07060504];
  const v = Uint32Array.of(k0, k1 ^ 0xee, 0x6c796765 ^ k0, 0x74656462 ^ k1);
  const mix = (to: number, by: number, turn: number): void => {
    v[to]! += v[by]!;
    v[by] = ((v[by]! << turn) | (v[by]! >>> (32 - turn))) ^ v[to]!;
  };
  const rounds = (count: number): void => {
    for (let i = 0; i < count; i++) {
      mix(0, 1, 5);
      v[0] = (v[0]! << 16) | (v[0]! >>> 16);
      mix(2, 3, 8);
      mix(0, 3, 7);
      mix(2, 1, 13);
      v[2] = (v[2]! << 16) | (v[2]! >>> 16);
    }
  };
  const padded = new Uint8Array(Math.floor(bytes.length / 4) * 4 + 4);
  padded.set(bytes);
  padded[padded.length - 1] = bytes.length;
  const view = new DataView(padded.buffer);
  for (let at = 0; at < padded.length; at += 4) {
    const word = view.getUint32(at, true);
    v[3]! ^= word;
    rounds(2);
    v[0]! ^= word;
  }
  const half = (mark: number, of: number): number => {
    v[of]! ^= mark;
    rounds(4);
    return (v[1]! ^ v[3]!) >>> 0;
  };
  const low = half(0xee, 2);
  return { low, high: half(0xdd, 1) };
}

it.each([
  ["ASCII", fc.string()],
  ["any characters", fc.string({ unit: "grapheme" })],
  ["one character beyond ASCII", fc.tuple(fc.string(), fc.string()).map((ends) => ends.join("é"))],
] as const)("hashes the UTF-8 of texts of %s", (_, texts) => {
  const hash = createHasher(KEY);
  fc.assert(
    fc.property(texts, (text) => {
      expect(hash(text)).toEqual(plainHash(new TextEncoder().encode(text)));
    }),
  );
});
