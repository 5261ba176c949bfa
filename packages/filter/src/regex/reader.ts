// The cursor every part of the pattern parser shares: position, flags in force, and the error type.
import type { Tables } from "./unicode.ts";

/** Flags of a group: i, m, s, x as usual, u for Unicode, R for CRLF lines, U for lazy repetitions. */
export type Flag = "i" | "m" | "s" | "x" | "u" | "R" | "U";
export const FLAGS: ReadonlySet<string> = new Set(["i", "m", "s", "x", "u", "R", "U"]);

/** A mistake in a pattern; `start` and `end` are offsets in it. */
export interface PatternMistake {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** Carries a mistake out of the recursive parser; `parsePattern` turns it into a value. */
export class PatternError extends Error {
  readonly mistake: PatternMistake;
  constructor(mistake: PatternMistake) {
    super(mistake.message);
    this.mistake = mistake;
  }
}

/** State of one parse. */
export interface Reader {
  readonly source: string;
  at: number;
  flags: ReadonlySet<string>;
  readonly names: Set<string>;
  readonly tables: Tables;
  /** Open groups and classes. */
  open: number;
}

const SPACE = /^\p{White_Space}$/u;

export function createReader(source: string, tables: Tables): Reader {
  return { source, at: 0, flags: new Set(), names: new Set(), tables, open: 0 };
}

export function fail(reader: Reader, message: string, start: number, end = reader.at): never {
  throw new PatternError({ message, start, end: Math.max(end, start) });
}

/** The character here, "" at the end. */
export function here(reader: Reader): string {
  const code = reader.source.codePointAt(reader.at);
  return code === undefined ? "" : String.fromCodePoint(code);
}

/** The code point of a character; a lone surrogate is U+FFFD, as it is in texts. */
export function codeOf(char: string): number {
  return char.toWellFormed().codePointAt(0) ?? 0;
}

export function isSpace(char: string): boolean {
  return SPACE.test(char);
}

/** Moves behind the character here; false when the pattern ends there. */
export function bump(reader: Reader): boolean {
  reader.at += here(reader).length;
  return reader.at < reader.source.length;
}

/** Moves behind the character here and what `x` ignores; false when the pattern ends there. */
export function bumpOver(reader: Reader): boolean {
  bump(reader);
  skipIgnored(reader);
  return reader.at < reader.source.length;
}

/** Skips blanks and comments where the flag `x` is set. */
export function skipIgnored(reader: Reader): void {
  if (reader.flags.has("x")) reader.at = behindIgnored(reader.source, reader.at);
}

/** The character after the one here, blanks and comments skipped under `x`. */
export function next(reader: Reader): string {
  const after = reader.at + here(reader).length;
  const at = reader.flags.has("x") ? behindIgnored(reader.source, after) : after;
  return reader.source.charAt(at);
}

function behindIgnored(source: string, from: number): number {
  let at = from;
  for (;;) {
    if (isSpace(source.charAt(at))) at++;
    else if (source[at] === "#") {
      const line = source.indexOf("\n", at);
      if (line < 0) return source.length;
      at = line + 1;
    } else return at;
  }
}

/** Moves behind `text` when it stands here. */
export function take(reader: Reader, text: string): boolean {
  if (!reader.source.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
}
