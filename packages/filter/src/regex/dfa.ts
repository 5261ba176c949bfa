// A DFA that grows as texts ask for it: a state is the set of NFA states one may be in, together with
// the kind of the byte before; its transitions are computed on first use and kept in one flat table.
// When it may not grow further the rest of that text is simulated, and it starts afresh with the next.
import { EDGE, kindOf } from "./look.ts";
import type { Nfa } from "./nfa.ts";
import {
  COMPLETED,
  createScratch,
  MAX_STEPS,
  plain,
  simulate,
  step,
  type Found,
  type Scratch,
} from "./simulate.ts";

/** States of one DFA. */
export const MAX_STATES = 2_000;
/** NFA states its states may hold together. */
export const MAX_MEMBERS = 100_000;

// Entries of the table: a row of a state, or one of these.
const UNKNOWN = 0;
const DEAD = 1;
const MATCHED = 2;
const FULL = -1;
/** Rows before the first state, so that no row is taken for one of the above. */
const RESERVED = 3;
const FIRST_ROWS = 8;
/** The kind of the byte before, where the pattern does not ask for it. */
const ANY = EDGE + 1;

interface State {
  readonly members: Int32Array;
  readonly before: number;
}

/** A DFA as far as it has been built. */
export interface Dfa {
  readonly nfa: Nfa;
  readonly scratch: Scratch;
  readonly maxStates: number;
  /** Entries of a row: one per class of bytes, and one for the end of the text. */
  readonly stride: number;
  states: State[];
  /** Rows by a hash of their states. */
  rows: Map<number, number[]>;
  table: Int32Array;
  members: number;
}

export function createDfa(nfa: Nfa, maxStates = MAX_STATES): Dfa {
  const stride = nfa.classCount + 1;
  const scratch = createScratch(nfa);
  const empty = { states: [], rows: new Map<number, number[]>(), table: new Int32Array(0) };
  const dfa: Dfa = { nfa, scratch, maxStates, stride, ...empty, members: 0 };
  reset(dfa);
  return dfa;
}

function reset(dfa: Dfa): void {
  dfa.states = [];
  dfa.rows = new Map();
  dfa.table = new Int32Array(dfa.stride * (RESERVED + FIRST_ROWS));
  dfa.members = 0;
  // Nothing leads back to where there is no byte before.
  append(dfa, { members: Int32Array.of(dfa.nfa.start), before: EDGE });
}

/**
 * Whether the pattern matches a text of one character per byte. With `asciiOnly` it may be any text,
 * and the search ends where it turns out not to be ASCII.
 */
export function search(dfa: Dfa, text: string, asciiOnly: boolean): Found | "not ASCII" {
  const { classes, classCount } = dfa.nfa;
  let { table } = dfa;
  let row = RESERVED * dfa.stride;
  for (let i = 0; i < text.length; i++) {
    const byte = text.charCodeAt(i);
    if (byte > 127 && asciiOnly) return "not ASCII";
    let target = table[row + classes[byte]!]!;
    if (target <= MATCHED) {
      if (target === UNKNOWN) {
        if (dfa.scratch.steps > MAX_STEPS) return "gave up";
        target = follow(dfa, row, classes[byte]!, kindOf(byte));
        ({ table } = dfa);
      }
      if (target === MATCHED) return true;
      if (target === DEAD) return false;
      if (target === FULL) return finish(dfa, text, i, row, asciiOnly);
    }
    row = target;
  }
  return (table[row + classCount]! || follow(dfa, row, classCount, EDGE)) === MATCHED;
}

/** Simulates what is left of the text, and forgets what was built. */
function finish(
  dfa: Dfa,
  text: string,
  at: number,
  row: number,
  asciiOnly: boolean,
): Found | "not ASCII" {
  const { members } = dfa.states[row / dfa.stride - RESERVED]!;
  reset(dfa);
  if (asciiOnly && !isAscii(text, at)) return "not ASCII";
  return simulate(dfa.nfa, dfa.scratch, text, at, members);
}

/** Computes and keeps a transition. */
function follow(dfa: Dfa, row: number, cls: number, behind: number): number {
  const { nfa, scratch, stride } = dfa;
  const { members, before } = dfa.states[row / stride - RESERVED]!;
  const atEnd = cls === nfa.classCount;
  const neighbours = plain(before, behind);
  const count = step(nfa, scratch, members, members.length, atEnd ? -1 : cls, neighbours);
  let target = MATCHED;
  if (count !== COMPLETED && (atEnd || count === 0)) target = DEAD;
  else if (count !== COMPLETED) target = rowOf(dfa, count, nfa.hasLooks ? behind : ANY);
  if (target !== FULL) dfa.table[row + cls] = target;
  return target;
}

/** The row of the state that the last step led to, made if need be. */
function rowOf(dfa: Dfa, count: number, before: number): number {
  const hash = hashOf(dfa.scratch, count, before);
  const alike = dfa.rows.get(hash) ?? [];
  for (const row of alike) if (isReached(dfa, row, count, before)) return row;
  if (dfa.states.length >= dfa.maxStates || dfa.members + count > MAX_MEMBERS) return FULL;
  const row = append(dfa, { members: dfa.scratch.to.slice(0, count), before });
  dfa.rows.set(hash, [...alike, row]);
  return row;
}

/** A hash of a set: the order in which a step reached its members does not matter. */
function hashOf({ to }: Scratch, count: number, before: number): number {
  let hash = before;
  for (let i = 0; i < count; i++)
    hash = (hash + Math.imul(to[i]! ^ 0x9e3779b1, to[i]! + 0x85ebca6b)) | 0;
  return hash;
}

/** Whether the state of a row is the one that the last step led to. */
function isReached(dfa: Dfa, row: number, count: number, last: number): boolean {
  const { members, before } = dfa.states[row / dfa.stride - RESERVED]!;
  const { reached, stamp } = dfa.scratch;
  if (before !== last || members.length !== count) return false;
  return members.every((member) => reached[member] === stamp);
}

function append(dfa: Dfa, state: State): number {
  dfa.members += state.members.length;
  const row = (dfa.states.push(state) - 1 + RESERVED) * dfa.stride;
  if (row + dfa.stride > dfa.table.length) {
    const larger = new Int32Array(dfa.table.length * 2);
    larger.set(dfa.table);
    dfa.table = larger;
  }
  return row;
}

function isAscii(text: string, from: number): boolean {
  for (let i = from; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
