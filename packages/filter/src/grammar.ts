// Editor help: a TextMate grammar of the language, made from the scheme so that it cannot lag behind.
import { COMBINATIONS, FIELDS, FUNCTIONS, OPERATORS, QUANTIFIERS } from "./scheme.ts";

interface Rule {
  readonly name: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly patterns?: readonly Rule[];
}

/** The grammar as the JSON that editors read. */
export function textMateGrammar(): {
  readonly name: string;
  readonly scopeName: string;
  readonly patterns: readonly Rule[];
} {
  const functions = [...FUNCTIONS.keys(), ...QUANTIFIERS];
  const spellings = [...OPERATORS, ...COMBINATIONS].map(([text]) => text);
  return {
    name: "Arcjet filter expression",
    scopeName: "source.arcjet-filter",
    patterns: [
      { name: "string.quoted.raw", begin: 'r(#*)"', end: '"\\1' },
      {
        name: "string.quoted.double",
        begin: '"',
        end: '"',
        patterns: [{ name: "constant.character.escape", match: "\\\\." }],
      },
      {
        name: "support.variable",
        match: `(?<![\\w.])(?:${longestFirst([...FIELDS.keys()])})(?![\\w.])`,
      },
      { name: "support.function", match: `\\b(?:${longestFirst(functions)})(?=\\s*\\()` },
      { name: "variable.other.list", match: "\\$[\\w.]+" },
      {
        name: "keyword.operator.word",
        match: `\\b(?:${longestFirst(["not", ...spellings.filter(isWord)])})\\b`,
      },
      {
        name: "keyword.operator",
        match: longestFirst(["!", ...spellings.filter((text) => !isWord(text))]),
      },
      {
        name: "constant.numeric.address",
        match: "(?<![\\w:.])[0-9A-Fa-f]*(?:[.:][0-9A-Fa-f]*){2,}(?:/\\d+)?",
      },
      { name: "constant.numeric", match: "-?\\b(?:0x[0-9A-Fa-f]+|\\d+)\\b" },
    ],
  };
}

function isWord(text: string): boolean {
  return /^\w/.test(text);
}

function longestFirst(names: readonly string[]): string {
  return names
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|");
}
