// One step of the automaton: from the states it may be in, over what costs no byte, to the states
// after the next byte. Conditions are settled here, where both neighbours are known. The DFA
// remembers such steps; where it may not grow further, or where Unicode word boundaries meet text
// beyond ASCII, `simulate` takes them one by one, in time linear in the text.
import { EDGE, holds, kindOf, OTHER, UNICODE, WORD } from "./look.ts";
import { FORK, LOOK, MATCH, READ, type Nfa } from "./nfa.ts";

/** Working memory of the steps of one pattern. */
export interface Scratch {
  readonly mark: Uint32Array;
  stamp: number;
  readonly stack: number[];
}

/** The kinds of both neighbours of a position, by ASCII and by Unicode. */
interface Neighbours {
  before: number;
  behind: number;
  unicodeBefore: number;
  unicodeBehind: number;
  /** False within a character, where no Unicode condition holds. */
  whole: boolean;
}

const MAX_STAMP = 0xfffffff0;
const UNICODE_WORD = /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]$/u;

export function createScratch(nfa: Nfa): Scratch {
  return { mark: new Uint32Array(nfa.ops.length), stamp: 0, stack: [] };
}

/**
 * States after reading a byte of class `cls` (-1 at the end) in one of the states `from`;
 * undefined when a match was completed before that byte.
 */
export function step(
  nfa: Nfa,
  scratch: Scratch,
  from: readonly number[],
  cls: number,
  at: Neighbours,
): number[] | undefined {
  const { ops, args, nexts, sets } = nfa;
  const { mark, stack } = scratch;
  if (scratch.stamp > MAX_STAMP) {
    mark.fill(0);
    scratch.stamp = 0;
  }
  const seen = ++scratch.stamp;
  const to: number[] = [];
  stack.length = 0;
  for (const state of from) stack.push(state);
  while (stack.length > 0) {
    const state = stack.pop()!;
    if (mark[state] === seen) continue;
    mark[state] = seen;
    const op = ops[state]!;
    if (op === READ) {
      if (cls >= 0 && sets[args[state]!]![cls] === 1) to.push(nexts[state]!);
    } else if (op === FORK) stack.push(nexts[state]!, args[state]!);
    else if (op === MATCH) return undefined;
    else if (op === LOOK && satisfied(args[state]!, at)) stack.push(nexts[state]!);
  }
  return distinct(scratch, to, nfa.anchored ? -1 : nfa.start);
}

/** Without duplicates, and with the start state where a match may begin anywhere. */
function distinct(scratch: Scratch, states: readonly number[], start: number): number[] {
  const seen = ++scratch.stamp;
  const result: number[] = [];
  for (const state of states) {
    if (scratch.mark[state] === seen) continue;
    scratch.mark[state] = seen;
    result.push(state);
  }
  if (start >= 0 && scratch.mark[start] !== seen) result.push(start);
  return result;
}

function satisfied(code: number, at: Neighbours): boolean {
  if (code < UNICODE) return holds(code, at.before, at.behind);
  return at.whole && holds(code, at.unicodeBefore, at.unicodeBehind);
}

/** Neighbours where Unicode and ASCII agree. */
export function plain(before: number, behind: number): Neighbours {
  return { before, behind, unicodeBefore: before, unicodeBehind: behind, whole: true };
}

/** Whether a match lies in `bytes` (one character per byte) from `from` on, being in `states` there. */
export function simulate(
  nfa: Nfa,
  scratch: Scratch,
  bytes: string,
  from: number,
  states: readonly number[],
): boolean {
  let current = states;
  const at = plain(from > 0 ? kindOf(bytes.charCodeAt(from - 1)) : EDGE, EDGE);
  for (let i = from; i <= bytes.length; i++) {
    const byte = i < bytes.length ? bytes.charCodeAt(i) : -1;
    at.behind = byte < 0 ? EDGE : kindOf(byte);
    // Within a character the kinds of whole characters stay as they are.
    at.whole = byte < 0 || !isTail(byte);
    const plainByte = byte < 0x80 || !nfa.hasUnicodeLooks;
    if (at.whole) at.unicodeBehind = plainByte ? at.behind : kindOfCharacter(bytes, i);
    const next = step(nfa, scratch, current, byte < 0 ? -1 : nfa.classes[byte]!, at);
    if (!next) return true;
    if (next.length === 0) return false;
    current = next;
    at.before = at.behind;
    at.unicodeBefore = at.unicodeBehind;
  }
  return false;
}

function isTail(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

function kindOfCharacter(bytes: string, at: number): number {
  const first = bytes.charCodeAt(at);
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  let code = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) code = (code << 6) | (bytes.charCodeAt(at + i) & 63);
  return UNICODE_WORD.test(String.fromCodePoint(code)) ? WORD : OTHER;
}
