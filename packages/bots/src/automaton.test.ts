import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildAutomaton, scan } from "./automaton.ts";

function naive(literals: readonly string[], text: string): number[] {
  const folded = text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  return literals.flatMap((literal, ordinal) => (folded.includes(literal) ? [ordinal] : []));
}

const small = fc.string({ unit: fc.constantFrom("a", "b", "c", "-"), minLength: 1, maxLength: 5 });

describe("the automaton", () => {
  test("finds exactly the literals that a search for each of them finds", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "B", "b", "C", "-", "é", "\u{1f916}", " "),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(small, { minLength: 1, maxLength: 30 }),
        text,
        (literals, text) => {
          const found = scan(buildAutomaton(literals), text, text.length);
          expect(found.toSorted((a, b) => a - b)).toEqual(naive(literals, text));
        },
      ),
    );
  });

  test("finds literals that are inside one another or equal", () => {
    const automaton = buildAutomaton(["bot", "robot", "bot", "o"]);
    expect(scan(automaton, "ROBOT", 5).toSorted()).toEqual([0, 1, 2, 3]);
  });

  test("looks no further than it is told", () => {
    const automaton = buildAutomaton(["bot"]);
    expect(scan(automaton, "xxbot", 5)).toEqual([0]);
    expect(scan(automaton, "xxbot", 4)).toEqual([]);
  });

  test("refuses literals that are not ASCII and more characters than it has columns", () => {
    expect(() => buildAutomaton(["é"])).toThrow("must be ASCII");
    const chars = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).filter(
      (char) => !/[A-Z]/.test(char),
    );
    expect(() => buildAutomaton(chars.slice(0, 63))).not.toThrow();
    expect(() => buildAutomaton(chars.slice(0, 64))).toThrow("Too many distinct characters");
  });
});
