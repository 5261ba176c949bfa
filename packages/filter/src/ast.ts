// The syntax tree: plain data, typed, with the place of every part in the source.
import type { Span } from "./error.ts";
import type { Node } from "./regex/node.ts";
import type { Combination, FunctionName, Operator, Quantifier, Type } from "./scheme.ts";

/** Something that has a value: a field, a part of one, or the result of a function. */
export type Value =
  | { readonly kind: "field"; readonly name: string; readonly type: Type; readonly span: Span }
  | {
      readonly kind: "index";
      readonly of: Value;
      /** A key of a map, a position in an array, or "each" for `[*]`. */
      readonly key: string | number | typeof EACH;
      readonly type: Type;
      readonly span: Span;
    }
  | {
      readonly kind: "call";
      readonly name: FunctionName;
      readonly args: readonly (Value | TextLiteral)[];
      readonly type: Type;
      readonly span: Span;
    };

/** The key of `[*]`. */
export const EACH = null;

/** Text as UTF-8 bytes, one character per byte. */
export interface TextLiteral {
  readonly kind: "text";
  readonly bytes: string;
}
export interface IntLiteral {
  readonly kind: "int";
  readonly value: bigint;
}
export interface IntRange {
  readonly kind: "int-range";
  readonly first: bigint;
  readonly last: bigint;
}
/** An address or a range of them as written; bounds as in `address.ts`. */
export interface IpLiteral {
  readonly kind: "ip";
  readonly text: string;
  readonly first: string;
  readonly last: string;
}
export interface PatternLiteral {
  readonly kind: "pattern";
  readonly source: string;
  /** What it means, ready to be compiled. */
  readonly node: Node;
}
export type SetItem = TextLiteral | IntLiteral | IntRange | IpLiteral;
export interface SetLiteral {
  readonly kind: "set";
  readonly items: readonly SetItem[];
}
export interface ListLiteral {
  readonly kind: "list";
  readonly name: string;
  readonly items: readonly SetItem[];
}
export type Literal =
  | TextLiteral
  | IntLiteral
  | IpLiteral
  | PatternLiteral
  | SetLiteral
  | ListLiteral;

/** Something that is true, false or open. */
export type Expression =
  | {
      readonly kind: Combination;
      readonly operands: readonly Expression[];
      readonly span: Span;
    }
  | { readonly kind: "not"; readonly operand: Expression; readonly span: Span }
  | { readonly kind: "test"; readonly value: Value; readonly span: Span }
  | {
      readonly kind: "compare";
      readonly left: Value;
      readonly operator: Operator;
      readonly right: Literal;
      readonly span: Span;
    }
  | {
      readonly kind: Quantifier;
      readonly test: Expression & { readonly kind: "compare" | "test" };
      readonly span: Span;
    };
