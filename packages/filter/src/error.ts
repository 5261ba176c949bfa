// A mistake in an expression: what kind, where, and a rendering with a caret for people.

/** What is wrong. */
export type FilterErrorKind =
  | "syntax"
  | "unknown-field"
  | "unknown-function"
  | "unknown-list"
  | "type"
  | "literal"
  | "pattern"
  | "limit";

/** Where it is, in UTF-16 units of the expression, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Thrown when an expression cannot be compiled.
 *
 * `offset` and `length` are in UTF-16 code units of `expression`; `message` shows the line with a
 * caret under the place, then the reason and, where the mistake is a known one, a hint.
 *
 * @example
 * try {
 *   compile("http.blob contains 1");
 * } catch (error) {
 *   if (error instanceof FilterError) console.error(error.kind, error.offset, error.message);
 * }
 */
export class FilterError extends Error {
  override readonly name = "FilterError";
  readonly code = "FILTER_EXPRESSION";
  readonly kind: FilterErrorKind;
  readonly expression: string;
  readonly offset: number;
  readonly length: number;
  readonly reason: string;
  readonly hint: string | undefined;

  constructor(
    kind: FilterErrorKind,
    expression: string,
    span: Span,
    reason: string,
    hint?: string,
  ) {
    super(render(expression, span, reason, hint));
    this.kind = kind;
    this.expression = expression;
    this.offset = span.start;
    this.length = Math.max(1, span.end - span.start);
    this.reason = reason;
    this.hint = hint;
  }
}

const MAX_LINE = 120;
const BEFORE = 60;

/** The line, carets under the span, the reason. Columns count characters from 1. */
function render(expression: string, span: Span, reason: string, hint: string | undefined): string {
  const before = expression.slice(0, span.start);
  const lineStart = before.lastIndexOf("\n") + 1;
  const lineEnd = expression.indexOf("\n", span.start);
  const line = expression.slice(lineStart, lineEnd < 0 ? undefined : lineEnd);
  const number = before.split("\n").length;
  const column = span.start - lineStart;
  // A long line is shown around the place only.
  const from = line.length > MAX_LINE ? Math.max(0, column - BEFORE) : 0;
  const shown = line.slice(from, from + MAX_LINE).replace(/[\t\r]/g, " ");
  const width = Math.max(1, Math.min(span.end, lineStart + from + shown.length) - span.start);
  const indent = " ".repeat(charactersIn(line.slice(from, column)));
  const carets = "^".repeat(
    Math.max(1, charactersIn(expression.slice(span.start, span.start + width))),
  );
  const place = `Filter expression error at line ${number}, column ${charactersIn(line.slice(0, column)) + 1}`;
  return `${place}: ${reason}\n${shown}\n${indent}${carets}${hint === undefined ? "" : `\nHint: ${hint}`}`;
}

/** Characters of a text. */
function charactersIn(text: string): number {
  return [...text].length;
}
