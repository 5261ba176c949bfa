import { expect, test } from "vitest";
import { textMateGrammar } from "./grammar.ts";
import { FIELDS, FUNCTIONS, OPERATORS } from "./scheme.ts";

function scopeOf(text: string): string | undefined {
  return textMateGrammar().patterns.find(
    ({ match }) => match && new RegExp(`^(?:${match})$`).test(text),
  )?.name;
}

test("every field, operator and number of the language has a scope", () => {
  for (const field of FIELDS.keys()) expect(scopeOf(field)).toBe("support.variable");
  for (const [operator] of OPERATORS) expect(scopeOf(operator)).toMatch(/^keyword/);
  for (const number of ["0x1f", "-16", "12"]) expect(scopeOf(number)).toBe("constant.numeric");
  for (const address of ["10.0.0.0/8", "::1"])
    expect(scopeOf(address)).toBe("constant.numeric.address");
});

test("functions are told from fields by their parenthesis", () => {
  const rule = textMateGrammar().patterns.find(({ name }) => name === "support.function");
  for (const name of FUNCTIONS.keys()) expect(`${name} (`).toMatch(new RegExp(rule?.match ?? "^$"));
});
