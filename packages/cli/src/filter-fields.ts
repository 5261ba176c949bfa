import { parse, type Expression, type Value } from "@arcjet/filter";

function valuesOf(tree: Expression): readonly Value[] {
  if ("operands" in tree) return tree.operands.flatMap(valuesOf);
  if (tree.kind === "not") return valuesOf(tree.operand);
  if (tree.kind === "compare") return [tree.left];
  return tree.kind === "test" ? [tree.value] : valuesOf(tree.test);
}

/** The values that an expression looks at. */
export function valuesIn(expression: string): readonly Value[] {
  return valuesOf(parse(expression));
}

function namesIn(value: Value): readonly string[] {
  if (value.kind === "field") return [value.name];
  if (value.kind === "index") return namesIn(value.of);
  return value.args.flatMap((arg) => (arg.kind === "text" ? [] : namesIn(arg)));
}

/**
 * The names of the fields that an expression reads.
 *
 * @example
 * fieldsOf('ip.src.tor and lower(http.host) eq "a"'); // ["ip.src.tor", "http.host"]
 */
export function fieldsOf(expression: string): readonly string[] {
  return [...new Set(valuesIn(expression).flatMap(namesIn))];
}
