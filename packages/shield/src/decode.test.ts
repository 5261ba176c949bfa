import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode, originOf } from "./decode.ts";
import { MAX_DECODE_ROUNDS } from "./limits.ts";

describe("decode", () => {
  test.each([
    ["%41", "A"],
    ["%2541", "A"],
    ["%u0041", "A"],
    ["%c1%81", "A"],
    ["%e0%81%81", "A"],
    ["%C3%A9", "é"],
    ["%F0%9F%98%80", "😀"],
    ["%e9", "é"],
    ["%c0%2e", "."],
    ["Ａ＜", "A<"],
    ["&#65;&#x41;&#0000065;", "AAA"],
    ["&lt;&GT;&colon;&unknown;", "<>:&unknown;"],
    ["\\x41\\u0041\\u{41}", "AAA"],
    ["a\0b%00c", "abc"],
    ["∕∖", "/\\"],
    ["100%", "100%"],
    ["%zz%4", "%zz%4"],
    ["%S%E%L%27", "SEL'"],
    ["%%27", "'"],
    ["%%32%37", "'"],
    ["a+b", "a+b"],
  ])("reads %j as %j", (raw, text) => {
    expect(decode(raw, "plus")).toBe(text);
  });

  test("a plus sign is a space where the place says so", () => {
    expect(decode("a+b%2Bc", "space")).toBe("a b+c");
  });

  test("a form encoded twice loses its plus signs twice", () => {
    expect(decode("a%2Bor%2Bb", "space")).toBe("a or b");
  });

  test.each([
    [MAX_DECODE_ROUNDS, "'"],
    [MAX_DECODE_ROUNDS + 1, "%27"],
  ])("a quote encoded %i times is read as %s", (times, text) => {
    let raw = "'";
    for (let round = 0; round < times; round++)
      raw = raw.replace(/[%']/g, (one) => (one === "'" ? "%27" : "%25"));
    expect(decode(raw, "plus")).toBe(text);
  });

  test("every decoded unit has an offset in the raw text, in order", () => {
    const piece = fc.constantFrom(
      "%41",
      "%2541",
      "&lt;",
      "\\x41",
      "a",
      "+",
      "%c0%af",
      "\0",
      "é",
      "%f0%9f%98%80",
      "％",
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 24 }),
        fc.constantFrom("space", "plus"),
        (pieces, plus) => {
          const raw = pieces.join("");
          const text = decode(raw, plus);
          const toRaw = originOf(raw, plus);
          const offsets = Array.from({ length: text.length + 1 }, (_, offset) => toRaw(offset));
          expect([...offsets].sort((a, b) => a - b)).toEqual(offsets);
          expect(offsets.at(-1)).toBe(raw.length);
          // What stands for itself is found where it stood.
          const kept = offsets.filter((_, offset) => text[offset] === "a").map((at) => raw[at]);
          expect(kept.every((unit) => unit !== undefined && "a%&\\".includes(unit))).toBe(true);
        },
      ),
    );
  });

  test("the end of evidence is found in the raw text", () => {
    const toRaw = originOf("a%2527b", "plus");
    expect([0, 1, 2, 3].map(toRaw)).toEqual([0, 1, 6, 7]);
  });
});
