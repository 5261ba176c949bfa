// Where a router ignores case the canonical path is in lower case, and text with upper case letters never
// equals a part of it. A deny list written so would let everybody in without a word.
import {
  parse,
  type Expression,
  type Literal,
  type ParseOptions,
  type SetItem,
  type Value,
} from "@arcjet/filter";

const FIELD = "http.request.uri.path.canonical";
const UPPER = /[A-Z]/;
const FIRST = 65;
const LAST = 90;

type Pattern = (Literal & { readonly kind: "pattern" })["node"];

/**
 * Warnings about expressions that compare the canonical path with text it cannot hold where case is ignored.
 *
 * @example
 * findUpperCase(['http.request.uri.path.canonical eq "/Admin"'])[0]; // "`http.… eq "/Admin"` never matches: …"
 */
export function findUpperCase(
  expressions: readonly string[],
  options: ParseOptions = {},
): readonly string[] {
  return expressions
    .filter((text) => comparesUpperCase(parse(text, options)))
    .map(
      (text) =>
        `\`${text}\` has upper case letters, and the canonical path has none where the router ignores case, as here; write the text in lower case`,
    );
}

function comparesUpperCase(expression: Expression): boolean {
  switch (expression.kind) {
    case "not":
      return comparesUpperCase(expression.operand);
    case "any":
    case "all":
      return comparesUpperCase(expression.test);
    case "test":
      return callsWithUpperCase(expression.value);
    case "compare":
      // The plain `wildcard` ignores case by itself.
      if (expression.operator === "wildcard") return false;
      return isCanonical(expression.left)
        ? hasUpperCase(expression.right)
        : callsWithUpperCase(expression.left);
    default:
      return expression.operands.some(comparesUpperCase);
  }
}

const isCanonical = (value: Value): boolean => value.kind === "field" && value.name === FIELD;

/** `starts_with(path, "/Admin")` and its like. */
function callsWithUpperCase(value: Value): boolean {
  if (value.kind !== "call") return false;
  const asksForPath = value.args.some((arg) => arg.kind === "field" && isCanonical(arg));
  return asksForPath && value.args.some((arg) => arg.kind === "text" && UPPER.test(arg.bytes));
}

function hasUpperCase(literal: Literal | SetItem): boolean {
  if (literal.kind === "text") return UPPER.test(literal.bytes);
  if (literal.kind === "pattern") return asksForUpperCase(literal.node);
  return "items" in literal && literal.items.some(hasUpperCase);
}

/** Whether nothing in lower case alone can match a pattern. */
function asksForUpperCase(node: Pattern): boolean {
  switch (node.kind) {
    case "set":
    case "chars":
      // Pairs of first and last character, in order.
      return node.ranges.length > 0 && node.ranges[0]! >= FIRST && node.ranges.at(-1)! <= LAST;
    case "cat":
      return node.parts.some(asksForUpperCase);
    case "alt":
      return node.parts.every(asksForUpperCase);
    case "repeat":
      return node.from > 0 && asksForUpperCase(node.node);
    default:
      return false;
  }
}
