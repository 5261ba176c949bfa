// Parses what has a value: a field, `field["key"]`, `field[*]`, and calls of functions with those.
import { EACH, type TextLiteral, type Value } from "./ast.ts";
import { callType, indexType } from "./checker.ts";
import { fieldHint, functionHint } from "./hints.ts";
import {
  atText,
  deeper,
  fail,
  failHere,
  here,
  looksAt,
  readKey,
  readName,
  readText,
  rest,
  skip,
  take,
  type Cursor,
} from "./lexer.ts";
import { readInt } from "./numbers.ts";
import { FIELDS, FUNCTIONS } from "./scheme.ts";

/** Highest position in a list. */
const MAX_INDEX = 0xffffffffn;

export function parseValue(cursor: Cursor): Value {
  const start = cursor.at;
  const name = readName(cursor);
  const field = FIELDS.get(name);
  let value: Value = field
    ? { kind: "field", name, type: field.type, span: { start, end: cursor.at } }
    : parseCall(cursor, name, start);
  while (take(cursor, "[")) {
    skip(cursor);
    const key = parseKey(cursor);
    skip(cursor);
    if (!take(cursor, "]")) failHere(cursor, "syntax", "expected ]");
    const type = indexType(cursor, value, key, start);
    value = { kind: "index", of: value, key, type, span: { start, end: cursor.at } };
  }
  return value;
}

function parseKey(cursor: Cursor): string | number | typeof EACH {
  const start = cursor.at;
  if (take(cursor, "*")) return EACH;
  if (here(cursor) === '"') return readKey(cursor);
  if (!/^[-0-9]$/.test(here(cursor)))
    return fail(
      cursor,
      "syntax",
      start,
      start + 1,
      "expected a quoted key, a position or *",
      /^[A-Za-z']$/.test(here(cursor)) ? "keys stand in double quotes" : undefined,
    );
  const position = readInt(cursor);
  if (position >= 0n && position <= MAX_INDEX) return Number(position);
  return fail(cursor, "literal", start, cursor.at, "this is not a position in a list");
}

function parseCall(cursor: Cursor, name: string, start: number): Value {
  const fn = FUNCTIONS.get(name);
  if (!fn) return unknownName(cursor, name, start);
  skip(cursor);
  if (!take(cursor, "(")) return failHere(cursor, "syntax", `expected ( after ${name}`);
  return deeper(cursor, () => {
    const args: (Value | TextLiteral)[] = [];
    skip(cursor);
    while (!looksAt(cursor, ")")) {
      if (args.length > 0 && !take(cursor, ",")) failHere(cursor, "syntax", "expected , or )");
      skip(cursor);
      args.push(parseArgument(cursor, name, fn.literalsFrom <= args.length));
      skip(cursor);
    }
    cursor.at++;
    const type = callType(cursor, name, fn, args, start);
    return { kind: "call", name: fn.name, args, type, span: { start, end: cursor.at } };
  });
}

function unknownName(cursor: Cursor, name: string, start: number): never {
  const isCall = here(cursor) === "(";
  const kind = isCall ? "unknown-function" : "unknown-field";
  const hint = isCall ? functionHint(name) : fieldHint(name, rest(cursor));
  const reason = `there is no ${isCall ? "function" : "field"} \`${name}\``;
  return fail(cursor, kind, start, start + name.length, reason, hint);
}

function parseArgument(cursor: Cursor, name: string, literalAllowed: boolean): Value | TextLiteral {
  if (!atText(cursor)) return parseValue(cursor);
  const start = cursor.at;
  const bytes = readText(cursor);
  if (literalAllowed) return { kind: "text", bytes };
  return fail(cursor, "type", start, cursor.at, `${name}() takes a field here, not a text`);
}
