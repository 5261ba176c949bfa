import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeHtml, safeJson, safeText } from "./safe-text.ts";

const ANY = fc.string({ unit: "binary" });
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

test.each([
  ["an escape sequence", "\u001b[2J", "\\u001b[2J"],
  ["a line", "a\nb\r", "a\\u000ab\\u000d"],
  ["another direction", "\u202eexe", "\\u202eexe"],
  ["what is hidden", "a\u200bb\ufeff", "a\\u200bb\\ufeff"],
  ["half a character", "\ud800", "\\ud800"],
  ["a tag beyond the first plane", "\u{e0041}", "\\udb40\\udc41"],
  ["other writing", "é 日本 🎉", "é 日本 🎉"],
])("%s is shown", (_, text, shown) => {
  expect(safeText(text)).toBe(shown);
});

test("a long text is cut", () => {
  expect(safeText("12345", 5)).toBe("12345");
  expect(safeText("123456", 5)).toBe("1234…");
});

test("nothing is left that a terminal obeys", () => {
  fc.assert(
    fc.property(ANY, (text) => {
      expect(safeText(text)).not.toMatch(UNSAFE);
      expect(safeJson({ [text]: [text] })).not.toMatch(UNSAFE);
    }),
  );
});

test("JSON means the same", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(safeJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("nothing is left that a page reads as markup", () => {
  fc.assert(
    fc.property(ANY, (text) => {
      expect(escapeHtml(text)).not.toMatch(/[<>"'`]|&(?!#\d+;)/);
    }),
  );
});
