// Bracketed classes: `[a-z]`, `[^…]`, POSIX names, nested classes, and the set operators `&&` (both),
// `--` (without) and `~~` (one but not both), which have equal precedence and group from the left.
import { literal, parseEscape, top, type Item } from "./escape.ts";
import {
  difference,
  foldAscii,
  intersect,
  MAX_BYTE,
  negate,
  normalize,
  union,
  type Ranges,
} from "./ranges.ts";
import {
  bump,
  bumpOver,
  codeOf,
  fail,
  here,
  next,
  skipIgnored,
  take,
  type Reader,
} from "./reader.ts";

/** Classes within classes; the whole pattern has a limit of its own. */
export const MAX_OPEN = 250;

const POSIX: Readonly<Record<string, Ranges>> = {
  alnum: [48, 57, 65, 90, 97, 122],
  alpha: [65, 90, 97, 122],
  ascii: [0, 127],
  blank: [9, 9, 32, 32],
  cntrl: [0, 31, 127, 127],
  digit: [48, 57],
  graph: [33, 126],
  lower: [97, 122],
  print: [32, 126],
  punct: [33, 47, 58, 64, 91, 96, 123, 126],
  space: [9, 13, 32, 32],
  upper: [65, 90],
  word: [48, 57, 65, 90, 95, 95, 97, 122],
  xdigit: [48, 57, 65, 70, 97, 102],
};

/** Parses from the `[` to behind the matching `]`: bytes, or code points in Unicode mode. */
export function parseClass(reader: Reader): Ranges {
  const start = reader.at;
  if (++reader.open > MAX_OPEN) fail(reader, `more than ${MAX_OPEN} levels`, start, start + 1);
  const unclosed = () => fail(reader, "the character class is not closed by `]`", start, start + 1);
  const { negated, items: first } = parseOpening(reader, unclosed);
  let items: number[] = first;
  let left: Ranges | undefined;
  let combine: (a: Ranges, b: Ranges) => Ranges = union;
  const finish = () => {
    const right = folded(reader, normalize(items));
    return left === undefined ? right : combine(left, right);
  };
  for (;;) {
    skipIgnored(reader);
    const char = here(reader);
    if (char === "") return unclosed();
    const operator = setOperator(reader);
    if (operator) {
      left = finish();
      combine = operator;
      items = [];
    } else if (char === "]") {
      bump(reader);
      reader.open--;
      const ranges = finish();
      return negated ? negate(ranges, top(reader)) : ranges;
    } else if (char === "[") {
      items.push(...(parsePosix(reader) ?? parseClass(reader)));
    } else {
      items.push(...parseRange(reader, unclosed));
    }
  }
}

/** `[`, perhaps `^`, then hyphens, then perhaps a `]` that stands for itself. */
function parseOpening(
  reader: Reader,
  unclosed: () => never,
): { negated: boolean; items: number[] } {
  if (!bumpOver(reader)) unclosed();
  const negated = here(reader) === "^";
  if (negated && !bumpOver(reader)) unclosed();
  const items: number[] = [];
  while (here(reader) === "-") {
    items.push(45, 45);
    if (!bumpOver(reader)) unclosed();
  }
  if (items.length === 0 && here(reader) === "]") {
    items.push(93, 93);
    if (!bumpOver(reader)) unclosed();
  }
  return { negated, items };
}

function setOperator(reader: Reader): ((a: Ranges, b: Ranges) => Ranges) | undefined {
  if (take(reader, "&&")) return intersect;
  if (take(reader, "--")) return difference;
  if (take(reader, "~~")) return (a, b) => union(difference(a, b), difference(b, a));
  return undefined;
}

/** `[:name:]` or `[:^name:]`; anything else is a nested class. */
function parsePosix(reader: Reader): Ranges | undefined {
  const match = /^\[:(\^?)([a-z]+):\]/.exec(reader.source.slice(reader.at, reader.at + 12));
  const ranges = match && POSIX[match[2]!];
  if (!ranges) return undefined;
  reader.at += match[0].length;
  const whole = folded(reader, ranges);
  return match[1] ? negate(whole, top(reader)) : whole;
}

function parseRange(reader: Reader, unclosed: () => never): Ranges {
  const start = reader.at;
  const first = parseItem(reader);
  skipIgnored(reader);
  if (here(reader) === "") unclosed();
  const after = here(reader) === "-" ? next(reader) : "]";
  if (after === "]" || after === "-") return rangesOf(reader, first, start);
  if (!bumpOver(reader)) unclosed();
  const last = parseItem(reader);
  if (first.kind !== "literal" || last.kind !== "literal")
    return fail(reader, "both ends of a range must be characters", start);
  if (first.code > last.code) return fail(reader, "the range ends before it begins", start);
  return [member(reader, first, start), member(reader, last, start)];
}

function parseItem(reader: Reader): Item {
  const start = reader.at;
  const char = here(reader);
  if (char === "\\") {
    const item = parseEscape(reader);
    if (item.kind === "look") fail(reader, "this escape has no meaning in a class", start);
    return item;
  }
  bump(reader);
  return literal(codeOf(char));
}

function rangesOf(reader: Reader, item: Item, start: number): Ranges {
  if (item.kind === "ranges") return item.ranges;
  if (item.kind === "look") return [];
  const code = member(reader, item, start);
  return [code, code];
}

/** A literal as member of a class: outside Unicode mode only ASCII and bytes can be one. */
function member(reader: Reader, item: Item & { kind: "literal" }, start: number): number {
  if (!reader.flags.has("u") && item.code > (item.byte ? MAX_BYTE : 0x7f))
    fail(reader, "a class of bytes cannot hold this character: write `(?u)` before it", start);
  return item.code;
}

function folded(reader: Reader, ranges: Ranges): Ranges {
  if (!reader.flags.has("i")) return ranges;
  return reader.flags.has("u") ? reader.tables.fold(ranges) : foldAscii(ranges);
}
