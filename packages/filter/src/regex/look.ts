// Conditions on a position depend on the byte before and the byte behind it, and of those only on
// their kind. So an automaton need not know positions: it carries the kind of the last byte along.
import type { Look } from "./node.ts";

/** Kinds of neighbours: none (the edge of the text), LF, CR, a word character, any other. */
export const EDGE = 0;
export const LF = 1;
export const CR = 2;
export const WORD = 3;
export const OTHER = 4;

type Condition = (before: number, behind: number) => boolean;

const CONDITIONS: Readonly<Record<Look, Condition>> = {
  start: (before) => before === EDGE,
  end: (_, behind) => behind === EDGE,
  startLine: (before) => before === EDGE || before === LF,
  endLine: (_, behind) => behind === EDGE || behind === LF,
  startLineCr: (before, behind) =>
    before === EDGE || before === LF || (before === CR && behind !== LF),
  endLineCr: (before, behind) =>
    behind === EDGE || behind === CR || (behind === LF && before !== CR),
  word: (before, behind) => (before === WORD) !== (behind === WORD),
  notWord: (before, behind) => (before === WORD) === (behind === WORD),
  wordStart: (before, behind) => before !== WORD && behind === WORD,
  wordEnd: (before, behind) => before === WORD && behind !== WORD,
  wordStartHalf: (before) => before !== WORD,
  wordEndHalf: (_, behind) => behind !== WORD,
};
const CODES = Object.keys(CONDITIONS);
const TABLE = Object.values(CONDITIONS);

/** Set on the code of a condition that asks for Unicode words. */
export const UNICODE = 16;

export function codeOf(look: Look, unicode: boolean): number {
  const code = CODES.indexOf(look);
  return unicode && look.toLowerCase().includes("word") ? code | UNICODE : code;
}

export function holds(code: number, before: number, behind: number): boolean {
  return TABLE[code & ~UNICODE]!(before, behind);
}

/** The kind of a byte, by ASCII. */
export function kindOf(byte: number): number {
  if (byte === 10) return LF;
  if (byte === 13) return CR;
  const letter = byte | 32;
  const word = (letter >= 97 && letter <= 122) || (byte >= 48 && byte <= 57) || byte === 95;
  return word ? WORD : OTHER;
}
