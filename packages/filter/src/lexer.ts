// The language has no token boundaries: which characters belong together depends on what is expected
// (`47:45` is text after http.host, an address after ip.src), and keywords are read by prefix
// (`notip.src.vpn`). So the lexer is a cursor with one function per kind of token, and the parser asks.
import { FilterError, type FilterErrorKind } from "./error.ts";
import { startHint, textHint } from "./hints.ts";
import type { Tables } from "./regex/unicode.ts";
import { fromBytes, toBytes, trimSpace } from "./text.ts";

/** State of one parse; everything behind `end` is trailing space. */
export interface Cursor {
  readonly source: string;
  readonly end: number;
  at: number;
  /** Open parentheses, negations and calls. */
  depth: number;
  /** For patterns. */
  readonly tables: Tables;
}

const NAME = /[A-Za-z0-9_]*/y;
const HASHES = /#*/y;
const BYTES = /[0-9A-Fa-f+][0-9A-Fa-f](?:[:.-][0-9A-Fa-f+][0-9A-Fa-f])+/y;
const WORD = /[^\s"(){}]*/y;
/** Levels of parentheses, negations and calls. */
export const MAX_NESTING = 128;
/** `#` characters around a raw text. */
export const MAX_HASHES = 255;

export function createCursor(source: string, tables: Tables): Cursor {
  const inner = trimSpace(source);
  const at = source.indexOf(inner);
  return { source, end: at + inner.length, at, depth: 0, tables };
}

export function fail(
  cursor: Cursor,
  kind: FilterErrorKind,
  start: number,
  end: number,
  reason: string,
  hint?: string,
): never {
  throw new FilterError(kind, cursor.source, { start, end }, reason, hint);
}

/** A mistake in the character that is read next. */
export function failHere(
  cursor: Cursor,
  kind: FilterErrorKind,
  reason: string,
  hint?: string,
): never {
  return fail(cursor, kind, cursor.at, cursor.at + 1, reason, hint);
}

/** Runs a part of the parser one level deeper. */
export function deeper<T>(cursor: Cursor, inner: () => T): T {
  if (++cursor.depth > MAX_NESTING)
    failHere(cursor, "limit", `an expression has at most ${MAX_NESTING} levels`);
  const result = inner();
  cursor.depth--;
  return result;
}

/** Spaces and line breaks; a tab is not one of them. */
export function skip(cursor: Cursor): void {
  while (cursor.at < cursor.end && " \r\n".includes(cursor.source.charAt(cursor.at))) cursor.at++;
}

/** What has not been read yet. */
export function rest(cursor: Cursor): string {
  return cursor.source.slice(cursor.at, cursor.end);
}

export function here(cursor: Cursor): string {
  return cursor.at < cursor.end ? cursor.source.charAt(cursor.at) : "";
}

/** Moves behind `text` when it stands here. */
export function take(cursor: Cursor, text: string): boolean {
  if (!looksAt(cursor, text)) return false;
  cursor.at += text.length;
  return true;
}

export function looksAt(cursor: Cursor, text: string): boolean {
  return cursor.at + text.length <= cursor.end && cursor.source.startsWith(text, cursor.at);
}

/** What a sticky expression matches here, up to the end of the source. */
export function run(cursor: Cursor, sticky: RegExp): string {
  sticky.lastIndex = cursor.at;
  const text = (sticky.exec(cursor.source)?.[0] ?? "").slice(0, cursor.end - cursor.at);
  cursor.at += text.length;
  return text;
}

/** `name.name.name`, the longest there is. */
export function readName(cursor: Cursor, what = "a field or a function"): string {
  const start = cursor.at;
  for (;;) {
    const part = run(cursor, NAME);
    if (part === "" && cursor.at === start)
      return fail(cursor, "syntax", start, start + 1, `expected ${what}`, startHint(rest(cursor)));
    if (part === "") return failHere(cursor, "syntax", "expected a name behind the dot");
    if (!take(cursor, ".")) return cursor.source.slice(start, cursor.at);
  }
}

/** Whether a quoted or raw text begins here. */
export function atText(cursor: Cursor): boolean {
  return (
    here(cursor) === '"' ||
    (here(cursor) === "r" && /^["#]$/.test(cursor.source.charAt(cursor.at + 1)))
  );
}

/** A quoted or raw text, as bytes. */
export function readText(cursor: Cursor): string {
  return here(cursor) === "r" ? toBytes(readRaw(cursor)) : readQuoted(cursor);
}

/** `"…"` with the escapes `\"`, `\\`, `\xHH` and `\OOO`, as bytes. */
export function readQuoted(cursor: Cursor): string {
  const start = cursor.at;
  cursor.at++;
  let bytes = "";
  for (;;) {
    const from = cursor.at;
    while (cursor.at < cursor.end && !'"\\'.includes(cursor.source.charAt(cursor.at))) cursor.at++;
    bytes += toBytes(cursor.source.slice(from, cursor.at));
    if (cursor.at >= cursor.end) return unclosed(cursor, start);
    if (take(cursor, '"')) return bytes;
    bytes += readEscape(cursor);
  }
}

/** A key of a map: quoted, and UTF-8. */
export function readKey(cursor: Cursor): string {
  const start = cursor.at;
  const key = fromBytes(readQuoted(cursor));
  return key ?? fail(cursor, "literal", start, cursor.at, "a key must be UTF-8");
}

function readEscape(cursor: Cursor): string {
  const start = cursor.at;
  const after = cursor.source.slice(start + 1, Math.min(start + 4, cursor.end));
  const [, plain, hex, octal] =
    /^(?:(["\\])|x([0-9A-Fa-f+][0-9A-Fa-f])|([0-3][0-7]{2}))/.exec(after) ?? [];
  if (plain !== undefined) {
    cursor.at += 2;
    return plain;
  }
  const code =
    hex === undefined ? Number.parseInt(octal ?? "", 8) : Number.parseInt(hex.replace("+", ""), 16);
  if (Number.isNaN(code))
    fail(
      cursor,
      "literal",
      start,
      start + 2,
      'expected \\", \\\\, \\x with two hexadecimal digits or \\ with three octal ones',
      'a raw text has no escapes: r"C:\\dir"; a line break can stand in a text as it is',
    );
  cursor.at = start + 4;
  return String.fromCharCode(code);
}

/** `r"…"`, `r#"…"#` and so on: everything up to a quote with as many `#` behind it. */
export function readRaw(cursor: Cursor): string {
  const start = cursor.at;
  cursor.at++;
  const hashes = run(cursor, HASHES);
  if (hashes.length > MAX_HASHES)
    fail(cursor, "literal", start, cursor.at, `more than ${MAX_HASHES} #`);
  if (!take(cursor, '"')) failHere(cursor, "literal", 'expected " or # after r');
  const end = cursor.source.slice(0, cursor.end).indexOf(`"${hashes}`, cursor.at);
  if (end < 0) return unclosed(cursor, start);
  const text = cursor.source.slice(cursor.at, end);
  cursor.at = end + 1 + hashes.length;
  return text;
}

/**
 * A pattern: raw, or quoted. In quotes only `\"` loses its backslash, and only outside a class; a
 * quote within a class does not end it. `shifts` are the places where a backslash was dropped.
 */
export function readPattern(cursor: Cursor): { source: string; start: number; shifts: number[] } {
  const opened = cursor.at;
  if (here(cursor) === "r") {
    const source = readRaw(cursor);
    const start = cursor.source.indexOf('"', opened) + 1;
    return { source, start, shifts: [] };
  }
  const start = ++cursor.at;
  const shifts: number[] = [];
  let source = "";
  let inClass = false;
  for (; cursor.at < cursor.end; cursor.at++) {
    const char = here(cursor);
    if (char === "\\") {
      const escaped = cursor.source.slice(cursor.at + 1, Math.min(cursor.at + 2, cursor.end));
      if (inClass || escaped !== '"') source += char;
      else shifts.push(source.length);
      source += escaped;
      cursor.at++;
    } else if (char === '"' && !inClass) {
      cursor.at++;
      return { source, start, shifts };
    } else {
      if (char === "[") inClass = true;
      if (char === "]") inClass = false;
      source += char;
    }
  }
  return unclosed(
    cursor,
    opened,
    inClass ? "`[` opens a class, in which a quote is a character" : undefined,
  );
}

function unclosed(cursor: Cursor, start: number, hint?: string): never {
  return fail(cursor, "literal", start, cursor.end, 'the text is not closed by "', hint);
}

/** Text as bytes in hexadecimal: `47:45:54`, two at least, also with `-` or `.` between. */
export function readBytes(cursor: Cursor): string {
  const start = cursor.at;
  const written = run(cursor, BYTES);
  if (written === "") {
    const shown = run(cursor, WORD) || here(cursor);
    fail(
      cursor,
      "literal",
      start,
      start + Math.max(1, shown.length),
      "expected a text",
      textHint(shown),
    );
  }
  if (/^[:.-]$/.test(here(cursor)))
    failHere(cursor, "literal", "expected two hexadecimal digits after this");
  const digits = written.split(/[:.-]/);
  return String.fromCharCode(...digits.map((pair) => Number.parseInt(pair.replace("+", ""), 16)));
}
