import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBytes } from "../text.ts";
import { createDfa, MAX_MEMBERS, MAX_STATES, search } from "./dfa.ts";
import { literalTest } from "./literal.ts";
import { compileNfa } from "./nfa.ts";
import type { Node } from "./node.ts";
import { parsePattern } from "./parse.ts";
import { createTables } from "./unicode.ts";
import { automatonTest, compilePattern, type PatternTest } from "./pattern.ts";
import { createScratch, MAX_STEPS, simulate, type Found } from "./simulate.ts";

function nodeOf(pattern: string): Node {
  const parsed = parsePattern(pattern, createTables());
  if ("message" in parsed) throw new Error(`${pattern}: ${parsed.message}`);
  return parsed;
}

const run = (test: PatternTest, text: string): boolean | undefined => test(text, { steps: 0 });

function simulated(pattern: string, text: string): Found {
  const nfa = compileNfa(nodeOf(pattern));
  return simulate(nfa, createScratch(nfa), toBytes(text), 0, [nfa.start]);
}

describe("what patterns match", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["", ["", "a"], []],
    ["abc", ["xabcx"], ["ab", "ABC"]],
    ["^abc", ["abcd"], ["xabc"]],
    ["abc$", ["xabc"], ["abc\n"]],
    ["^(?:GET|PUT)$", ["GET", "PUT"], ["GETX", ""]],
    ["a|", [""], []],
    ["$^", [""], ["a"]],
    ["(?i)curl|wget", ["CuRL/8", "WGET"], ["cur", "fetch"]],
    ["(?i)\\x41b", ["aB"], ["b"]],
    ["colou?r", ["color", "colour"], ["colouur"]],
    ["^a.b$", ["axb"], ["aéb", "a\nb"]],
    ["^a..b$", ["aéb"], ["axb"]],
    ["(?u)^a.b$", ["aéb", "a😀b"], ["a\nb", "aab\n"]],
    ["(?s)a.b", ["a\nb"], []],
    ["(?R)^.$", ["a"], ["\r", "\n"]],
    ["[^a]", ["é", "b"], ["a", ""]],
    ["\\xc3", ["é"], ["e"]],
    ["\\xe9", [], ["é", "\u00e9"]],
    ["\\x{e9}|\\u00ea", ["é", "ê"], ["e"]],
    ["é+$", ["aéé"], ["éa"]],
    ["\\d+\\.\\d+", ["v1.25"], ["1,2", "١.٢"]],
    ["(?u)\\d", ["١"], ["a"]],
    ["\ud800", ["\ufffd"], ["a", "\ud801a".slice(1)]],
    ["(?u)[^\\x00-\\x{d7ff}\\x{e000}-\\x{10ffff}]", [], ["", "a", "\ufffd"]],
    ["\\W", ["é", " "], ["a_1"]],
    ["(?u)^\\w+$", ["straße", "日本", "a_1"], ["a b", "é-"]],
    ["(?u)\\p{Greek}", ["aΣ"], ["a"]],
    ["(?u)\\P{L}", ["a1"], ["aé"]],
    ["(?iu)k", ["\u212a"], ["x"]],
    ["(?iu)straSSe|ß", ["ẞ"], ["straße".slice(0, 4)]],
    ["(?iu)ς", ["Σ", "σ"], ["s"]],
    ["(?i)k", ["K"], ["\u212a"]],
    ["(?m)^b$", ["a\nb\nc"], ["ab", "a\rb"]],
    ["(?mR)^b$", ["a\r\nb\r\nc", "a\rb"], ["ab"]],
    ["(?mR)^$", ["", "a\n"], ["a\r\nb", "a"]],
    ["\\bfoo\\b", ["a foo.", "éfoo"], ["foox", "xfoo"]],
    ["(?u)\\bfoo\\b", ["a foo.", "foo"], ["éfoo", "foo日"]],
    ["(?u)\\Bfoo", ["éfoo"], [" foo", "-foo"]],
    ["\\Boo", ["foo"], ["oo"]],
    ["\\<a|b\\>", ["-a", "xb-"], ["xa", "bx"]],
    ["\\b{start-half}a", ["-a", "a"], ["xa"]],
    ["a\\b{end-half}", ["a", "a-"], ["ax"]],
    ["^[[:alpha:]&&[^a-y]]+$", ["zZ"], ["ya"]],
    ["^[a-f--c]+$", ["abdef"], ["c"]],
    ["^[a-d~~c-f]+$", ["abef"], ["c", "d"]],
    ["^[]-]+$", ["]-"], ["["]],
    ["(?x) a b # comment", ["ab"], ["a b"]],
    ["(?i)a(?-i)b", ["Ab"], ["AB"]],
    ["((?i)a)b", ["Ab"], ["AB"]],
    ["a{2,3}$", ["aa", "baaa"], ["a"]],
    ["^(?:a{2}){2}$", ["aaaa"], ["aaa", "aaaaa"]],
    ["^a{0}$", [""], ["a"]],
    ["^a{2,}b", ["aaab"], ["ab"]],
    ["[^\\x00-\\xff]", [], ["", "a", "é"]],
    [".*.*.*=.*", ["a=b"], ["ab"]],
  ])("%s", (pattern, matching, other) => {
    const test = compilePattern(nodeOf(pattern));
    const automaton = automatonTest(nodeOf(pattern));
    for (const text of [...matching, ...other]) {
      const expected = matching.includes(text);
      expect([text, run(test, text), run(automaton, text), simulated(pattern, text)]).toEqual([
        text,
        expected,
        expected,
        expected,
      ]);
    }
  });
});

