// What follows a backslash: a character, a class such as \d, or a condition such as \b.
import type { Look } from "./node.ts";
import { intersect, MAX_BYTE, MAX_CODE_POINT, negate, type Ranges } from "./ranges.ts";
import { bump, bumpOver, fail, here, type Reader } from "./reader.ts";
import { property, UNICODE_DIGIT, UNICODE_SPACE, UNICODE_WORD } from "./unicode.ts";

/** A character of the pattern; `byte` when it was written \xHH and stands for a byte outside Unicode mode. */
export interface Literal {
  readonly kind: "literal";
  readonly code: number;
  readonly byte: boolean;
}

/** One thing a pattern or a class may hold. */
export type Item =
  | Literal
  | { readonly kind: "ranges"; readonly ranges: Ranges }
  | { readonly kind: "look"; readonly look: Look };

const HEX_DIGITS = { x: 2, u: 4, U: 8 } as const;
const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };
const LOOKS: Readonly<Record<string, Look>> = {
  A: "start",
  z: "end",
  B: "notWord",
  "<": "wordStart",
  ">": "wordEnd",
};
const BOUNDARIES: Readonly<Record<string, Look>> = {
  start: "wordStart",
  end: "wordEnd",
  "start-half": "wordStartHalf",
  "end-half": "wordEndHalf",
};
export const ASCII_WORD: Ranges = [48, 57, 65, 90, 95, 95, 97, 122];
const ASCII_SPACE: Ranges = [9, 13, 32, 32];

export function parseEscape(reader: Reader): Item {
  const start = reader.at;
  if (!bump(reader)) return fail(reader, "a lone backslash ends the pattern", start);
  const char = here(reader);
  if (/^[0-9]$/.test(char)) {
    bump(reader);
    return fail(reader, "back-references are not supported, nor octal escapes", start);
  }
  if (char === "x" || char === "u" || char === "U") return parseHex(reader, char, start);
  if (char === "p" || char === "P") return parseProperty(reader, char === "P", start);
  bump(reader);
  if (/^[dswDSW]$/.test(char)) return { kind: "ranges", ranges: perlClass(reader, char) };
  if (char === "b") return { kind: "look", look: parseBoundary(reader) };
  const look = LOOKS[char];
  if (look) return { kind: "look", look };
  const control = CONTROLS[char];
  if (control !== undefined) return literal(control);
  if (/^[^A-Za-z0-9]$/.test(char) && char.charCodeAt(0) < 0x80) return literal(char.charCodeAt(0));
  return fail(reader, `unknown escape \`\\${char}\``, start);
}

export function literal(code: number, byte = false): Literal {
  return { kind: "literal", code, byte };
}

function perlClass(reader: Reader, char: string): Ranges {
  const unicode = reader.flags.has("u");
  const positive = {
    d: () => (unicode ? reader.tables.codePoints(UNICODE_DIGIT) : [48, 57]),
    s: () => (unicode ? reader.tables.codePoints(UNICODE_SPACE) : ASCII_SPACE),
    w: () => (unicode ? reader.tables.codePoints(UNICODE_WORD) : ASCII_WORD),
  }[char.toLowerCase() as "d" | "s" | "w"](); // The caller has matched the letter.
  return char === char.toLowerCase() ? positive : negate(positive, top(reader));
}

/** The greatest member a class can have here. */
export function top(reader: Reader): number {
  return reader.flags.has("u") ? MAX_CODE_POINT : MAX_BYTE;
}

function parseHex(reader: Reader, kind: "x" | "u" | "U", start: number): Literal {
  if (!bumpOver(reader)) return fail(reader, "the escape sequence is not finished", start);
  if (here(reader) === "{") return parseBraced(reader, start);
  let digits = "";
  for (let i = 0; i < HEX_DIGITS[kind]; i++) {
    if (i > 0 && !bumpOver(reader))
      return fail(reader, "the escape sequence is not finished", start);
    digits += hexDigit(reader);
  }
  bumpOver(reader);
  return scalar(reader, digits, kind === "x", start);
}

function parseBraced(reader: Reader, start: number): Literal {
  let digits = "";
  while (bumpOver(reader) && here(reader) !== "}") digits += hexDigit(reader);
  if (here(reader) === "") return fail(reader, "the escape sequence is not closed by `}`", start);
  bumpOver(reader);
  if (digits === "") return fail(reader, "the escape sequence has no digits", start);
  return scalar(reader, digits, false, start);
}

function hexDigit(reader: Reader): string {
  const char = here(reader);
  if (/^[0-9A-Fa-f]$/.test(char)) return char;
  return fail(reader, "expected a hexadecimal digit", reader.at, reader.at + char.length);
}

function scalar(reader: Reader, digits: string, byte: boolean, start: number): Literal {
  const code = Number.parseInt(digits, 16);
  if (code > MAX_CODE_POINT || (code >= 0xd800 && code <= 0xdfff))
    return fail(reader, `\`${digits}\` is not a Unicode scalar value`, start);
  return literal(code, byte);
}

function parseProperty(reader: Reader, inverted: boolean, start: number): Item {
  if (!bumpOver(reader)) return fail(reader, "the property has no name", start);
  let name = "";
  if (here(reader) === "{") {
    while (bumpOver(reader) && here(reader) !== "}") name += here(reader);
    if (here(reader) === "") return fail(reader, "the property is not closed by `}`", start);
    bump(reader);
  } else {
    name = here(reader);
    if (name === "\\") return fail(reader, "the property has no name", start);
    bumpOver(reader);
  }
  if (!reader.flags.has("u"))
    return fail(reader, "Unicode properties need Unicode mode: write `(?u)` before it", start);
  const negated = inverted !== name.includes("!=");
  const ranges = property(reader.tables, name.replace("!=", "="));
  if (!ranges) return fail(reader, `unknown Unicode property \`${name}\``, start);
  const folded = reader.flags.has("i") ? reader.tables.fold(ranges) : ranges;
  return {
    kind: "ranges",
    ranges: negated ? negate(folded, MAX_CODE_POINT) : intersect(folded, [0, MAX_CODE_POINT]),
  };
}

/** Behind `\b`: perhaps `{start}` and the like; what does not begin like a name is a repetition. */
function parseBoundary(reader: Reader): Look {
  if (here(reader) !== "{") return "word";
  const start = reader.at;
  if (!bumpOver(reader)) return fail(reader, "expected a name of a word boundary", start);
  if (!/^[-A-Za-z]$/.test(here(reader))) {
    reader.at = start;
    return "word";
  }
  let name = "";
  while (/^[-A-Za-z]$/.test(here(reader))) {
    name += here(reader);
    bumpOver(reader);
  }
  if (here(reader) !== "}") return fail(reader, "the word boundary is not closed by `}`", start);
  bump(reader);
  return BOUNDARIES[name] ?? fail(reader, `unknown word boundary \`${name}\``, start);
}
