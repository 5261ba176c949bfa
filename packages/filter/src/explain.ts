// Evaluates every part of an expression on its own and says what it came to, and why.
import type { IpFacts } from "@arcjet/ip";
import type { Expression, TextLiteral, Value } from "./ast.ts";
import { compileExpression } from "./compiler.ts";
import { formatValue } from "./format.ts";
import { couldMatch, decided, type Outcome } from "./logic.ts";
import { parse, type ParseOptions } from "./parser.ts";
import { createScope, MAX_TEXT, type FilterRequest, type Scope } from "./request.ts";
import { textOf, textsOf } from "./value.ts";

/** Reasons for being neither true nor false. */
export type Open = "absent" | "ip-data" | "too-long";

/** What one part of an expression came to. */
export interface Explanation {
  /** The part as it was written. */
  readonly expression: string;
  /** True, false, or undefined when it is open. */
  readonly value: boolean | undefined;
  /** Why it is open: something of the request is absent or too long, or IP data is missing. */
  readonly open?: Open;
  /** By name, the values that were looked at; undefined where there is none. */
  readonly operands: Readonly<Record<string, string | undefined | readonly (string | undefined)[]>>;
  /** What to do about it, for people. */
  readonly note?: string;
  readonly parts: readonly Explanation[];
}

export interface ExplainOptions extends ParseOptions {
  readonly local?: Readonly<Record<string, string>>;
  readonly facts?: IpFacts;
}

/**
 * Explains an expression on a request: the value of each sub-expression, and of what it compares.
 *
 * @example
 * explain('http.request.method eq "POST" and ip.src.tor', request).parts.map(({ value }) => value);
 */
export function explain(
  expression: string,
  request: FilterRequest,
  options: ExplainOptions = {},
): Explanation {
  const tree = parse(expression, options);
  return explainPart(tree, expression, createScope(request, options.local, options.facts));
}

function explainPart(part: Expression, source: string, scope: Scope): Explanation {
  scope.tooLong = false;
  const outcome = compileExpression(part)(scope);
  const value = decided(outcome);
  const open = value === undefined ? whyOpen(outcome, scope) : undefined;
  const looked = valuesOf(part);
  const operands: Record<string, string | undefined | readonly (string | undefined)[]> = {};
  for (const one of looked) operands[formatValue(one)] = read(one, scope);
  const note = open && looked.length > 0 ? noteOn(looked, open, operands) : undefined;
  return {
    expression: source.slice(part.span.start, part.span.end),
    value,
    ...(open && { open }),
    operands,
    ...(note !== undefined && { note }),
    parts: partsOf(part).map((inner) => explainPart(inner, source, scope)),
  };
}

function whyOpen(outcome: Outcome, { tooLong }: Scope): Open {
  if (!couldMatch(outcome)) return "absent";
  return tooLong ? "too-long" : "ip-data";
}

function partsOf(part: Expression): readonly Expression[] {
  if ("operands" in part) return part.operands;
  return part.kind === "not" ? [part.operand] : [];
}

/** The left side of a comparison, and the fields within it. */
function valuesOf(part: Expression): readonly Value[] {
  if (part.kind === "compare") return withArguments(part.left);
  if (part.kind === "test") return withArguments(part.value);
  if (part.kind === "any" || part.kind === "all") return valuesOf(part.test);
  return [];
}

function withArguments(value: Value): readonly Value[] {
  if (value.kind !== "call") return [value];
  return [value, ...value.args.filter(isValue).flatMap(withArguments)];
}

function isValue(arg: Value | TextLiteral): arg is Value {
  return arg.kind !== "text";
}

function read(value: Value, scope: Scope): string | undefined | readonly (string | undefined)[] {
  const { shape } = value.type;
  const many = shape === "each" || shape === "array";
  const seen = many ? textsOf(value)(scope) : textOf(value)(scope);
  if (!scope.unread) return seen;
  scope.unread = false;
  return undefined;
}

function noteOn(looked: readonly Value[], open: Open, operands: Explanation["operands"]): string {
  const missing = looked.map(formatValue).findLast((name) => operands[name] === undefined);
  if (missing === undefined)
    return open === "too-long"
      ? "The pattern would take too many steps on this text, so this may be true or false."
      : "A value of the list is missing.";
  if (open === "too-long")
    return `${missing} is not read: it is longer than ${MAX_TEXT} characters, so this may be true or false.`;
  if (open === "ip-data") return `${missing} is not known for this address.`;
  return `${missing} is absent, so this is neither true nor false; exists(${missing}) tells.`;
}
