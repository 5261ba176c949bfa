import fc from "fast-check";
import { expect, test } from "vitest";
import { parseArgs, parseCookies, valueOf } from "./pairs.ts";
import { decodeForm } from "./percent.ts";
import { trimSpace } from "./text.ts";

const noise = fc
  .array(fc.constantFrom("a", "b", "=", "&", ";", " ", "%61", "%", "+", "#", "?"), {
    maxLength: 16,
  })
  .map((pieces) => pieces.join(""));

test("a query is taken apart as URLSearchParams takes it apart", () => {
  fc.assert(
    fc.property(noise, (text) => {
      const pairs = parseArgs(text, decodeForm);
      // A question mark in front would be dropped there.
      const expected = new URLSearchParams(`&${text}`);
      expect([...pairs.keys()]).toEqual([...new Set(expected.keys())]);
      for (const name of pairs.keys())
        expect(valueOf(pairs, name)).toBe(expected.getAll(name).join(", "));
    }),
  );
});

test("cookies are taken apart at the first equals sign and trimmed", () => {
  fc.assert(
    fc.property(noise, (text) => {
      const expected = new Map<string, string>();
      for (const part of text.split(";")) {
        const [name = "", ...value] = part.split("=");
        if (name.trim() === "" || value.length === 0) continue;
        const [key, one] = [name.trim(), value.join("=").trim()];
        expected.set(key, expected.has(key) ? `${expected.get(key)}, ${one}` : one);
      }
      const pairs = parseCookies(text, trimSpace);
      expect(new Map([...pairs.keys()].map((name) => [name, valueOf(pairs, name)]))).toEqual(
        expected,
      );
    }),
  );
});
