import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressSet, addressWords, parseAddressRange } from "./address.ts";
import { plainNumber } from "./numbers.ts";
import { decodeForm } from "./percent.ts";
import { suggest } from "./suggest.ts";
import {
  byteLength,
  compareText,
  fromBytes,
  lowerAscii,
  sortTexts,
  toBytes,
  trimList,
  trimSpace,
  upperAscii,
} from "./text.ts";
import { parseWildcard, wildcardTest } from "./wildcard.ts";

const anyText = fc.string({ unit: "binary", maxLength: 20 });
const utf8 = (text: string) => Buffer.from(text, "utf8");

describe("text as UTF-8", () => {
  test("bytes and text are each other's inverse", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(Buffer.from(toBytes(text), "latin1")).toEqual(utf8(text));
        expect(fromBytes(toBytes(text))).toBe(text);
        expect(byteLength(text)).toBe(utf8(text).length);
      }),
    );
  });

  test("lone surrogates are counted and written as U+FFFD", () => {
    for (const text of ["\ud800", "a\udc00b", "\ud800\ud800", "\udc00\ud800"]) {
      expect(toBytes(text)).toBe(utf8(text).toString("latin1"));
      expect(byteLength(text)).toBe(utf8(text).length);
    }
  });

  test("order is that of the bytes", () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(utf8(a), utf8(b)));
      }),
    );
  });

  test("sorting is by bytes, whatever characters there are", () => {
    fc.assert(
      fc.property(fc.array(anyText), (texts) => {
        const sorted = texts.toSorted((a, b) => Buffer.compare(utf8(a), utf8(b)));
        sortTexts(texts);
        expect(texts.map(utf8)).toEqual(sorted.map(utf8));
      }),
    );
  });

  test("long texts become bytes as short ones do", () => {
    const text = "aé日😀".repeat(5_000);
    expect(toBytes(text)).toBe(utf8(text).toString("latin1"));
  });

  test("only ASCII letters change case", () => {
    expect(lowerAscii("A\u00c9\u0130\u212az")).toBe("a\u00c9\u0130\u212az");
    expect(upperAscii("a\u00e9\u00dfz")).toBe("A\u00e9\u00dfZ");
  });

  test("blanks of every script are trimmed, but no byte order mark", () => {
    expect(trimSpace("\u3000\u0085 a\u00a0b \t\u2029")).toBe("a\u00a0b");
    expect(trimSpace("\ufeffa")).toBe("\ufeffa");
    expect(trimSpace(" \n")).toBe("");
  });

  test("lists are trimmed around commas, each of which one blank follows", () => {
    for (const [text, trimmed] of [
      ["a,b", "a, b"],
      [" a ,\t b\u00a0", "a, b"],
      ["(KHTML, like Gecko)", "(KHTML, like Gecko)"],
      ["a, b, c,d", "a, b, c, d"],
      [",", ", "],
      ["a, ", "a, "],
      [",a", ", a"],
      ["a,,b", "a, , b"],
      [" a ", "a"],
      ["", ""],
    ] as const)
      expect(trimList(text)).toBe(trimmed);
    const piece = fc.constantFrom(",", " ", "a", "b", "\t", "\u3000");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const parts = pieces.join("").split(",");
        expect(trimList(pieces.join(""))).toBe(parts.map((part) => part.trim()).join(", "));
      }),
    );
  });

  test("numbers are written without an exponent", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const text = plainNumber(number);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(number);
      }),
    );
  });

  test("characters that were not encoded survive a broken escape", () => {
    expect(decodeForm("é%zz+%FF")).toBe("é%zz \ufffd");
  });

  test("forms decode as URLSearchParams decodes them", () => {
    const piece = fc.constantFrom(
      "%",
      "%4",
      "%41",
      "%C3",
      "%A9",
      "%zz",
      "+",
      "a",
      "%F0%9F",
      "%00",
      "%98",
      "%ED%A0",
      "%E0",
      "%F4%90",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join("");
        expect(decodeForm(text)).toBe(new URLSearchParams(`v=${text}`).get("v"));
      }),
    );
  });
});

