// Writes a tree as an expression again, in one spelling: word operators, one blank, parentheses only
// where they change something. What is written parses to the same tree.
import {
  EACH,
  type Expression,
  type Literal,
  type SetItem,
  type TextLiteral,
  type Value,
} from "./ast.ts";
import { fromBytes } from "./text.ts";

const PRECEDENCE = { or: 1, xor: 2, and: 3 } as const;
const TIGHTEST = 4;

/**
 * Formats a parsed expression. With `inlineLists` a named list is written out as a set, so that the
 * expression can be compiled where the list is not known.
 *
 * @example
 * format(parse('http.host=="a"||!ip.src.tor')); // 'http.host eq "a" or not ip.src.tor'
 */
export function format(expression: Expression, inlineLists = false): string {
  switch (expression.kind) {
    case "or":
    case "xor":
    case "and":
      return expression.operands
        .map((operand) => within(operand, PRECEDENCE[expression.kind], inlineLists))
        .join(` ${expression.kind} `);
    case "not":
      return `not ${within(expression.operand, TIGHTEST - 1, inlineLists)}`;
    case "any":
    case "all":
      return `${expression.kind}(${format(expression.test, inlineLists)})`;
    case "test":
      return formatValue(expression.value);
    case "compare":
      return `${formatValue(expression.left)} ${expression.operator} ${formatLiteral(expression.right, inlineLists)}`;
  }
}

/** In parentheses unless it binds tighter than what it stands in. */
function within(expression: Expression, outer: number, inlineLists: boolean): string {
  const { kind } = expression;
  const own = kind === "or" || kind === "xor" || kind === "and" ? PRECEDENCE[kind] : TIGHTEST;
  const inner = format(expression, inlineLists);
  return own > outer ? inner : `(${inner})`;
}

/** A field, an index or a call. */
export function formatValue(value: Value | TextLiteral): string {
  switch (value.kind) {
    case "text":
      return quoteBytes(value.bytes);
    case "field":
      return value.name;
    case "call":
      return `${value.name}(${value.args.map(formatValue).join(", ")})`;
    case "index": {
      const key =
        value.key === EACH ? "*" : typeof value.key === "string" ? quote(value.key) : value.key;
      return `${formatValue(value.of)}[${key}]`;
    }
  }
}

function formatLiteral(literal: Literal | SetItem, inlineLists = false): string {
  switch (literal.kind) {
    case "text":
      return quoteBytes(literal.bytes);
    case "int":
      return String(literal.value);
    case "int-range":
      return `${literal.first}..${literal.last}`;
    case "ip":
      return literal.text;
    case "pattern":
      return raw(literal.source);
    case "list":
      if (!inlineLists) return `$${literal.name}`;
      return formatSet(literal.items);
    case "set":
      return formatSet(literal.items);
  }
}

function formatSet(items: readonly SetItem[]): string {
  return `{${items.map((item) => formatLiteral(item)).join(" ")}}`;
}

/** A text in double quotes; control characters are escaped, line breaks and tabs stand as they are. */
export function quote(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const escaped = text.replace(/["\\\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, (char) =>
    char === '"' || char === "\\" ? `\\${char}` : hex(char),
  );
  return `"${escaped}"`;
}

function quoteBytes(bytes: string): string {
  const text = fromBytes(bytes);
  if (text !== undefined) return quote(text);
  return `"${bytes.replace(/[^ !#-[\]-~]/g, hex)}"`;
}

function hex(char: string): string {
  return `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

/** A text in raw quotes, with as many `#` as it needs. */
export function raw(text: string): string {
  const runs = text.match(/"#*/g) ?? [];
  const hashes = "#".repeat(runs.reduce((most, run) => Math.max(most, run.length), 0));
  return `r${hashes}"${text}"${hashes}`;
}
