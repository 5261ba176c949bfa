// Types: what an index gives, what a function takes, which operator goes with what.
import { EACH, type TextLiteral, type Value } from "./ast.ts";
import { fail, type Cursor } from "./lexer.ts";
import type { Base, FunctionType, Operator, Type } from "./scheme.ts";

const ORDERING: readonly Operator[] = ["eq", "ne", "ge", "le", "gt", "lt", "in"];
const ALLOWED: Readonly<Record<Base, readonly Operator[]>> = {
  Bytes: [...ORDERING, "contains", "matches", "wildcard", "strict wildcard"],
  Int: [...ORDERING, "bitwise_and"],
  Ip: ORDERING,
  Bool: [],
};
const NAMES: Readonly<Record<Base, string>> = {
  Bytes: "text",
  Int: "a number",
  Ip: "an address",
  Bool: "true or false",
};

/** A type in words. */
export function describe({ base, shape }: Type): string {
  if (shape === "one") return NAMES[base];
  return shape === "map" ? "a map of texts" : `a list of values, each ${NAMES[base]}`;
}

export function indexType(
  cursor: Cursor,
  of: Value,
  key: string | number | null,
  start: number,
): Type {
  const { base, shape } = of.type;
  if (key === EACH && (shape === "map" || shape === "array")) return { base, shape: "each" };
  if (typeof key === "string" && shape === "map") return { base, shape: "one" };
  if (typeof key === "number" && shape === "array") return { base, shape: "one" };
  const remedy =
    shape === "map"
      ? 'a map is indexed by a quoted key, as in http.request.headers["accept"]'
      : shape === "array"
        ? "a list is indexed by a position, as in [0]"
        : undefined;
  return fail(
    cursor,
    "type",
    start,
    cursor.at,
    `${describe(of.type)} cannot be indexed like this`,
    remedy,
  );
}

/** The type of a call; several values in, several out. */
export function callType(
  cursor: Cursor,
  name: string,
  fn: FunctionType,
  args: readonly (Value | TextLiteral)[],
  start: number,
): Type {
  if (args.length < fn.min || args.length > fn.max)
    fail(cursor, "type", start, cursor.at, `${name}() takes ${countOf(fn)}, got ${args.length}`);
  let each = 0;
  for (const [position, arg] of args.entries()) {
    if (arg.kind === "text") continue;
    const { base, shape } = arg.type;
    if (shape === "each") each++;
    if ((shape === "one" || shape === "each") && (fn.anyType || base === "Bytes")) continue;
    const wanted = fn.anyType ? "one value" : "text";
    fail(
      cursor,
      "type",
      arg.span.start,
      arg.span.end,
      `argument ${position + 1} of ${name}() must be ${wanted}, but this is ${describe(arg.type)}`,
    );
  }
  if (each > 1) fail(cursor, "type", start, cursor.at, "only one argument can hold [*]");
  return { base: fn.returns, shape: each > 0 ? "array" : "one" };
}

function countOf({ min, max }: FunctionType): string {
  if (min !== max) return `${min} to ${max} arguments`;
  return min === 1 ? "one argument" : `${min} arguments`;
}

/** Refuses a comparison of more than one value outside `any()` and `all()`, and the other way round. */
export function checkShape(cursor: Cursor, value: Value, quantified: boolean): void {
  const { shape } = value.type;
  const { start, end } = value.span;
  if (quantified ? shape === "each" || shape === "array" : shape === "one") return;
  if (quantified)
    fail(
      cursor,
      "type",
      start,
      end,
      `any() and all() look at a list, but this is ${describe(value.type)}`,
      "take all values of a map with [*]",
    );
  fail(
    cursor,
    "type",
    start,
    end,
    `this is ${describe(value.type)}, and one value is needed`,
    shape === "map"
      ? 'name one by its key: ["key"]'
      : "ask any(…) or all(…) of it, or take one by its position: [0]",
  );
}

export function checkOperator(
  cursor: Cursor,
  value: Value,
  operator: Operator,
  start: number,
): void {
  const { base } = value.type;
  if (ALLOWED[base].includes(operator)) return;
  fail(
    cursor,
    "type",
    start,
    cursor.at,
    `\`${operator}\` does not go with ${NAMES[base]}`,
    `${NAMES[base]} goes with ${ALLOWED[base].map((name) => `\`${name}\``).join(", ")}`,
  );
}
