import { describe, expect, test } from "vitest";
import { MAX_DEPTH, parsePattern } from "./parse.ts";
import { createTables } from "./unicode.ts";

function accepted(pattern: string): boolean {
  return !("message" in parsePattern(pattern, createTables()));
}

describe("the dialect", () => {
  test.each([
    "",
    "|",
    "a|",
    "()",
    "(?:)",
    "}",
    "]",
    "a**",
    "a*+",
    "a??",
    "a{2}{3}",
    "a{2 }",
    "a{ 2 , 3 }",
    "^*",
    "\\b+",
    "$?",
    "[]a]",
    "[^]a]",
    "[a-]",
    "[-a]",
    "[--a]",
    "[a--b]",
    "[a&&b]",
    "[a&&]",
    "[a~~b]",
    "[[:alpha:]]",
    "[[:^alpha:]]",
    "[[:foo:]]",
    "[[a-c]&&[b-d]]",
    "[\\]]",
    "[\\d\\-x]",
    "[\\xff]",
    "[^a]",
    "[a[b]]",
    "\\x41",
    "\\x{e9}",
    "\\u00e9",
    "\\U000000e9",
    "\\u{41}",
    "\\-\\/\\@\\ \\#",
    "\\a\\f\\t\\n\\r\\v",
    "\\A\\z\\b\\B\\<\\>",
    "\\b{start}\\b{end}",
    "\\b{start-half}\\b{end-half}",
    "\\b{2}",
    "é",
    "(?i)é",
    "(?u)é",
    "(?u)[é]",
    "(?u)\\pL\\PL\\p{Greek}",
    "(?u)\\p{sc=Greek}",
    "(?u)\\p{gc!=Lu}",
    "(?i)a(?-i)b",
    "(?i-s:a)",
    "(?P<n>a)",
    "(?<n.a[0]>b)",
    "(?<é>a)",
    "(?x) a b # c",
    "(?x)[ a ]",
    "(?imsuxRU)a",
    "a{65535}",
    "(?s).{65535}",
  ])("accepts %j", (pattern) => {
    expect(parsePattern(pattern, createTables())).not.toHaveProperty("message");
  });

  test.each<[string, number, number]>([
    ["*a", 0, 1],
    ["a|*", 2, 3],
    ["(*a)", 1, 2],
    ["(?i)*", 4, 5],
    ["a{", 1, 2],
    ["{", 0, 1],
    ["a{2,1}", 1, 6],
    ["a{,2}", 2, 3],
    ["a{4294967296}", 2, 12],
    ["(", 0, 1],
    ["a)", 1, 2],
    ["[", 0, 1],
    ["[]", 0, 1],
    ["[^]", 0, 1],
    ["[z-a]", 1, 4],
    ["[a-\\d]", 1, 5],
    ["[\\b]", 1, 3],
    ["[é]", 1, 2],
    ["[\\x{e9}]", 1, 7],
    ["[[:alpha:]", 0, 1],
    ["\\", 0, 1],
    ["\\1", 0, 2],
    ["\\0", 0, 2],
    ["\\Z", 0, 2],
    ["\\h", 0, 2],
    ["\\é", 0, 2],
    ["\\x4", 0, 3],
    ["\\x{}", 0, 4],
    ["\\x{110000}", 0, 10],
    ["\\ud800", 0, 6],
    ["\\pL", 0, 3],
    ["(?u)\\p{Nope}", 4, 12],
    ["\\b{foo}", 2, 7],
    ["(?=a)", 0, 3],
    ["(?<!a)", 0, 3],
    ["(?>a)", 2, 3],
    ["(?#a)", 2, 3],
    ["(?)", 0, 2],
    ["(?ii)", 3, 4],
    ["(?i-i)", 4, 5],
    ["(?-)", 2, 3],
    ["(?q)", 2, 3],
    ["(?<n>a)(?<n>b)", 10, 11],
    ["(?<1>a)", 3, 4],
    ["(?<>a)", 0, 3],
    ["(?<n", 0, 4],
    ["((a{100}){100}){100}", 0, 20],
    ["(?u)\\w{1000}", 0, 12],
  ])("refuses %j at %i to %i", (pattern, start, end) => {
    expect(parsePattern(pattern, createTables())).toMatchObject({ start, end });
  });

  test("groups and classes have a limit of nesting", () => {
    const groups = (n: number) => `${"(".repeat(n)}a${")".repeat(n)}`;
    const classes = (n: number) => `${"[".repeat(n)}a${"]".repeat(n)}`;
    for (const nested of [groups, classes]) {
      expect(accepted(nested(MAX_DEPTH))).toBe(true);
      expect(accepted(nested(MAX_DEPTH + 1))).toBe(false);
    }
  });

  // The greatest counts that the engine of the dialect takes.
  test.each([
    ["a", 655_353],
    ["(a)", 218_451],
    ["[a-z]", 262_141],
    ["[a-c0-9_]", 187_243],
    ["\\bx", 327_676],
    ["é", 327_676],
    ["a?", 187_243],
    ["a*", 262_141],
    ["a+", 262_141],
    ["(?:a?)*", 87_380],
    ["(?:a|)", 145_634],
    ["[a-c]+|\\d+|x+", 49_460],
    ["(?:ab)?c", 119_155],
    ["(?:ab){0,2}", 72_817],
    ["[ab]{1,3}", 56_987],
    ["a{2,5}", 62_414],
  ])("the size of the automaton has a limit: %s, %i times", (pattern, count) => {
    expect(accepted(`(?:${pattern}){${count}}`)).toBe(true);
    expect(accepted(`(?:${pattern}){${count + 1}}`)).toBe(false);
  });

  test("what matches nothing is asked for once, however often it is written", () => {
    expect(accepted("(){4294967295}")).toBe(true);
  });
});
