// Most patterns in practice are a word, a few words, or words tied to an end of the text. Those need
// no automaton: they are found with the string search of the runtime, on the text as it stands.
import { fromBytes, lowerAscii } from "../text.ts";
import type { Node } from "./node.ts";
import { encode } from "./utf8.ts";

/** Words a pattern may stand for before it is left to the automaton. */
export const MAX_WORDS = 32;
const MAX_WORD_BYTES = 1_024;

/** Tests a text without an automaton; undefined when the pattern is not a finite set of words. */
export function literalTest(node: Node): ((text: string) => boolean) | undefined {
  const parts = node.kind === "cat" ? [...node.parts] : [node];
  const first = parts[0]!;
  const atStart = first.kind === "look" && first.look === "start";
  if (atStart) parts.shift();
  const last = parts.at(-1);
  const atEnd = last?.kind === "look" && last.look === "end";
  if (atEnd) parts.pop();
  const spelled = spell(parts, false);
  if (spelled) return search(spelled, atStart, atEnd);
  const caseless = spell(parts, true);
  const test = caseless && search(caseless, atStart, atEnd);
  return test && ((text) => test(lowerAscii(text)));
}

function spell(parts: readonly Node[], caseless: boolean): readonly string[] | undefined {
  const bytes = product(parts.map((part) => wordsOf(part, caseless)));
  const words = bytes?.map(fromBytes);
  return words?.every((word) => word !== undefined) ? words : undefined;
}

/** All byte strings a node stands for; with `caseless` a letter in both cases counts as its lower one. */
function wordsOf(node: Node, caseless: boolean): readonly string[] | undefined {
  switch (node.kind) {
    case "empty":
      return [""];
    case "set":
      return lettersOf(node.ranges, caseless);
    case "chars": {
      const [lo, hi] = node.ranges;
      return node.ranges.length === 2 && lo === hi
        ? [String.fromCharCode(...encode(lo!))]
        : undefined;
    }
    case "look":
      return undefined;
    case "cat":
      return product(node.parts.map((part) => wordsOf(part, caseless)));
    case "alt":
      return limited(node.parts.map((part) => wordsOf(part, caseless)));
    case "repeat": {
      if (node.to > MAX_WORD_BYTES) return undefined;
      const words = wordsOf(node.node, caseless);
      const times = Array.from({ length: node.from }, () => words);
      const optional = Array.from({ length: node.to - node.from }, () => words && ["", ...words]);
      return product([...times, ...optional]);
    }
  }
}

function lettersOf(ranges: readonly number[], caseless: boolean): readonly string[] | undefined {
  const letters: string[] = [];
  for (let i = 0; i < ranges.length; i += 2)
    for (let c = ranges[i]!; c <= ranges[i + 1]!; c++) {
      if (letters.length > MAX_WORDS) return undefined;
      letters.push(String.fromCharCode(c));
    }
  if (!caseless) return letters;
  const lower = letters.filter((letter) => letter === letter.toLowerCase());
  const paired = lower.every((letter) => letters.includes(letter.toUpperCase()));
  const all = letters.every((letter) => lower.includes(letter.toLowerCase()));
  return paired && all && ranges.every((c) => c < 0x80) ? lower : undefined;
}

function limited(lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const words: string[] = [];
  for (const list of lists) {
    if (!list || words.length + list.length > MAX_WORDS) return undefined;
    words.push(...list);
  }
  return words;
}

function product(lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  let words: readonly string[] = [""];
  for (const list of lists) {
    if (!list || words.length * list.length > MAX_WORDS) return undefined;
    words = words.flatMap((word) => list.map((end) => word + end));
    if (words.some((word) => word.length > MAX_WORD_BYTES)) return undefined;
  }
  return words;
}

function search(
  words: readonly string[],
  atStart: boolean,
  atEnd: boolean,
): (text: string) => boolean {
  const only = words.length === 1 ? words[0] : undefined;
  if (atStart && atEnd) {
    const known = new Set(words);
    return only === undefined ? (text) => known.has(text) : (text) => text === only;
  }
  if (atStart)
    return only === undefined
      ? (text) => words.some((word) => text.startsWith(word))
      : (text) => text.startsWith(only);
  if (atEnd)
    return only === undefined
      ? (text) => words.some((word) => text.endsWith(word))
      : (text) => text.endsWith(only);
  return only === undefined
    ? (text) => words.some((word) => text.includes(word))
    : (text) => text.includes(only);
}
