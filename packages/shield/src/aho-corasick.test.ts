import fc from "fast-check";
import { expect, test } from "vitest";
import { buildAutomaton } from "./aho-corasick.ts";

test("it finds exactly the keywords that occur", () => {
  const keyword = fc.string({
    unit: fc.constantFrom("a", "b", "c", "<", "'"),
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(keyword, { minLength: 1, maxLength: 12 }),
      fc.string({ unit: fc.constantFrom("a", "B", "b", "C", "<", "'", "é", "漢"), maxLength: 60 }),
      (keywords, text) => {
        const automaton = buildAutomaton(new Map(keywords.map((one, index) => [one, 1 << index])));
        const lower = text.toLowerCase();
        const expected = keywords.reduce(
          (mask, one, index) => (lower.includes(one) ? mask | (1 << index) : mask),
          0,
        );
        expect(automaton.scan(text)).toBe(expected);
      },
    ),
  );
});

test("a keyword inside another is found with it", () => {
  const automaton = buildAutomaton(
    new Map([
      ["select", 1],
      ["elec", 2],
      ["ct x", 4],
    ]),
  );
  expect(automaton.scan("SELECT x")).toBe(7);
  expect(automaton.scan("elects")).toBe(2);
});
