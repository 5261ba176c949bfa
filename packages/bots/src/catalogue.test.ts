import { gzipSync } from "node:zlib";
import { categories as official } from "official-protocol/well-known-bots";
import { describe, expect, test } from "vitest";
import { buildAutomaton } from "./automaton.ts";
import { catalogue } from "./catalogue.ts";
import { packed, patternsVersion } from "./gen/catalogue.ts";
import { words } from "./words.ts";

/** Identifiers for programs whose user agent nobody has published. */
const NEVER_BY_USER_AGENT = 16;

describe("the catalogue", () => {
  test("has the identifiers and categories of the system, and UNKNOWN_BOT", () => {
    const { ids, categories } = catalogue();
    const expected = Object.entries(official).map(([name, of]): [string, string[]] => [
      name,
      [...of, ...(name === "CATEGORY:UNKNOWN" ? ["UNKNOWN_BOT"] : [])].toSorted(),
    ]);
    const ours = [...categories].map(([name, of]): [string, string[]] => [
      name,
      [...of].toSorted(),
    ]);
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(expected));
    expect(categories.size).toBe(23);
    expect(new Set(ids).size).toBe(810);
  });

  test("has a pattern for every identifier but those that are documented to have none", () => {
    const { ids, patterns } = catalogue();
    const owners = new Set(patterns.map(({ owner }) => owner));
    const without = ids.filter((_, ordinal) => !owners.has(ordinal));
    expect(without).toHaveLength(NEVER_BY_USER_AGENT);
    expect(without.every((id) => id.endsWith("_BOTNET"))).toBe(true);
  });

  test("is of the size and shape that was generated", () => {
    const { patterns } = catalogue();
    expect(patternsVersion).toMatch(/^\d+\.\d+\.\d+$/);
    expect(patterns.length).toBeGreaterThan(1_500);
    expect(patterns.length).toBeLessThan(3_000);
    expect(patterns.every(({ literal }) => /^[\x20-\x7e]{3,}$/.test(literal))).toBe(true);
    expect(patterns.every(({ literal }) => literal === literal.toLowerCase())).toBe(true);
    expect(gzipSync(packed).byteLength).toBeLessThan(25_000);
  });

  test("makes a table of at most 5 MB", () => {
    const literals = [
      ...catalogue().patterns.map((each) => each.literal),
      ...words.map(([word]) => word),
    ];
    const { next, ends } = buildAutomaton(literals);
    expect(next.byteLength + ends.byteLength).toBeLessThan(5_000_000);
  });

  test("knows two names of one bot by their common pattern", () => {
    const { aliases } = catalogue();
    expect([...(aliases.get("CCBOT_CRAWLER") ?? [])]).toEqual(["COMMONCRAWL_CRAWLER"]);
    expect(aliases.has("CURL")).toBe(false);
  });
});
