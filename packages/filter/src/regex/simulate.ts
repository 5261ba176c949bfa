// One step of the automaton: from the states it may be in, over what costs no byte, to the states
// after the next byte. Conditions are settled here, where both neighbours are known. The DFA
// remembers such steps; where it may not grow further, or where Unicode word boundaries meet text
// beyond ASCII, `simulate` takes them one by one, in time linear in the text.
import { EDGE, holds, kindOf, OTHER, UNICODE, WORD } from "./look.ts";
import { FORK, LOOK, MATCH, READ, type Nfa } from "./nfa.ts";

/** States looked at by the searches of one evaluation, over all bytes; behind that a search gives up. */
export const MAX_STEPS = 500_000;

/** What the searches of one evaluation share. */
export interface Effort {
  /** States looked at so far. */
  steps: number;
}

/** Working memory of the steps of one pattern. */
export interface Scratch {
  /** By state, the step that looked at it last, and the step that led to it last. */
  readonly seen: Uint32Array;
  readonly reached: Uint32Array;
  stamp: number;
  /** States still to be looked at. */
  readonly stack: Int32Array;
  /** States before and after a step; they change places. */
  from: Int32Array;
  to: Int32Array;
  /** States looked at by steps so far. */
  steps: number;
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
  const count = nfa.ops.length;
  return {
    seen: new Uint32Array(count),
    reached: new Uint32Array(count),
    stamp: 0,
    stack: new Int32Array(count),
    from: new Int32Array(count),
    to: new Int32Array(count),
    steps: 0,
  };
}

/** What `step` gives when a match was completed before the byte. */
export const COMPLETED = -1;

/**
 * Reads a byte of class `cls` (-1 at the end) in the first `count` states `from`. The states after it
 * are left in `scratch.to`, and their number is given.
 */
export function step(
  nfa: Nfa,
  scratch: Scratch,
  from: Int32Array,
  count: number,
  cls: number,
  at: Neighbours,
): number {
  const { ops, args, nexts, sets, classCount } = nfa;
  const { seen, reached, stack, to } = scratch;
  const stamp = nextStamp(scratch);
  let [open, found] = [0, 0];
  for (let i = 0; i < count; i++) open = push(stack, seen, stamp, open, from[i]!);
  while (open > 0) {
    const state = stack[--open]!;
    scratch.steps++;
    const op = ops[state]!;
    const next = nexts[state]!;
    if (op === READ) {
      if (cls >= 0 && sets[args[state]! * classCount + cls] === 1)
        found = push(to, reached, stamp, found, next);
    } else if (op === FORK) {
      open = push(stack, seen, stamp, open, next);
      open = push(stack, seen, stamp, open, args[state]!);
    } else if (op === MATCH) return COMPLETED;
    else if (op === LOOK && satisfied(args[state]!, at))
      open = push(stack, seen, stamp, open, next);
  }
  // A match may begin anywhere.
  return nfa.anchored ? found : push(to, reached, stamp, found, nfa.start);
}

/** Adds a state to a list unless this step has done so; gives the length of the list. */
function push(
  list: Int32Array,
  marks: Uint32Array,
  stamp: number,
  length: number,
  state: number,
): number {
  if (marks[state] === stamp) return length;
  marks[state] = stamp;
  list[length] = state;
  return length + 1;
}

function nextStamp(scratch: Scratch): number {
  if (scratch.stamp === MAX_STAMP) {
    scratch.seen.fill(0);
    scratch.reached.fill(0);
    scratch.stamp = 0;
  }
  return ++scratch.stamp;
}

function satisfied(code: number, at: Neighbours): boolean {
  if (code < UNICODE) return holds(code, at.before, at.behind);
  return at.whole && holds(code, at.unicodeBefore, at.unicodeBehind);
}

/** Neighbours where Unicode and ASCII agree. */
export function plain(before: number, behind: number): Neighbours {
  return { before, behind, unicodeBefore: before, unicodeBehind: behind, whole: true };
}

/** Whether a match was found; neither when the search gave up. */
export type Found = boolean | "gave up";

/** Whether a match lies in `bytes` (one character per byte) from `start` on, being in `states` there. */
export function simulate(
  nfa: Nfa,
  scratch: Scratch,
  bytes: string,
  start: number,
  states: ArrayLike<number>,
): Found {
  scratch.from.set(states);
  let count = states.length;
  const at = plain(start > 0 ? kindOf(bytes.charCodeAt(start - 1)) : EDGE, EDGE);
  for (let i = start; i <= bytes.length; i++) {
    const byte = i < bytes.length ? bytes.charCodeAt(i) : -1;
    lookAhead(nfa, bytes, i, byte, at);
    count = step(nfa, scratch, scratch.from, count, byte < 0 ? -1 : nfa.classes[byte]!, at);
    if (count === COMPLETED) return true;
    if (count === 0) return false;
    if (scratch.steps > MAX_STEPS) return "gave up";
    [scratch.from, scratch.to] = [scratch.to, scratch.from];
    at.before = at.behind;
    at.unicodeBefore = at.unicodeBehind;
  }
  return false;
}

/** Sets what lies behind position `i`. Within a character the kinds of whole ones stay as they are. */
function lookAhead(nfa: Nfa, bytes: string, i: number, byte: number, at: Neighbours): void {
  at.behind = byte < 0 ? EDGE : kindOf(byte);
  at.whole = byte < 0 || !isTail(byte);
  if (!at.whole) return;
  const asByte = byte < 0x80 || !nfa.hasUnicodeLooks;
  at.unicodeBehind = asByte ? at.behind : kindOfCharacter(bytes, i);
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
