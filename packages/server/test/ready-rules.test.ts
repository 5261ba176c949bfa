import { describe, expect, test } from "vitest";
import { MAX_RULE_SET_KEY, MAX_RULE_SETS } from "../src/limits.ts";
import { createReadyRules } from "../src/ready-rules.ts";
import type { RuleSet } from "../src/rule-set.ts";

/** Asks for lists by name, and counts how often one had to be made. */
function counting() {
  const { get } = createReadyRules();
  const made: string[] = [];
  const ask = (name: string): RuleSet =>
    get(name, () => {
      made.push(name);
      // No test looks inside.
      return { specs: [], rules: [] } as unknown as RuleSet;
    });
  return { ask, made };
}

describe("a list of rules", () => {
  test("is made once, whichever was asked for in between", () => {
    const { ask, made } = counting();
    const [a, b] = [ask("a"), ask("b")];
    expect([ask("b"), ask("a"), ask("a"), ask("b")]).toEqual([b, a, a, b]);
    expect(made).toEqual(["a", "b"]);
  });

  test("is kept among as many as there may be, and the one not asked for the longest goes", () => {
    const { ask, made } = counting();
    for (let at = 0; at < MAX_RULE_SETS; at++) ask(String(at));
    ask("0");
    expect(made).toHaveLength(MAX_RULE_SETS);
    ask("one more");
    made.length = 0;
    ask("0");
    ask("2");
    expect(made).toEqual([]);
    ask("1");
    expect(made).toEqual(["1"]);
  });

  test.each([
    [MAX_RULE_SET_KEY, 1],
    [MAX_RULE_SET_KEY + 1, 3],
  ])("with a name of %d characters is made %d times for three questions", (length, times) => {
    const { ask, made } = counting();
    for (let i = 0; i < 3; i++) ask("x".repeat(length));
    expect(made).toHaveLength(times);
  });
});
