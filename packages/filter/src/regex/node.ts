// What a pattern means, without its spelling: the parser builds it with these constructors, which
// also keep count of what the compiled automaton would weigh, so that a pattern too large is refused
// before anything is built.
import type { Ranges } from "./ranges.ts";
import { utf8Automaton, type Utf8Node } from "./utf8.ts";

/** A condition on the bytes to both sides of a position. Names follow the syntax that asks for them. */
export type Look =
  | "start"
  | "end"
  | "startLine"
  | "endLine"
  | "startLineCr"
  | "endLineCr"
  | "word"
  | "notWord"
  | "wordStart"
  | "wordEnd"
  | "wordStartHalf"
  | "wordEndHalf";

interface Weighed {
  /** Bytes the automaton takes, counted as the engine of the dialect counts them. */
  readonly size: number;
  /** Levels of groups, sequences, alternatives and repetitions. */
  readonly depth: number;
  /** Fewest and most bytes of a match. */
  readonly min: number;
  readonly max: number;
}

export type Node = Weighed &
  (
    | { readonly kind: "empty" }
    | { readonly kind: "set"; readonly ranges: Ranges }
    | { readonly kind: "chars"; readonly ranges: Ranges; readonly utf8: Utf8Node }
    | { readonly kind: "look"; readonly look: Look; readonly unicode: boolean }
    | { readonly kind: "cat"; readonly parts: readonly Node[] }
    | { readonly kind: "alt"; readonly parts: readonly Node[] }
    | {
        readonly kind: "repeat";
        readonly node: Node;
        readonly from: number;
        /** Infinity when there is no upper bound. */
        readonly to: number;
      }
  );

// What the engine of the dialect takes for a state, for each range of a set, for each target of a fork.
const STATE = 16;
const TRANSITION = 8;
const TARGET = 4;

export const EMPTY: Node = { kind: "empty", size: STATE, depth: 0, min: 0, max: 0 };

/** One byte of the set. */
export function byteSet(ranges: Ranges): Node {
  const single = ranges.length === 2 && ranges[0] === ranges[1];
  const size = single ? STATE : 2 * STATE + TRANSITION * (ranges.length / 2);
  return { kind: "set", ranges, size, depth: 0, min: 1, max: 1 };
}

/** One character of the set, in UTF-8. */
export function charSet(ranges: Ranges): Node {
  if (ranges.length === 0 || ranges.at(-1)! < 0x80) return byteSet(ranges);
  const utf8 = utf8Automaton(ranges);
  const single = ranges.length === 2 && ranges[0] === ranges[1];
  const size = utf8.states.reduce(
    (sum, { arcs }) => sum + (single ? STATE : STATE * (1 + arcs.length)),
    0,
  );
  return { kind: "chars", ranges, utf8: utf8.root, size, depth: 0, min: 1, max: 4 };
}

export function lookAt(look: Look, unicode: boolean): Node {
  return { kind: "look", look, unicode, size: STATE, depth: 0, min: 0, max: 0 };
}

/** One after another. */
export function sequence(parts: readonly Node[]): Node {
  if (parts.length === 0) return EMPTY;
  if (parts.length === 1) return parts[0]!;
  return {
    kind: "cat",
    parts,
    size: sum(parts, "size"),
    depth: 1 + deepest(parts),
    min: sum(parts, "min"),
    max: sum(parts, "max"),
  };
}

/** Any one of them. */
export function alternatives(parts: readonly Node[]): Node {
  if (parts.length === 1) return parts[0]!;
  return {
    kind: "alt",
    parts,
    size: sum(parts, "size") + 2 * STATE + TARGET * parts.length,
    depth: 1 + deepest(parts),
    min: Math.min(...parts.map(({ min }) => min)),
    max: Math.max(...parts.map(({ max }) => max)),
  };
}

/** From `from` to `to` times. What can only match nothing is asked for once at most. */
export function repetition(node: Node, from: number, to: number): Node {
  const depth = node.depth + 1;
  if (to === 0) return { ...EMPTY, depth };
  if (from === 1 && to === 1) return { ...node, depth };
  if (node.max === 0) [from, to] = [Math.min(from, 1), Math.min(to, 1)];
  const fork = STATE + 2 * TARGET;
  const optional = (to - from) * (node.size + fork) + (from === 0 && to > 1 ? 2 : 1) * STATE;
  const endless = from > 0 ? fork : node.size + fork + (node.min > 0 ? 0 : fork + STATE);
  return {
    kind: "repeat",
    node,
    from,
    to,
    size: from * node.size + (to === Infinity ? endless : to > from ? optional : 0),
    depth,
    min: from * node.min,
    max: node.max === 0 ? 0 : to * node.max,
  };
}

/** A group: one level deeper, and heavier when it captures. */
export function group(node: Node, captures: boolean): Node {
  return { ...node, depth: node.depth + 1, size: node.size + (captures ? 2 * STATE : 0) };
}

function sum(parts: readonly Node[], key: "size" | "min" | "max"): number {
  return parts.reduce((total, part) => total + part[key], 0);
}

function deepest(parts: readonly Node[]): number {
  return parts.reduce((depth, part) => Math.max(depth, part.depth), 0);
}
