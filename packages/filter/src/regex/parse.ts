// Parses a pattern in the dialect of Rust's regex crate as it is used on bytes: Unicode off unless
// `(?u)`, `$` only at the very end, no look-around, no back-references. Flags are resolved while
// parsing, so that what comes out (`Node`) no longer knows them.
import { MAX_OPEN, parseClass } from "./class.ts";
import { literal, parseEscape, type Item, type Literal } from "./escape.ts";
import {
  alternatives,
  byteSet,
  charSet,
  EMPTY,
  group,
  lookAt,
  repetition,
  sequence,
  type Node,
} from "./node.ts";
import { foldAscii, MAX_BYTE, MAX_CODE_POINT, negate } from "./ranges.ts";
import {
  bump,
  codeOf,
  bumpOver,
  createReader,
  fail,
  FLAGS,
  here,
  isSpace,
  PatternError,
  skipIgnored,
  take,
  type PatternMistake,
  type Reader,
} from "./reader.ts";
import type { Tables } from "./unicode.ts";

/** Levels of groups, sequences, alternatives and repetitions. */
export const MAX_DEPTH = 250;
/** Bytes the automaton of a pattern may take, with those that every pattern takes. */
export const MAX_SIZE = 10 * 1024 * 1024;
const FIXED_SIZE = 7 * 16;
const MAX_COUNT = 0xffffffff;

/** Parses a pattern; a mistake in it is returned, not thrown. */
export function parsePattern(source: string, tables: Tables): Node | PatternMistake {
  const reader = createReader(source, tables);
  const whole = { start: 0, end: source.length };
  try {
    const node = parseAlternatives(reader, -1);
    if (node.depth > MAX_DEPTH) return { message: `more than ${MAX_DEPTH} levels`, ...whole };
    if (node.size + FIXED_SIZE > MAX_SIZE)
      return { message: `the compiled pattern would exceed ${MAX_SIZE} bytes`, ...whole };
    return node;
  } catch (error) {
    if (error instanceof PatternError) return error.mistake;
    throw error;
  }
}

/** Up to the `)` of the group opened at `opened`, or to the end of the pattern when that is -1. */
function parseAlternatives(reader: Reader, opened: number): Node {
  const branches: Node[] = [];
  let parts: Part[] = [];
  for (;;) {
    skipIgnored(reader);
    const char = here(reader);
    if (char === "" || char === ")") {
      if ((char === "") !== opened < 0)
        fail(
          reader,
          char ? "no group is open" : "the group is not closed by `)`",
          char ? reader.at : opened,
          (char ? reader.at : opened) + 1,
        );
      branches.push(inSequence(parts));
      return alternatives(branches);
    }
    if (char === "|") {
      bump(reader);
      branches.push(inSequence(parts));
      parts = [];
    } else if (char === "(") {
      const part = parseGroup(reader);
      parts.push(part);
    } else if (char === "{") parts.push(counted(reader, parts.pop()));
    else if (char === "?" || char === "*" || char === "+")
      parts.push(simple(reader, parts.pop(), char));
    else parts.push({ node: parsePrimitive(reader), repeatable: true });
  }
}

/** A parsed part; a bare `(?flags)` is one that cannot be repeated. */
interface Part {
  readonly node: Node;
  readonly repeatable: boolean;
}

function inSequence(parts: readonly Part[]): Node {
  return sequence(parts.filter(({ repeatable }) => repeatable).map(({ node }) => node));
}

function simple(reader: Reader, part: Part | undefined, operator: "?" | "*" | "+"): Part {
  const node = repeated(reader, part, reader.at);
  if (bump(reader) && here(reader) === "?") bump(reader);
  const from = operator === "+" ? 1 : 0;
  return { node: repetition(node, from, operator === "?" ? 1 : Infinity), repeatable: true };
}

function repeated(reader: Reader, part: Part | undefined, at: number): Node {
  if (part?.repeatable) return part.node;
  return fail(reader, "there is nothing to repeat before this", at, at + 1);
}

/** `{n}`, `{n,}` or `{n,m}`. */
function counted(reader: Reader, part: Part | undefined): Part {
  const start = reader.at;
  const node = repeated(reader, part, start);
  const unclosed = () => fail(reader, "the counted repetition is not closed by `}`", start);
  if (!bumpOver(reader)) unclosed();
  const from = parseCount(reader);
  let to = from;
  if (here(reader) === "") unclosed();
  if (here(reader) === ",") {
    if (!bumpOver(reader)) unclosed();
    to = here(reader) === "}" ? Infinity : parseCount(reader);
  }
  if (here(reader) !== "}") unclosed();
  if (bumpOver(reader) && here(reader) === "?") bump(reader);
  if (from > to) fail(reader, "the repetition ends below where it begins", start);
  return { node: repetition(node, from, to), repeatable: true };
}

