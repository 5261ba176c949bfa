// Recursive descent, one function per rule of the grammar. Precedence from loose to tight: or, xor,
// and, not. The checker is asked at each value and operator, since types decide what is read next.
import type { Expression } from "./ast.ts";
import { checkOperator, checkShape } from "./checker.ts";
import { operatorHint, restHint } from "./hints.ts";
import { createCursor, deeper, fail, here, rest, skip, take, type Cursor } from "./lexer.ts";
import type { Lists } from "./lists.ts";
import { readOperand } from "./operand.ts";
import { createTables, type Tables } from "./regex/unicode.ts";
import {
  COMBINATIONS,
  OPERATORS,
  QUANTIFIERS,
  type Combination,
  type Operator,
  type Quantifier,
} from "./scheme.ts";
import { byteLength } from "./text.ts";
import { parseValue } from "./value-parser.ts";

/** UTF-8 bytes of an expression. */
export const MAX_EXPRESSION_BYTES = 1_024;
const LEVELS: readonly Combination[] = ["or", "xor", "and"];

interface Parser {
  readonly cursor: Cursor;
  readonly lists: Lists;
}

export interface ParseOptions {
  /** Lists that `$name` refers to; none by default. */
  readonly lists?: Lists;
}

/**
 * Parses one expression into a typed tree; throws a `FilterError` that shows where it is wrong.
 *
 * @example
 * parse('http.request.method eq "POST"').kind; // "compare"
 */
export function parse(expression: string, options: ParseOptions = {}): Expression {
  return parseWith(expression, options, createTables());
}

/** The same with Unicode tables that several expressions share. */
export function parseWith(expression: string, options: ParseOptions, tables: Tables): Expression {
  const cursor = createCursor(expression, tables);
  const bytes = byteLength(expression);
  if (bytes > MAX_EXPRESSION_BYTES)
    fail(
      cursor,
      "limit",
      0,
      expression.length,
      `an expression has at most ${MAX_EXPRESSION_BYTES} bytes, this has ${bytes}`,
      "split it into several, or put values into `lists`",
    );
  const parser: Parser = { cursor, lists: options.lists ?? {} };
  const parsed = parseLevel(parser, 0);
  if (cursor.at < cursor.end) {
    fail(
      cursor,
      "syntax",
      cursor.at,
      cursor.end,
      "expected `and`, `or`, `xor` or the end",
      restHint(rest(cursor), endsInFlag(parsed)),
    );
  }
  return parsed;
}

function endsInFlag(expression: Expression): boolean {
  if (expression.kind === "not") return endsInFlag(expression.operand);
  return "operands" in expression
    ? endsInFlag(expression.operands.at(-1)!)
    : expression.kind === "test";
}

function parseLevel(parser: Parser, level: number): Expression {
  const combination = LEVELS[level];
  if (combination === undefined) return parseSimple(parser);
  const { cursor } = parser;
  const operands = [parseLevel(parser, level + 1)];
  for (skip(cursor); takeCombination(cursor, combination); skip(cursor)) {
    skip(cursor);
    operands.push(parseLevel(parser, level + 1));
  }
  if (operands.length === 1) return operands[0]!;
  return {
    kind: combination,
    operands,
    span: { start: operands[0]!.span.start, end: operands.at(-1)!.span.end },
  };
}

function takeCombination(cursor: Cursor, wanted: Combination): boolean {
  return COMBINATIONS.some(([text, combination]) => combination === wanted && take(cursor, text));
}

function parseSimple(parser: Parser): Expression {
  const { cursor } = parser;
  const start = cursor.at;
  if (take(cursor, "("))
    return deeper(cursor, () => {
      skip(cursor);
      const inner = parseLevel(parser, 0);
      skip(cursor);
      close(cursor, start);
      return { ...inner, span: { start, end: cursor.at } };
    });
  if (take(cursor, "not") || take(cursor, "!"))
    return deeper(cursor, () => {
      skip(cursor);
      const operand = parseSimple(parser);
      return { kind: "not", operand, span: { start, end: cursor.at } };
    });
  const quantifier = takeQuantifier(cursor);
  if (quantifier) return parseQuantified(parser, quantifier, start);
  return parseComparison(parser, false);
}

function close(cursor: Cursor, opened: number): void {
  if (take(cursor, ")")) return;
  const reason = here(cursor) === "" ? "the parenthesis is not closed" : "expected )";
  const at = here(cursor) === "" ? opened : cursor.at;
  const hint = restHint(rest(cursor), true);
  fail(cursor, "syntax", at, at + 1, reason, hint);
}

/** `any` or `all`, when a parenthesis follows. */
function takeQuantifier(cursor: Cursor): Quantifier | undefined {
  const start = cursor.at;
  const quantifier = QUANTIFIERS.find((name) => take(cursor, name));
  if (!quantifier) return undefined;
  skip(cursor);
  if (take(cursor, "(")) return quantifier;
  cursor.at = start;
  return undefined;
}

function parseQuantified(parser: Parser, kind: Quantifier, start: number): Expression {
  const { cursor } = parser;
  return deeper(cursor, () => {
    skip(cursor);
    const test = parseComparison(parser, true);
    skip(cursor);
    close(cursor, start);
    return { kind, test, span: { start, end: cursor.at } };
  });
}

function parseComparison(
  parser: Parser,
  quantified: boolean,
): Expression & { readonly kind: "compare" | "test" } {
  const { cursor } = parser;
  const left = parseValue(cursor);
  const { start } = left.span;
  if (left.type.base === "Bool") {
    checkShape(cursor, left, quantified);
    return { kind: "test", value: left, span: left.span };
  }
  skip(cursor);
  const at = cursor.at;
  const operator = takeOperator(cursor);
  checkShape(cursor, left, quantified);
  checkOperator(cursor, left, operator, at);
  skip(cursor);
  const right = readOperand(cursor, left, operator, parser.lists);
  return { kind: "compare", left, operator, right, span: { start, end: cursor.at } };
}

function takeOperator(cursor: Cursor): Operator {
  const found = OPERATORS.find(([text]) => take(cursor, text));
  if (found) return found[1];
  const unread = rest(cursor);
  const length = /^[A-Za-z_]+|/.exec(unread)?.[0].length ?? 0;
  return fail(
    cursor,
    "syntax",
    cursor.at,
    cursor.at + Math.max(1, length),
    "expected an operator such as `eq`, `in` or `contains`",
    operatorHint(unread),
  );
}
