// Whole numbers: decimal, `0x` hexadecimal, or octal after a leading zero, all within 64 bits.
import { fail, run, take, type Cursor } from "./lexer.ts";

const DIGITS = /[0-9A-Fa-f]*/y;
const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;

export function readInt(cursor: Cursor): bigint {
  const start = cursor.at;
  if (take(cursor, "0x")) return inRange(cursor, `0x${digits(cursor, start)}`, start);
  const negative = take(cursor, "-");
  const text = digits(cursor, start);
  const octal = !negative && text.startsWith("0");
  if (octal ? /[^0-7]/.test(text) : /[^0-9]/.test(text))
    fail(cursor, "literal", start, cursor.at, "this is not a whole number", remedy(text, octal));
  return octal
    ? inRange(cursor, `0o${text}`, start)
    : inRange(cursor, text, start, negative ? -1n : 1n);
}

/** A run of hexadecimal digits, whatever the base: letters right behind a number belong to it. */
function digits(cursor: Cursor, start: number): string {
  const text = run(cursor, DIGITS);
  return text || fail(cursor, "literal", start, cursor.at + 1, "expected a whole number");
}

function remedy(text: string, octal: boolean): string {
  if (!/[A-Fa-f]/.test(text)) return "a number with a leading zero is octal";
  return octal ? "hexadecimal numbers begin with 0x" : "a blank must follow a number";
}

function inRange(cursor: Cursor, text: string, start: number, sign = 1n): bigint {
  const value = sign * BigInt(text);
  if (value >= MIN && value <= MAX) return value;
  return fail(cursor, "literal", start, cursor.at, "the number does not fit into 64 bits");
}

/** A number as Rust prints it: never with an exponent. */
export function plainNumber(number: number): string {
  if (Object.is(number, -0)) return "-0";
  const text = String(number);
  const [, sign = "", whole = "", fraction = "", exponent] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const digits = whole + fraction;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, "0")}`;
}
