// Thompson's construction, back to front: each part is built knowing where to go on after it, so
// nothing is patched afterwards. A state either reads a byte of a set, forks, checks a condition or
// is the match. Sets are stored once, and bytes that no set tells apart share a class.
import { codeOf, kindOf } from "./look.ts";
import type { Node } from "./node.ts";
import type { Ranges } from "./ranges.ts";
import type { Utf8Node } from "./utf8.ts";

export const MATCH = 0;
export const READ = 1;
export const FORK = 2;
export const LOOK = 3;

/** States as three columns: operation, argument (set, second target or condition), next state. */
export interface Nfa {
  readonly ops: Uint8Array;
  readonly args: Int32Array;
  readonly nexts: Int32Array;
  readonly start: number;
  /** By set, then by class: 1 when the set holds the class. */
  readonly sets: Uint8Array;
  /** The class of each byte. */
  readonly classes: Uint8Array;
  readonly classCount: number;
  readonly hasLooks: boolean;
  readonly hasUnicodeLooks: boolean;
  /** Every match begins where the text does. */
  readonly anchored: boolean;
}

interface Builder {
  readonly ops: number[];
  readonly args: number[];
  readonly nexts: number[];
  readonly ranges: Ranges[];
  readonly setIds: Map<string, number>;
}

export function compileNfa(node: Node): Nfa {
  const builder: Builder = { ops: [], args: [], nexts: [], ranges: [], setIds: new Map() };
  const match = add(builder, MATCH, 0, 0);
  const start = build(builder, node, match);
  const { ops, args, nexts, ranges } = builder;
  const looks = args.filter((_, state) => ops[state] === LOOK);
  const { classes, classCount } = classify(ranges, looks.length > 0);
  return {
    ops: Uint8Array.from(ops),
    args: Int32Array.from(args),
    nexts: Int32Array.from(nexts),
    start,
    sets: memberships(ranges, classes, classCount),
    classes,
    classCount,
    hasLooks: looks.length > 0,
    hasUnicodeLooks: looks.some((code) => code >= 16),
    anchored: isAnchored(node),
  };
}

function add(builder: Builder, op: number, arg: number, next: number): number {
  builder.ops.push(op);
  builder.args.push(arg);
  return builder.nexts.push(next) - 1;
}

function read(builder: Builder, ranges: Ranges, next: number): number {
  const key = ranges.join();
  let id = builder.setIds.get(key);
  if (id === undefined) {
    id = builder.ranges.push(ranges) - 1;
    builder.setIds.set(key, id);
  }
  return add(builder, READ, id, next);
}

/** Adds the states of a node that go on to `next`; gives the first. */
function build(builder: Builder, node: Node, next: number): number {
  switch (node.kind) {
    case "empty":
      return next;
    case "set":
      return read(builder, node.ranges, next);
    case "chars":
      return buildUtf8(builder, node.utf8, next, new Map());
    case "look":
      return add(builder, LOOK, codeOf(node.look, node.unicode), next);
    case "cat":
      return node.parts.reduceRight((target, part) => build(builder, part, target), next);
    case "alt":
      return fork(
        builder,
        node.parts.map((part) => build(builder, part, next)),
      );
    case "repeat":
      return buildRepeat(builder, node, next);
  }
}

function buildRepeat(builder: Builder, repeat: Node & { kind: "repeat" }, next: number): number {
  const { node, from, to } = repeat;
  let state = next;
  if (to === Infinity) {
    state = add(builder, FORK, next, next);
    // The loop's own state is known before its body is.
    builder.args[state] = build(builder, node, state);
  } else {
    for (let i = from; i < to; i++) state = add(builder, FORK, build(builder, node, state), next);
  }
  for (let i = 0; i < from; i++) state = build(builder, node, state);
  return state;
}

function fork(builder: Builder, targets: readonly number[]): number {
  return targets.reduceRight((rest, target) => add(builder, FORK, target, rest));
}

function buildUtf8(
  builder: Builder,
  node: Utf8Node,
  next: number,
  done: Map<Utf8Node, number>,
): number {
  const known = done.get(node);
  if (known !== undefined) return known;
  const targets = new Map<number, number[]>();
  for (const { lo, hi, to } of node.arcs) {
    const target = to ? buildUtf8(builder, to, next, done) : next;
    const ranges = targets.get(target) ?? [];
    ranges.push(lo, hi);
    targets.set(target, ranges);
  }
  // A set of nothing but surrogates has no arcs: no byte leads on from it.
  if (targets.size === 0) targets.set(next, []);
  const state = fork(
    builder,
    [...targets].map(([target, ranges]) => read(builder, ranges, target)),
  );
  done.set(node, state);
  return state;
}

/** Bytes belong together when no set holds one without the other, nor any condition tells them apart. */
function classify(sets: readonly Ranges[], byKind: boolean) {
  const cuts = new Uint8Array(257);
  for (const set of sets)
    for (let i = 0; i < set.length; i += 2) cuts[set[i]!] = cuts[set[i + 1]! + 1] = 1;
  if (byKind) for (let b = 1; b < 256; b++) if (kindOf(b) !== kindOf(b - 1)) cuts[b] = 1;
  const classes = new Uint8Array(256);
  let current = 0;
  for (let byte = 0; byte < 256; byte++) {
    if (byte > 0 && cuts[byte]) current++;
    classes[byte] = current;
  }
  return { classes, classCount: current + 1 };
}

function memberships(sets: readonly Ranges[], classes: Uint8Array, classCount: number): Uint8Array {
  const held = new Uint8Array(sets.length * classCount);
  for (const [id, set] of sets.entries())
    for (let i = 0; i < set.length; i += 2) {
      const row = id * classCount;
      held.fill(1, row + classes[set[i]!]!, row + classes[set[i + 1]!]! + 1);
    }
  return held;
}

function isAnchored(node: Node): boolean {
  if (node.kind === "look") return node.look === "start";
  if (node.kind === "cat") return isAnchored(node.parts[0]!);
  if (node.kind === "alt") return node.parts.every(isAnchored);
  return node.kind === "repeat" && node.from > 0 && isAnchored(node.node);
}