describe("wildcards", () => {
  const part = fc.constantFrom("a", "b", "A", "é", "*", "\\*", "\\\\", "?", ".");
  test("a pattern matches what the regular expression of the same meaning matches", () => {
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 8 }),
        fc.string({
          unit: fc.constantFrom("a", "b", "B", "é", "É", "*", "\\", "\n", "."),
          maxLength: 10,
        }),
        fc.boolean(),
        (pieces, value, strict) => {
          const pattern = pieces
            .join("")
            .replace(/(?<!\\)\*{2,}/g, "*")
            .replaceAll("\\**", "\\*");
          const parts = parseWildcard(toBytes(pattern));
          fc.pre(typeof parts !== "string");
          const source = (parts as readonly string[])
            .map((fixed) =>
              fixed.replace(
                /[^A-Za-z]/g,
                (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`,
              ),
            )
            .join("[^]*");
          const expected = new RegExp(`^${source}$`, strict ? "" : "i").test(toBytes(value));
          expect(wildcardTest(parts as readonly string[], strict)(value)).toBe(expected);
        },
      ),
    );
  });

  test("parts that are no UTF-8 are found among the bytes", () => {
    const parts = parseWildcard("\xc3*");
    expect(wildcardTest(parts as readonly string[], true)("éa")).toBe(true);
    expect(wildcardTest(parts as readonly string[], true)("a")).toBe(false);
  });

  test.each(["a**", "\\a", "a\\"])("%s is refused", (pattern) => {
    expect(parseWildcard(pattern)).toBeTypeOf("string");
  });
});

describe("addresses", () => {
  test.each([
    ["10", "10.0.0.0", "10.0.0.0"],
    ["10/8", "10.0.0.0", "10.255.255.255"],
    ["192.168/16", "192.168.0.0", "192.168.255.255"],
    ["010.1.1.1", "10.1.1.1", "10.1.1.1"],
    ["0/0", "0.0.0.0", "255.255.255.255"],
    ["1.2.3.128/25", "1.2.3.128", "1.2.3.255"],
    ["2001:db8::/33", "2001:db8::", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff"],
    ["::1..::3", "::1", "::3"],
  ])("%s reaches from %s to %s", (text, first, last) => {
    expect(parseAddressRange(text)).toEqual({
      first: addressWords(first),
      last: addressWords(last),
    });
  });

  test.each([
    "",
    "1.1.1.1.1",
    "256",
    "1.1.1.1/33",
    "::/129",
    "1.1.1.1/8",
    "1/8/8",
    "10..11",
    "1.1.1.2..1.1.1.1",
    "1.1.1.1..::2",
    "1.1.1.1/",
    "a",
  ])("%s is refused", (text) => {
    expect(parseAddressRange(text)).toBeTypeOf("string");
  });

  test("a set holds what one of its ranges holds", () => {
    const octet = fc.integer({ min: 0, max: 3 }).map((last) => `10.0.0.${last}`);
    const range = fc.tuple(octet, octet).map(([a, b]) => (a < b ? `${a}..${b}` : `${b}..${a}`));
    fc.assert(
      fc.property(fc.array(range, { maxLength: 4 }), octet, (ranges, address) => {
        const parsed = ranges.map(parseAddressRange).filter((one) => typeof one !== "string");
        const words = addressWords(address) ?? "";
        const expected = parsed.some(({ first, last }) => first <= words && words <= last);
        expect(addressSet(parsed)(words)).toBe(expected);
        expect(addressSet(parsed)(addressWords("::1") ?? "")).toBe(false);
      }),
    );
  });
});

test("the nearest name is suggested, and none when all are far", () => {
  expect(suggest("contians", ["contains", "matches"])).toBe("contains");
  expect(suggest("completely-else", ["contains", "matches"])).toBeUndefined();
  expect(suggest("a".repeat(65), ["a".repeat(64)])).toBeUndefined();
});
