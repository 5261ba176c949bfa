// Values go into an expression as literals, never as text of it, so that no value can add to it.
import { parseAddressRange } from "./address.ts";
import { quote, raw } from "./format.ts";

/** What may stand in `${…}`. */
export type ExprValue = string | number | bigint | readonly (string | number | bigint)[];

const AFTER_ADDRESS =
  /(?:^|[^\w.])ip\.src\s*(?:in|eq|==|ne|!=|ge|>=|le|<=|gt|>|lt|<)\s*(?:\{[^{}]*)?$/;
const AFTER_MATCHES = /(?:matches|~)\s*$/;
const WHOLE_TEXTS = /r(#*)"[\s\S]*?"\1|"(?:[^"\\]|\\[\s\S])*"/g;

/**
 * Makes an expression in which interpolated values are quoted: texts, whole numbers, lists of them as
 * sets, addresses behind `ip.src`, and patterns behind `matches`. Backslashes stand as written.
 *
 * @example
 * expr`ip.src.country in ${["AT", "BE"]}`; // 'ip.src.country in {"AT" "BE"}'
 */
export function expr(strings: TemplateStringsArray, ...values: readonly ExprValue[]): string {
  let expression = written(strings.raw[0] ?? "");
  for (const [i, value] of values.entries()) {
    if (expression.replace(WHOLE_TEXTS, "").includes('"'))
      throw new TypeError(
        `\`expr\` cannot put ${show(value)} inside a quoted text: leave the quotes out, they are added`,
      );
    expression += literalOf(expression, value) + written(strings.raw[i + 1] ?? "");
  }
  return expression;
}

/** The template as written, but for the two escapes that templates need. */
function written(text: string): string {
  return text.replace(/\\(`|\$\{)/g, "$1");
}

function literalOf(before: string, value: ExprValue): string {
  const one = AFTER_ADDRESS.test(before) ? address : AFTER_MATCHES.test(before) ? pattern : plain;
  return Array.isArray(value) ? `{${value.map(one).join(" ")}}` : one(value);
}

function plain(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "bigint" || (typeof value === "number" && Number.isSafeInteger(value)))
    return String(value);
  throw new TypeError(
    `\`expr\` cannot quote ${show(value)}: pass a string, a whole number or an array of those`,
  );
}

function address(value: unknown): string {
  if (typeof value === "string" && typeof parseAddressRange(value) !== "string") return value;
  throw new TypeError(
    `\`expr\` needs an address, a block or a range behind ip.src, got ${show(value)}`,
  );
}

function pattern(value: unknown): string {
  if (typeof value === "string") return raw(value);
  throw new TypeError(`\`expr\` needs a pattern as a string behind matches, got ${show(value)}`);
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
