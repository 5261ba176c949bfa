import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_KEPT, ownText } from "./own-text.ts";

test("a text that is kept is the same text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: MAX_KEPT }), (text) => {
      expect(ownText(text)).toBe(text);
    }),
  );
});

test("a long one is cut, and shows that it is", () => {
  expect(ownText("x".repeat(MAX_KEPT))).toBe("x".repeat(MAX_KEPT));
  expect(ownText("x".repeat(MAX_KEPT + 1))).toBe(`${"x".repeat(MAX_KEPT)}…`);
  expect(ownText("abc", 2)).toBe("ab…");
  expect(ownText("")).toBe("");
});