describe("the ways to match agree", () => {
  const atom = fc.constantFrom(
    "a",
    "b",
    "é",
    ".",
    "[ab]",
    "[^a]",
    "\\d",
    "\\w",
    "\\n",
    "1",
    "^",
    "$",
    "\\b",
    "\\B",
  );
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { depthSize: "small" },
      atom,
      fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => a + b),
      fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => `(?:${a}|${b})`),
      fc
        .tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "{2}", "{1,2}"))
        .map(([a, op]) => `(?:${a})${op}`),
    ),
  }));
  const text = fc.string({ unit: fc.constantFrom("a", "b", "1", " ", "\n", "é"), maxLength: 8 });

  test("with the runtime's own engine, run over bytes", () => {
    fc.assert(
      fc.property(pattern, fc.constantFrom("", "i", "s", "m"), text, (source, flag, text) => {
        const expected = new RegExp(toBytes(source), flag).test(toBytes(text));
        // The runtime's dot stops at \r and its \w is the same; the texts hold none of the rest.
        const ours = nodeOf(flag === "" ? source : `(?${flag})${source}`);
        expect(run(compilePattern(ours), text)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  test("with and without room for states", () => {
    fc.assert(
      fc.property(pattern, text, fc.integer({ min: 1, max: 4 }), (source, text, room) => {
        const nfa = compileNfa(nodeOf(source));
        const bytes = toBytes(text);
        const expected = simulate(nfa, createScratch(nfa), bytes, 0, [nfa.start]);
        const small = createDfa(nfa, room);
        expect([search(createDfa(nfa), bytes, false), search(small, bytes, false)]).toEqual([
          expected,
          expected,
        ]);
        expect(small.states.length).toBeLessThanOrEqual(room);
      }),
      { numRuns: 300 },
    );
  });
});

describe("bounds", () => {
  test("a DFA keeps to its limits of states and members, and still decides", () => {
    const nfa = compileNfa(nodeOf("[ab]*a[ab]{14}c"));
    const dfa = createDfa(nfa);
    let seed = 1;
    const text = Array.from({ length: 5_000 }, () =>
      (seed = (seed * 48_271) % 2_147_483_647) % 2 ? "a" : "b",
    ).join("");
    expect(search(dfa, text, true)).toBe(false);
    expect(search(dfa, `${text}a${"b".repeat(14)}c`, true)).toBe(true);
    expect(dfa.states.length).toBeLessThanOrEqual(MAX_STATES);
    expect(dfa.members).toBeLessThanOrEqual(MAX_MEMBERS);
  });

  test("nested repetitions take a handful of states", () => {
    const dfa = createDfa(compileNfa(nodeOf("(a+)+$")));
    expect(search(dfa, `${"a".repeat(50_000)}b`, true)).toBe(false);
    expect(dfa.states.length).toBeLessThan(8);
  });

  test("a search gives up after a fixed number of steps, shared by all of one evaluation", () => {
    const test = automatonTest(nodeOf("x.{1000}y"));
    const effort = { steps: 0 };
    expect(test(`x${"-".repeat(1_000)}y`, effort)).toBe(true);
    const once = effort.steps;
    expect(once).toBeGreaterThan(0);
    const text = "x".repeat(10_000);
    expect(test(text, effort)).toBeUndefined();
    expect(effort.steps).toBeGreaterThan(MAX_STEPS);
    // One step takes no more than the states of the pattern.
    expect(effort.steps).toBeLessThan(MAX_STEPS + 10_000);
    expect(test(`x${"-".repeat(20)}`.repeat(9), effort)).toBe(false);
    expect(test(text.slice(0, 900), effort)).toBeUndefined();
    expect(test(text.slice(0, 900), { steps: 0 })).toBe(false);
  });

  test("a text shorter than any match is not looked at", () => {
    const node = nodeOf("[ab]{200000}");
    expect(node.min).toBe(200_000);
    expect(run(compilePattern(node), "a".repeat(99))).toBe(false);
  });

  test("finite sets of words need no automaton, up to a limit", () => {
    const words = (n: number) => Array.from({ length: n }, (_, i) => `w${i}x`).join("|");
    expect(literalTest(nodeOf(words(32)))?.("w31x")).toBe(true);
    expect(literalTest(nodeOf(words(33)))).toBeUndefined();
    expect(literalTest(nodeOf("(?i)mozilla"))?.("MOZILLA")).toBe(true);
    expect(literalTest(nodeOf("a.b"))).toBeUndefined();
    expect(literalTest(nodeOf("\\xc3"))).toBeUndefined();
  });
});
