// What is kept and given of texts that clients choose.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toCsv, toJson } from "../src/dashboard/export.ts";
import type { DecisionRow } from "../src/log/index.ts";
import { clean } from "../src/log/text.ts";

const unit = fc.oneof(
  fc.constantFrom(..."=+-@;,\t\r\n\"'|\0\u001B\u202E\u200B\uD800\uFF1D<&"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
);
const hostile = fc.array(unit, { maxLength: 30 }).map((signs) => signs.join(""));

const row = (text: string): DecisionRow => ({
  seq: 1,
  id: text,
  time: 0,
  site: "shop",
  source: "decide",
  conclusion: "DENY",
  rule: text,
  dry: text,
  ip: text,
  country: text,
  bot: text,
  method: text,
  path: text,
  micros: -1,
});

/** The cells of a CSV text as RFC 4180 has them. */
function cellsOf(csv: string): string[] {
  const cells = csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r\n)/gy);
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}

describe("text that is kept", () => {
  test.each([
    ["/a\0b\u001B[31m\u007F\n", "/a␀b␛[31m␡␊"],
    ["\u0085\u202Egnp.\u2066\u200B\uFEFF\u{E0041}", "\uFFFD\uFFFDgnp.\uFFFD\uFFFD\uFFFD\uFFFD"],
    ["a\uD800", "a\uFFFD"],
    ["/größe/日本/👩", "/größe/日本/👩"],
  ])("is made visible: %j", (text, kept) => {
    expect(clean(text, 100)).toBe(kept);
  });

  test.each([
    [9, "123456789"],
    [8, "1234567…"],
  ])("is cut to %d characters", (max, kept) => {
    expect(clean("123456789", max)).toBe(kept);
  });

  test("is well-formed, within its length and stays as it is when it is kept again", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 40 }), (text, max) => {
        const kept = clean(text, max);
        expect(kept.isWellFormed()).toBe(true);
        expect(kept.length).toBeLessThanOrEqual(max);
        expect(kept).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(clean(kept, max)).toBe(kept);
      }),
    );
  });
});

describe("downloads", () => {
  test.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@A1", "'@A1"],
    ["\t=1", "'\t'=1"],
    ["\r\n=1", "'\r'\n'=1"],
    ["＝1", "'＝1"],
    ["/a;=cmd|' /C calc'!A0", "/a;'=cmd|' /C calc'!A0"],
    ["/a?b=1", "/a?b=1"],
    ["a-b", "a-b"],
  ])("%j begins no formula in a spreadsheet, whatever separates its cells", (text, given) => {
    expect(cellsOf(toCsv([row(text)]))).toContain(given);
  });

  test("any text comes back from CSV, apart from apostrophes, and no cell begins a formula", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const cells = cellsOf(toCsv([row(text)]));
        expect(cells).toHaveLength(26);
        const path = cells[24] ?? "";
        expect(path.replaceAll("'", "")).toBe(text.replaceAll("'", ""));
        for (const part of path.split(/[;\t\r\n]/)) expect(part).not.toMatch(/^[=+\-@＝＋－＠]/);
      }),
    );
  });

  test("any text comes back from JSON, which holds no markup", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const json = toJson([row(text)]);
        expect(json).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(json)).toMatchObject([{ path: text, microseconds: -1 }]);
      }),
    );
  });
});
