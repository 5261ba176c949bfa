import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseMailbox } from "./mailbox.ts";
import { isInOrder, toALabels, toCommonALabels, toULabel } from "./u-label.ts";

describe("labels that IDNA 2008 knows", () => {
  test.each<[string, string]>([
    ["bücher", "xn--bcher-kva"],
    ["BÜCHER", "xn--bcher-kva"],
    ["bu\u0308cher", "xn--bcher-kva"],
    ["straße", "xn--strae-oqa"],
    ["σς", "xn--3xab"],
    ["l·l", "xn--ll-0ea"],
    ["͵α", "xn--wva4j"],
    ["א׳", "xn--4db4e"],
    ["ア・イ", "xn--ccke4x"],
    ["〇", "xn--w6j"],
    ["ශ්\u200dරී", "xn--10cl1a0b660p"],
    ["نامه\u200cای", "xn--mgba3gch31f060k"],
    ["\u1112\u1161\u11ab", "xn--6q8b"],
  ])("%s", (label, ascii) => {
    expect(toALabels(toULabel(label) ?? "")).toBe(ascii);
  });
});

describe("labels that it does not know", () => {
  test.each<[string, string]>([
    ["☃", "a symbol"],
    ["ｅxample", "a full-width letter"],
    ["ﬁsh", "a ligature"],
    ["x²", "a superscript"],
    ["ⅷü", "a Roman numeral"],
    ["ᾧ", "a Greek letter that folds to two"],
    ["a\u0345ü", "an iota below"],
    ["𐐷𐐷--ü", "hyphens in the third and fourth place, of characters and not of code units"],
    ["ü①", "a digit in a circle"],
    ["بـب", "a stretched Arabic letter"],
    ["a·b", "a middle dot that is not between two l"],
    ["͵a", "a Greek sign before a Latin letter"],
    ["a׳", "a Hebrew sign after a Latin letter"],
    ["a・b", "a Katakana dot without Japanese"],
    ["a\u200dé", "a joiner after a Latin letter"],
    ["a\u200cé", "a non-joiner after a Latin letter"],
    ["é\u00ada", "a hyphen that nobody sees"],
    ["é\ufe0f", "a variation selector"],
    ["\u0301a", "a mark at the beginning"],
    ["-ü", "a hyphen at the beginning"],
    ["ü-", "a hyphen at the end"],
    ["ab--ü", "hyphens where a prefix has them"],
    ["xn--ü", "a prefix before what is no ASCII"],
    ["ü/x", "the end of a host"],
    ["ü@x", "another host"],
    ["ü%65", "an escape"],
    ["ü".repeat(58), "more than 63 octets"],
  ])("%j: %s", (label) => {
    expect(parseMailbox(`ada@${label}.example`)).toMatchObject({ valid: false });
  });
});

describe("directions", () => {
  test.each<[string, boolean]>([
    ["אב.example", true],
    ["߁ߊ.example", true],
    ["א1.example", true],
    ["אב.ישראל", true],
    ["ا١.example", true],
    ["ا۱.example", true],
    ["ا١۱.example", false],
    ["1א.example", false],
    ["aא.example", false],
    ["אa.example", false],
    ["1a.אב", false],
    ["1a.example", true],
  ])("%s: %s", (name, ordered) => {
    expect(isInOrder(name.split("."))).toBe(ordered);
    expect(parseMailbox(`ada@${name}`, { requireTopLevelDomain: false }).valid).toBe(ordered);
  });
});

test("an A-label is lower-case ASCII, and stays as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 70 }), (label) => {
      const known = toULabel(`${label}ü`);
      const ascii = known === undefined ? undefined : toALabels(known);
      expect(ascii === undefined || /^xn--[a-z0-9-]+$/.test(ascii)).toBe(true);
      if (ascii === undefined || ascii.length > 63) return;
      expect(parseMailbox(`a@${ascii}.example`)).toMatchObject({ domain: `${ascii}.example` });
    }),
  );
});

describe("names that need no table of the platform", () => {
  const common = Array.from({ length: 0xd800 }, (_, unit) => String.fromCharCode(unit)).filter(
    (one) => one !== "." && one === one.toLowerCase() && toCommonALabels(one),
  );
  /** The same by the tables and the platform. */
  const byTables = (name: string): string | undefined => {
    const labels = name.split(".").map(toULabel);
    const known = labels.filter((label) => label !== undefined);
    return known.length === labels.length && isInOrder(known)
      ? toALabels(known.join("."))
      : undefined;
  };

  test("are of thousands of characters, each of which reads as by the tables", () => {
    expect(common.length).toBeGreaterThan(30_000);
    expect(common.filter((one) => toCommonALabels(one) !== byTables(one))).toEqual([]);
  });

  test("read as by the tables, whatever stands together", () => {
    const label = fc.string({ unit: fc.constantFrom("a", "9", "-", ...common), minLength: 1 });
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 3 }), (labels) => {
        const name = labels.join(".");
        const ascii = toCommonALabels(name);
        fc.pre(ascii !== undefined);
        expect(ascii).toBe(byTables(name));
      }),
      { numRuns: 500 },
    );
  });
});
