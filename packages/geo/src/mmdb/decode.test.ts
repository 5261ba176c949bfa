import { describe, expect, it } from "vitest";
import { control, Double, encode, pointer, type Value } from "../../test/mmdb-file.ts";
import { Decoder, MAX_DEPTH, MAX_RECORD_BYTES, MAX_VALUES } from "./decode.ts";

const read = (bytes: readonly number[], offset = 0) =>
  new Decoder(Uint8Array.from(bytes)).read(offset);
const text = (value: string) => [...new TextEncoder().encode(value)];

describe("values", () => {
  it.each<[Value, unknown]>([
    ["", ""],
    ["Zürich", "Zürich"],
    ["x".repeat(28), "x".repeat(28)],
    ["x".repeat(29), "x".repeat(29)],
    ["x".repeat(285), "x".repeat(285)],
    ["x".repeat(65821), "x".repeat(65821)],
    [0, 0],
    [0xffffffff, 0xffffffff],
    [-1, -1],
    [2n ** 64n - 1n, 2n ** 64n - 1n],
    [true, true],
    [false, false],
    [new Double(48.2), 48.2],
    [
      [1, "a", []],
      [1, "a", []],
    ],
    [{ a: { b: [true] } }, { a: { b: [true] } }],
  ])("reads value %# as it was written", (value, expected) => {
    expect(read(encode(value))).toEqual(expected);
  });

  it("reads a float, bytes, and numbers shorter than their type", () => {
    expect(read([...control(15, 4), 0x42, 0x28, 0, 0])).toBe(42);
    expect(read([...control(4, 2), 7, 8])).toEqual(Uint8Array.of(7, 8));
    expect(read(control(6, 0))).toBe(0);
    expect(read([...control(5, 2), 1, 2])).toBe(258);
    expect(read([...control(8, 1), 5])).toBe(5);
    expect(read([...control(10, 16), ...Array<number>(16).fill(255)])).toBe(2n ** 128n - 1n);
  });

  it("keeps keys of a file away from the prototypes of this program", () => {
    const record = read(encode({ ["__proto__"]: 1, constructor: 2 }));
    expect(Object.getPrototypeOf(record)).toBeNull();
    expect(({} as { constructor: unknown }).constructor).toBe(Object);
  });
});

describe("pointers", () => {
  const at = (target: number, value: Value) => {
    const bytes: number[] = [];
    bytes.length = target;
    return [...bytes.fill(0), ...encode(value)];
  };

  it.each([
    [[0x20, 40], 40],
    [[0x21, 0], 256],
    [[0x28, 0, 10], 2058],
    [[0x30, 0, 0, 1], 526_337],
    [pointer(70), 70],
  ])("of %j lead to %i", (bytes, target) => {
    const data = at(target, "there");
    for (const [i, byte] of bytes.entries()) data[i] = byte;
    expect(read(data)).toBe("there");
  });

  it("go on behind themselves", () => {
    const shared = encode("shared");
    const start = shared.length;
    const list = [...control(11, 2), ...pointer(0), ...encode("after")];
    expect(read([...shared, ...list], start)).toEqual(["shared", "after"]);
  });

  it("may not lead to each other, nor in a circle", () => {
    expect(() => read([...pointer(5), ...pointer(0)])).toThrow("a pointer leads to a pointer");
    // A list that holds itself.
    expect(() => read([...control(11, 1), ...pointer(0)])).toThrow("a record is too large");
  });
});

describe("limits", () => {
  const nested = (depth: number): Value => (depth === 0 ? 1 : [nested(depth - 1)]);

  it("reads values as deep as the limit, and no deeper", () => {
    expect(() => read(encode(nested(MAX_DEPTH)))).not.toThrow();
    expect(() => read(encode(nested(MAX_DEPTH + 1)))).toThrow("a record is too large");
  });

  it("reads as many values as the limit, and no more", () => {
    const ones = (count: number) => encode(Array<Value>(count).fill(true));
    expect(read(ones(MAX_VALUES - 1))).toHaveLength(MAX_VALUES - 1);
    expect(() => read(ones(MAX_VALUES))).toThrow("a record is too large");
  });

  it("reads as many bytes as the limit, and no more, however often they are pointed at", () => {
    const half = encode("x".repeat(MAX_RECORD_BYTES / 2));
    const list = (extra: string) => [
      ...half,
      ...control(11, 3),
      ...pointer(0),
      ...pointer(0),
      ...encode(extra),
    ];
    expect(read(list(""), half.length)).toHaveLength(3);
    expect(() => read(list("x"), half.length)).toThrow("a record is too large");
  });
});

describe("damage", () => {
  it.each<[what: string, bytes: readonly number[], message: string]>([
    ["nothing at all", [], "beyond its section"],
    ["a text that is cut off", [...control(2, 5), ...text("abcd")], "beyond its section"],
    ["a size that is cut off", [0x5d], "beyond its section"],
    ["a map that is cut off", [...control(7, 1), ...encode("a")], "beyond its section"],
    ["a key that is no text", [...control(7, 1), ...encode(1), ...encode(1)], "a key is no text"],
    ["a double of 4 bytes", [...control(3, 4), 0, 0, 0, 0], "wrong length"],
    ["a float of 8 bytes", [...control(15, 8), 0, 0, 0, 0, 0, 0, 0, 0], "wrong length"],
    ["a number of 5 bytes", [...control(6, 5), 0, 0, 0, 0, 0], "too long"],
    ["an int32 of 5 bytes", [...control(8, 5), 0, 0, 0, 0, 0], "too long"],
    ["a number of 17 bytes", [...control(10, 17), ...Array<number>(17).fill(0)], "too long"],
    ["a boolean of 2", control(14, 2), "too long"],
    ["an end marker", control(13, 0), "unknown type"],
    ["a type nobody knows", [0, 200], "unknown type"],
  ])("%s is an error", (_, bytes, message) => {
    expect(() => read(bytes)).toThrow(message);
  });

  it("an offset outside the section is an error", () => {
    expect(() => read(encode(1), -1)).toThrow("before its section");
    expect(() => read(encode(1), 9)).toThrow("beyond its section");
  });
});
