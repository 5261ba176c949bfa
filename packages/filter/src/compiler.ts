// Compiles expressions to closures over the request. What can be known of an expression is settled
// here; what is left for the request is reading values and combining outcomes.
import type { Expression, Value } from "./ast.ts";
import {
  addressTest,
  isNumeric,
  numberTest,
  textTest,
  type Comparison,
  type Test,
} from "./compare.ts";
import { AND, ANY, EITHER, FALSE, not, OPEN, OR, TRUE, XOR, type Outcome } from "./logic.ts";
import { addressOf, type Scope } from "./request.ts";
import { FIELDS } from "./scheme.ts";
import { byteLength } from "./text.ts";
import { isRemote, textOf, textsOf, type TextOf } from "./value.ts";

export type Judge = (scope: Scope) => Outcome;

export function compileExpression(expression: Expression): Judge {
  switch (expression.kind) {
    case "and":
      return combine(expression.operands.map(compileExpression), AND, FALSE);
    case "or":
      return combine(expression.operands.map(compileExpression), OR, TRUE);
    case "xor":
      return combine(expression.operands.map(compileExpression), XOR, OPEN);
    case "not": {
      const operand = compileExpression(expression.operand);
      return (scope) => not(operand(scope));
    }
    case "test":
      return compileTest(expression.value);
    case "compare":
      return compileComparison(expression);
    case "any":
      return quantify(expression.test, OR, FALSE);
    case "all":
      return quantify(expression.test, AND, TRUE);
  }
}

/** Combines from the left; `settled` is the outcome that no further operand can change. */
function combine(operands: readonly Judge[], table: Uint8Array, settled: Outcome): Judge {
  const [first, second] = operands;
  if (!first) return () => FALSE;
  if (second && operands.length === 2)
    return (scope) => {
      const left = first(scope);
      return left === settled ? left : table[(left << 3) | second(scope)]!;
    };
  return (scope) => {
    let outcome = first(scope);
    for (let i = 1; i < operands.length && outcome !== settled; i++)
      outcome = table[(outcome << 3) | operands[i]!(scope)]!;
    return outcome;
  };
}

/** What a missing value makes of a comparison. */
function outcomeWithout(value: Value): Outcome {
  return isRemote(value) ? EITHER : OPEN;
}

/** A comparison with a value that was too long to be read, or for a pattern that gave up on it. */
function unread(scope: Scope): Outcome {
  scope.unread = false;
  scope.tooLong = true;
  return ANY;
}

function compileTest(value: Value): Judge {
  const missing = outcomeWithout(value);
  const source = value.kind === "field" ? FIELDS.get(value.name)?.source : undefined;
  if (source?.from === "flag") {
    const { fact } = source;
    return ({ facts }) => {
      const known = facts?.[fact];
      if (typeof known !== "boolean") return missing;
      return known ? TRUE : FALSE;
    };
  }
  if (value.kind === "call" && value.name === "exists") {
    const text = textOf(value.args[0]!);
    return (scope) => {
      const absent = text(scope) === undefined;
      return scope.unread ? unread(scope) : absent ? FALSE : TRUE;
    };
  }
  return judgeText(textOf(value), isTrue, missing);
}

const isTrue = (text: string) => text === "true";

function judgeText(text: TextOf, test: Test, missing: Outcome): Judge {
  return (scope) => {
    const value = text(scope);
    if (scope.unread) return unread(scope);
    return value === undefined ? missing : outcomeOf(test(value, scope), scope);
  };
}

function compileComparison(comparison: Comparison): Judge {
  const { left } = comparison;
  if (left.type.base === "Ip") {
    const test = addressTest(comparison);
    return (scope) => (test(addressOf(scope)) ? TRUE : FALSE);
  }
  if (left.kind === "call" && left.name === "len") {
    const text = textOf(left.args[0]!);
    const test = numberTest(comparison);
    return (scope) => {
      const value = text(scope);
      if (scope.unread) return unread(scope);
      return test(byteLength(value ?? "")) ? TRUE : FALSE;
    };
  }
  return judgeText(textOf(left), testOf(comparison), outcomeWithout(left));
}

function outcomeOf(found: boolean | undefined, scope: Scope): Outcome {
  if (found === undefined) return unread(scope);
  return found ? TRUE : FALSE;
}

/** The test of a text, which may be a number written out. */
function testOf(comparison: Comparison): Test {
  if (!isNumeric(comparison)) return textTest(comparison);
  const test = numberTest(comparison);
  return (text) => text !== "" && test(Number(text));
}

function quantify(
  inner: Expression & { readonly kind: "compare" | "test" },
  table: Uint8Array,
  none: Outcome,
): Judge {
  const value = inner.kind === "test" ? inner.value : inner.left;
  const test = inner.kind === "test" ? isTrue : testOf(inner);
  const missing = outcomeWithout(value);
  const all = textsOf(value, "any order");
  return (scope) => {
    const texts = all(scope);
    if (scope.unread) return unread(scope);
    let outcome = none;
    for (const text of texts) {
      const one = text === undefined ? missing : outcomeOf(test(text, scope), scope);
      outcome = table[(outcome << 3) | one]!;
    }
    return outcome;
  };
}

/** Whether any part of the expression reads IP data. */
export function readsFacts(expression: Expression): boolean {
  switch (expression.kind) {
    case "test":
      return isRemote(expression.value);
    case "compare":
      return isRemote(expression.left);
    case "not":
      return readsFacts(expression.operand);
    case "any":
    case "all":
      return readsFacts(expression.test);
    default:
      return expression.operands.some(readsFacts);
  }
}
