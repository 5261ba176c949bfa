// Compiles comparisons to functions of a text: each operator and kind of literal once, when the rule
// is built, so that a request costs one call and no decisions about the expression.
import type { Expression, IntLiteral, IpLiteral, Literal, SetItem } from "./ast.ts";
import { addressSet } from "./address.ts";
import { compilePattern } from "./regex/pattern.ts";
import type { Effort } from "./regex/simulate.ts";
import type { Operator } from "./scheme.ts";
import { compareText, fromBytes, toBytes } from "./text.ts";
import { parseWildcard, wildcardTest } from "./wildcard.ts";

/** Undefined where a pattern gave up. */
export type Test = (text: string, effort: Effort) => boolean | undefined;
export type NumberTest = (number: number) => boolean;
export type AddressTest = (words: string) => boolean;

export type Comparison = Expression & { readonly kind: "compare" };

/** Whether a comparison of these is settled by numbers. */
export function isNumeric({ left, right }: Comparison): boolean {
  if (left.type.base === "Int") return true;
  const items = right.kind === "set" || right.kind === "list" ? right.items : [right];
  return items.length > 0 && items.every(({ kind }) => kind === "int" || kind === "int-range");
}

type Order = (sign: number) => boolean;
const ORDERS: Readonly<Partial<Record<Operator, Order>>> = {
  eq: (sign) => sign === 0,
  ne: (sign) => sign !== 0,
  ge: (sign) => sign >= 0,
  le: (sign) => sign <= 0,
  gt: (sign) => sign > 0,
  lt: (sign) => sign < 0,
};
const NEVER = () => false;

/** The test of a text. */
export function textTest({ operator, right }: Comparison): Test {
  if (right.kind === "pattern") return compilePattern(right.node);
  if (right.kind === "set" || right.kind === "list") return memberTest(right.items);
  if (right.kind !== "text") return NEVER;
  const { bytes } = right;
  if (operator === "wildcard" || operator === "strict wildcard") {
    const parts = parseWildcard(bytes);
    return typeof parts === "string" ? NEVER : wildcardTest(parts, operator === "strict wildcard");
  }
  const text = fromBytes(bytes);
  if (operator === "contains")
    return text === undefined
      ? (value) => toBytes(value).includes(bytes)
      : (value) => value.includes(text);
  if (text !== undefined && operator === "eq") return (value) => value === text;
  if (text !== undefined && operator === "ne") return (value) => value !== text;
  const order = ORDERS[operator] ?? NEVER;
  return text === undefined
    ? (value) => order(compareText(toBytes(value), bytes))
    : (value) => order(compareText(value, text));
}

function memberTest(items: readonly SetItem[]): Test {
  const members = new Set<string>();
  for (const item of items) {
    // Bytes that are no UTF-8 equal no text.
    const text = item.kind === "text" ? fromBytes(item.bytes) : undefined;
    if (text !== undefined) members.add(text);
  }
  return (value) => members.has(value);
}

/** The test of a number. */
export function numberTest({ operator, right }: Comparison): NumberTest {
  if (right.kind === "set" || right.kind === "list") return numberMemberTest(right.items);
  if (right.kind !== "int") return NEVER;
  if (operator === "bitwise_and") return bitTest(right);
  const order = ORDERS[operator] ?? NEVER;
  const bound = Number(right.value);
  return (value) => order(value - bound);
}

function bitTest({ value }: IntLiteral): NumberTest {
  return (number) => Number.isInteger(number) && (BigInt(number) & value) !== 0n;
}

function numberMemberTest(items: readonly SetItem[]): NumberTest {
  const single = new Set<number>();
  const ranges: [number, number][] = [];
  for (const item of items) {
    if (item.kind === "int") single.add(Number(item.value));
    if (item.kind === "int-range") ranges.push([Number(item.first), Number(item.last)]);
  }
  return (value) =>
    single.has(value) || ranges.some(([first, last]) => value >= first && value <= last);
}

/** The test of an address. Across families only `ne` holds. */
export function addressTest({ operator, right }: Comparison): AddressTest {
  if (right.kind === "set" || right.kind === "list") return addressSet(right.items.filter(isIp));
  if (right.kind !== "ip") return NEVER;
  const bound = right.first;
  const order = ORDERS[operator] ?? NEVER;
  return (words) =>
    words.length === bound.length
      ? order(words < bound ? -1 : words > bound ? 1 : 0)
      : operator === "ne";
}

function isIp(item: Literal | SetItem): item is IpLiteral {
  return item.kind === "ip";
}
