// A DFA that grows as texts ask for it: a state is the set of NFA states one may be in, together with
// the kind of the byte before; its transitions are computed on first use and kept in one flat table.
// When it may not grow further the rest of that text is simulated, and it starts afresh with the next.
import { EDGE, kindOf } from "./look.ts";
import type { Nfa } from "./nfa.ts";
import { createScratch, plain, simulate, step } from "./simulate.ts";

/** States of one DFA. */
export const MAX_STATES = 2_000;
/** NFA states its states may hold together. */
export const MAX_MEMBERS = 100_000;

const UNKNOWN = 0;
const DEAD = 1;
const MATCHED = 2;
/** Rows of the table that stand for UNKNOWN, DEAD and MATCHED. */
const RESERVED = 3;

/** Searches texts of one character per byte. */
export interface Dfa {
  /** Whether the pattern matches; undefined when `asciiOnly` is set and the text is not ASCII. */
  search(text: string, asciiOnly: boolean): boolean | undefined;
  /** States at present, for tests. */
  readonly size: () => number;
}

interface State {
  readonly members: readonly number[];
  /** Kind of the byte before, where the pattern has conditions. */
  readonly before: number;
}

export function createDfa(nfa: Nfa, maxStates = MAX_STATES): Dfa {
  const stride = nfa.classCount + 1;
  const scratch = createScratch(nfa);
  const { classes } = nfa;
  const end = nfa.classCount;
  let states: State[] = [];
  let ids = new Map<string, number>();
  let table = new Int32Array(0);
  let members = 0;
  const reset = () => {
    states = [];
    ids = new Map();
    members = 0;
    table = new Int32Array(stride * (RESERVED + 8));
    intern({ members: [nfa.start], before: EDGE });
  };
  /** The row of a state, made if need be; -1 when there is no room. */
  const intern = (state: State): number => {
    const key = `${state.before}:${state.members.join()}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    if (
      states.length > 0 &&
      (states.length >= maxStates || members + state.members.length > MAX_MEMBERS)
    )
      return -1;
    members += state.members.length;
    const row = (states.push(state) - 1 + RESERVED) * stride;
    ids.set(key, row);
    if (row + stride > table.length) {
      const larger = new Int32Array(table.length * 2);
      larger.set(table);
      table = larger;
    }
    return row;
  };
  /** Computes and keeps a transition; -1 when there is no room for its target. */
  const follow = (row: number, cls: number, behind: number): number => {
    const { members, before } = states[row / stride - RESERVED]!;
    const next = step(nfa, scratch, members, cls === end ? -1 : cls, plain(before, behind));
    let target = MATCHED;
    if (next) {
      if (next.length === 0 || cls === end) target = DEAD;
      else
        target = intern({
          members: next.sort((a, b) => a - b),
          before: nfa.hasLooks ? behind : EDGE + 1,
        });
    }
    if (target >= 0) table[row + cls] = target;
    return target;
  };
  const search = (text: string, asciiOnly: boolean): boolean | undefined => {
    let row = RESERVED * stride;
    let known = table;
    for (let i = 0; i < text.length; i++) {
      const byte = text.charCodeAt(i);
      if (byte > 127 && asciiOnly) return undefined;
      let target = known[row + classes[byte]!]!;
      if (target <= MATCHED) {
        if (target === UNKNOWN) {
          target = follow(row, classes[byte]!, kindOf(byte));
          known = table;
        }
        if (target === MATCHED) return true;
        if (target === DEAD) return false;
        if (target < 0) {
          const { members } = states[row / stride - RESERVED]!;
          reset();
          return asciiOnly && !isAscii(text, i)
            ? undefined
            : simulate(nfa, scratch, text, i, members);
        }
      }
      row = target;
    }
    const target = known[row + end]! || follow(row, end, EDGE);
    return target === MATCHED;
  };
  reset();
  return { search, size: () => states.length };
}

function isAscii(text: string, from: number): boolean {
  for (let i = from; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
