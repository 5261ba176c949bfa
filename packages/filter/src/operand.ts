// What stands behind an operator. The type of the left side decides how it is read.
import type { IpLiteral, Literal, PatternLiteral, SetItem, TextLiteral, Value } from "./ast.ts";
import { addressWords, parseAddressRange } from "./address.ts";
import {
  atText,
  fail,
  failHere,
  here,
  readBytes,
  readName,
  readPattern,
  readText,
  run,
  skip,
  take,
  type Cursor,
} from "./lexer.ts";
import { listItems, type Lists } from "./lists.ts";
import { readInt } from "./numbers.ts";
import { parsePattern } from "./regex/parse.ts";
import { FIELDS, type Operator } from "./scheme.ts";
import { suggest } from "./suggest.ts";
import { parseWildcard } from "./wildcard.ts";

const ADDRESS = /[0-9A-Fa-f:./]*/y;
const TWO_BYTES = /^[0-9A-Fa-f+][0-9A-Fa-f][:.-][0-9A-Fa-f+]/;

/** How literals on the right are read: as text, numbers or addresses. */
type Reading = "text" | "int" | "ip";

export function readOperand(
  cursor: Cursor,
  left: Value,
  operator: Operator,
  lists: Lists,
): Literal {
  if (operator === "in") return readMembers(cursor, left, lists);
  if (operator === "matches") return readMatch(cursor);
  if (operator === "wildcard" || operator === "strict wildcard") return readWildcard(cursor);
  const reading = readingOf(cursor, left);
  if (reading === "int") return { kind: "int", value: readInt(cursor) };
  return reading === "ip" ? readAddress(cursor) : readTextLiteral(cursor);
}

/** Text that is a number is compared as one when a number stands on the right. */
function readingOf(cursor: Cursor, left: Value): Reading {
  if (left.type.base === "Ip") return "ip";
  if (left.type.base === "Int") return "int";
  const numeric = left.kind === "field" && FIELDS.get(left.name)?.numeric;
  const rest = cursor.source.slice(cursor.at, cursor.at + 4);
  return numeric && /^[-0-9]/.test(rest) && !TWO_BYTES.test(rest) ? "int" : "text";
}

function readTextLiteral(cursor: Cursor): TextLiteral {
  return { kind: "text", bytes: atText(cursor) ? readText(cursor) : readBytes(cursor) };
}

function readAddress(cursor: Cursor): IpLiteral {
  const start = cursor.at;
  const text = run(cursor, ADDRESS);
  const words = addressWords(text);
  if (words !== undefined) return { kind: "ip", text, first: words, last: words };
  const hint =
    here(cursor) === '"'
      ? "addresses are not quoted"
      : text.includes("/")
        ? "a block goes with `in`: ip.src in {10.0.0.0/8}"
        : undefined;
  return fail(
    cursor,
    "literal",
    start,
    Math.max(cursor.at, start + 1),
    "expected an IP address",
    hint,
  );
}

function readMembers(cursor: Cursor, left: Value, lists: Lists): Literal {
  if (here(cursor) === "$") return readList(cursor, left, lists);
  if (!take(cursor, "{"))
    failHere(
      cursor,
      "syntax",
      "expected { and the members of the set",
      'as in {"AT" "BE"} or {10.0.0.0/8}',
    );
  skip(cursor);
  const reading = readingOf(cursor, left);
  const items: SetItem[] = [];
  while (!take(cursor, "}")) {
    if (here(cursor) === "") failHere(cursor, "syntax", "the set is not closed by }");
    if (here(cursor) === ",")
      failHere(cursor, "syntax", "members of a set are separated by blanks, not by commas");
    items.push(readMember(cursor, reading));
    skip(cursor);
  }
  return { kind: "set", items };
}

function readMember(cursor: Cursor, reading: Reading): SetItem {
  if (reading === "text") return readTextLiteral(cursor);
  return reading === "int" ? readIntMember(cursor) : readIpMember(cursor);
}

function readIntMember(cursor: Cursor): SetItem {
  const start = cursor.at;
  const first = readInt(cursor);
  if (!take(cursor, "..")) return { kind: "int", value: first };
  const last = readInt(cursor);
  if (first > last) fail(cursor, "literal", start, cursor.at, "a range begins with its lower end");
  return { kind: "int-range", first, last };
}

function readIpMember(cursor: Cursor): IpLiteral {
  const start = cursor.at;
  const text = run(cursor, ADDRESS);
  if (text === "")
    fail(
      cursor,
      "literal",
      start,
      start + 1,
      "expected an address, a block or a range",
      here(cursor) === '"' ? "addresses are not quoted" : undefined,
    );
  const range = parseAddressRange(text);
  if (typeof range === "string") return fail(cursor, "literal", start, cursor.at, range);
  return { kind: "ip", text, ...range };
}

function readList(cursor: Cursor, left: Value, lists: Lists): Literal {
  const start = cursor.at++;
  const name = readName(cursor, "the name of a list");
  const values = Object.hasOwn(lists, name) ? lists[name] : undefined;
  if (!values) {
    const known = suggest(name, Object.keys(lists));
    return fail(
      cursor,
      "unknown-list",
      start,
      cursor.at,
      `there is no list \`${name}\``,
      known === undefined ? "give it in the option `lists`" : `did you mean $${known}?`,
    );
  }
  const items = listItems(values, left);
  if (typeof items === "string") return fail(cursor, "type", start, cursor.at, items);
  return { kind: "list", name, items };
}

function readMatch(cursor: Cursor): PatternLiteral {
  requireText(cursor);
  const { source, start, shifts } = readPattern(cursor);
  const parsed = parsePattern(source, cursor.tables);
  if ("message" in parsed) {
    const place = (offset: number) =>
      start + offset + shifts.filter((shift) => shift < offset).length;
    return fail(cursor, "pattern", place(parsed.start), place(parsed.end), parsed.message);
  }
  return { kind: "pattern", source, node: parsed };
}

function readWildcard(cursor: Cursor): TextLiteral {
  requireText(cursor);
  const start = cursor.at;
  const bytes = readText(cursor);
  const parts = parseWildcard(bytes);
  if (typeof parts === "string") fail(cursor, "pattern", start, cursor.at, parts);
  return { kind: "text", bytes };
}

function requireText(cursor: Cursor): void {
  if (here(cursor) === '"' || here(cursor) === "r") return;
  failHere(
    cursor,
    "literal",
    "expected a quoted text",
    here(cursor) === "'" ? "texts stand in double quotes" : undefined,
  );
}