function parseCount(reader: Reader): number {
  const start = reader.at;
  while (isSpace(here(reader))) bump(reader);
  let digits = "";
  while (/^[0-9]$/.test(here(reader))) {
    digits += here(reader);
    bumpOver(reader);
  }
  while (isSpace(here(reader))) bump(reader);
  if (digits === "") return fail(reader, "expected a number", start, start + 1);
  if (Number(digits) > MAX_COUNT) return fail(reader, "the number is too large", start);
  return Number(digits);
}

function parseGroup(reader: Reader): Part {
  const start = reader.at;
  if (++reader.open > MAX_OPEN) fail(reader, `more than ${MAX_OPEN} levels`, start, start + 1);
  bump(reader);
  skipIgnored(reader);
  if (/^\?(?:=|!|<=|<!)/.test(reader.source.slice(reader.at, reader.at + 3)))
    fail(reader, "look-ahead and look-behind are not supported", start, reader.at + 2);
  const outer = reader.flags;
  let captures = true;
  if (take(reader, "?P<") || take(reader, "?<")) parseName(reader, start);
  else if (take(reader, "?")) {
    captures = false;
    const flags = parseFlags(reader, start);
    if (here(reader) === ")") {
      if (flags === outer) fail(reader, "a group of flags needs at least one", start);
      bump(reader);
      reader.open--;
      reader.flags = flags;
      return { node: EMPTY, repeatable: false };
    }
    bump(reader);
    reader.flags = flags;
  }
  const node = parseAlternatives(reader, start);
  bump(reader);
  reader.open--;
  reader.flags = outer;
  return { node: group(node, captures), repeatable: true };
}

function parseName(reader: Reader, opened: number): void {
  const start = reader.at;
  while (here(reader) !== ">") {
    const char = here(reader);
    if (char === "") fail(reader, "the name of the group is not closed by `>`", opened);
    const allowed = reader.at === start ? /^[_\p{Alphabetic}]$/u : /^[_.[\]\p{Alphabetic}\p{N}]$/u;
    if (!allowed.test(char))
      fail(reader, "a group name cannot hold this character", reader.at, reader.at + char.length);
    bump(reader);
  }
  const name = reader.source.slice(start, reader.at);
  if (name === "") fail(reader, "the name of the group is empty", opened);
  if (reader.names.has(name)) fail(reader, `there is already a group \`${name}\``, start);
  reader.names.add(name);
  bump(reader);
}

/** Flags up to `:` or `)`, added to and removed from those in force; the same set when there are none. */
function parseFlags(reader: Reader, opened: number): ReadonlySet<string> {
  const seen = new Set<string>();
  const flags = new Set(reader.flags);
  let dangling = false;
  for (; here(reader) !== ":" && here(reader) !== ")"; bump(reader)) {
    const char = here(reader);
    if (char === "") fail(reader, "the group is not closed by `)`", opened);
    if (char !== "-" && !FLAGS.has(char))
      fail(
        reader,
        `unknown flag \`${char}\`; known are i, m, s, x, u, R and U`,
        reader.at,
        reader.at + char.length,
      );
    if (seen.has(char)) fail(reader, `\`${char}\` stands here twice`, reader.at, reader.at + 1);
    dangling = char === "-";
    if (char !== "-") {
      if (seen.has("-")) flags.delete(char);
      else flags.add(char);
    }
    seen.add(char);
  }
  if (dangling) fail(reader, "no flag follows the `-`", reader.at - 1, reader.at);
  return seen.size === 0 ? reader.flags : flags;
}

function parsePrimitive(reader: Reader): Node {
  const char = here(reader);
  const { flags } = reader;
  if (char === "\\") return nodeOf(reader, parseEscape(reader));
  if (char === "[") {
    const ranges = parseClass(reader);
    return flags.has("u") ? charSet(ranges) : byteSet(ranges);
  }
  bump(reader);
  const suffix = flags.has("R") ? "LineCr" : "Line";
  if (char === "^") return lookAt(flags.has("m") ? `start${suffix}` : "start", false);
  if (char === "$") return lookAt(flags.has("m") ? `end${suffix}` : "end", false);
  if (char === ".") return dot(flags);
  return nodeOf(reader, literal(codeOf(char)));
}

function dot(flags: ReadonlySet<string>): Node {
  const excluded = flags.has("s") ? [] : flags.has("R") ? [10, 10, 13, 13] : [10, 10];
  return flags.has("u")
    ? charSet(negate(excluded, MAX_CODE_POINT))
    : byteSet(negate(excluded, MAX_BYTE));
}

function nodeOf(reader: Reader, item: Item): Node {
  const unicode = reader.flags.has("u");
  if (item.kind === "look") return lookAt(item.look, unicode);
  if (item.kind === "ranges") return unicode ? charSet(item.ranges) : byteSet(item.ranges);
  return literalNode(reader, item);
}

function literalNode(reader: Reader, { code, byte }: Literal): Node {
  const [unicode, fold] = [reader.flags.has("u"), reader.flags.has("i")];
  const ranges = [code, code];
  if (unicode) return charSet(fold ? reader.tables.fold(ranges) : ranges);
  if (byte || code < 0x80) return byteSet(fold ? foldAscii(ranges) : ranges);
  return charSet(ranges);
}
