// Whole numbers: decimal, `0x` hexadecimal, or octal after a leading zero, all within 64 bits.
import { fail, run, take, type Cursor } from "./lexer.ts";

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;

export function readInt(cursor: Cursor): bigint {
  const start = cursor.at;
  if (take(cursor, "0x"))
    return inRange(cursor, `0x${digits(cursor, start, /[0-9A-Fa-f]*/)}`, start);
  const negative = take(cursor, "-");
  const text = digits(cursor, start, /[0-9]*/);
  if (negative) return inRange(cursor, text, start, -1n);
  if (!text.startsWith("0")) return inRange(cursor, text, start);
  if (/[89]/.test(text))
    fail(
      cursor,
      "literal",
      start,
      cursor.at,
      "a number with a leading zero is octal",
      `write ${text.replace(/^0+/, "")}`,
    );
  return inRange(cursor, `0o${text}`, start);
}

function digits(cursor: Cursor, start: number, pattern: RegExp): string {
  return (
    run(cursor, pattern) || fail(cursor, "literal", start, cursor.at + 1, "expected a whole number")
  );
}

function inRange(cursor: Cursor, text: string, start: number, sign = 1n): bigint {
  const value = sign * BigInt(text);
  if (value >= MIN && value <= MAX) return value;
  return fail(cursor, "literal", start, cursor.at, "the number does not fit into 64 bits");
}
