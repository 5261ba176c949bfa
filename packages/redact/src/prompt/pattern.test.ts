import { describe, expect, test } from "vitest";
import { readMessage } from "./message.ts";
import { indexPatterns, MAX_GAP, MAX_READINGS, patternWeight, readPattern } from "./pattern.ts";

/** Whether the pattern matches from the first word of the text on. */
function matches(pattern: string, text: string): boolean {
  const patterns = indexPatterns([readPattern(pattern, 1)]);
  return patternWeight(readMessage(text), 0, patterns) === 1;
}

const fillers = (count: number): string => "foo ".repeat(count);

describe("steps", () => {
  test.each<[string, string, boolean]>([
    ["one two", "one two", true],
    ["one two", "one x two", false],
    ["one|uno two", "uno two", true],
    ["one ~1 two", "one x two", true],
    ["one ~1 two", "one x x two", false],
    ["one ~2 two", "one. two", false],
    ["one ~3 BINDING", "one of your rules", true],
    ["one ~3 BINDING", "one of your dogs", false],
    ["one ~3^MY two", "one of your two", true],
    ["one ~3^MY two", "one of my two", false],
    ["one , two", "one: two", true],
    ["one , two", "one two", false],
    [", one two", "one two", true],
    ["one ~2 URL", "one at https://x.example", true],
    ["one ~2 URL", "one at home", false],
    ["one ~3 two three", "one two two three", true],
    ["BINDING two", "rules two", true],
  ])("%s on %j: %s", (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  test("the heaviest of several counts", () => {
    const patterns = indexPatterns([
      readPattern("one two", 0.3),
      readPattern("one ~1 two", 0.6),
      readPattern("one", 0.1),
    ]);
    expect(patternWeight(readMessage("one two"), 0, patterns)).toBe(0.6);
    expect(patternWeight(readMessage("none"), 0, patterns)).toBe(0);
  });
});

describe("limits", () => {
  test("a gap reaches as far as it says", () => {
    const pattern = `one ~${MAX_GAP} two`;
    expect(matches(pattern, `one ${fillers(MAX_GAP)}two`)).toBe(true);
    expect(matches(pattern, `one ${fillers(MAX_GAP + 1)}two`)).toBe(false);
  });

  test("only so many readings are tried", () => {
    // With four words in front the pattern matches at the last reading that is tried; with five, never.
    const pattern = "one ~12 two ~12 two ~3 three";
    const text = (count: number): string =>
      `one ${fillers(count)}${"two ".repeat(8)}${fillers(10)}two ${fillers(3)}three`;
    expect(MAX_READINGS).toBe(200);
    expect(matches(pattern, text(4))).toBe(true);
    expect(matches(pattern, text(5))).toBe(false);
  });

  test.each<[string, RegExp]>([
    ["one ~0 two", /a gap is 0, expected from 1 to 12/],
    [`one ~${MAX_GAP + 1} two`, /a gap is 13/],
    ["one ~x two", /a gap is x/],
    ["one NOTHING", /there is no part NOTHING/],
    ["one ~2^NOTHING two", /there is no part NOTHING/],
  ])("%s is refused where it is defined", (pattern, message) => {
    expect(() => readPattern(pattern, 1)).toThrow(message);
  });
});
