// Compiles values: a function from the request to a text, undefined where there is none.
import { EACH, type TextLiteral, type Value } from "./ast.ts";
import { decodeForm } from "./percent.ts";
import { valueOf, type Pairs } from "./pairs.ts";
import {
  argsOf,
  argument,
  cookie,
  cookiesOf,
  header,
  headers,
  hostname,
  localOf,
  requestText,
  type Scope,
} from "./request.ts";
import { FIELDS, type FunctionName, type Source } from "./scheme.ts";
import { byteLength, fromBytes, lowerAscii, sortTexts, upperAscii } from "./text.ts";

export type TextOf = (scope: Scope) => string | undefined;
export type TextsOf = (scope: Scope) => readonly (string | undefined)[];

/** One text. */
export function textOf(value: Value | TextLiteral): TextOf {
  if (value.kind === "text") return constant(value.bytes);
  if (value.kind === "call") return callOf(value);
  if (value.kind === "index") {
    const { of, key } = value;
    if (typeof key === "string") return entryOf(of, key);
    const all = textsOf(of);
    return (scope) => (key === EACH ? undefined : all(scope)[key]);
  }
  return fieldText(FIELDS.get(value.name)!.source);
}

function constant(bytes: string): TextOf {
  // Bytes that are no UTF-8 stand for U+FFFD here, where text is joined or compared with text.
  const text =
    fromBytes(bytes) ??
    new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
  return () => text;
}

function fieldText(source: Source): TextOf {
  switch (source.from) {
    case "request": {
      const { property } = source;
      return (scope) => requestText(scope, property);
    }
    case "hostname":
      return (scope) => {
        const host = requestText(scope, "host");
        return host === undefined ? undefined : hostname(host);
      };
    case "address":
      return ({ request }) => request.ip;
    case "text": {
      const { fact } = source;
      return ({ facts }) => {
        const known = facts?.[fact];
        return typeof known === "number" ? plainNumber(known) : (known ?? undefined);
      };
    }
    case "flag": {
      const { fact } = source;
      return ({ facts }) => facts?.[fact]?.toString();
    }
    case "map":
      return () => undefined;
  }
}

/** A number as Rust prints it: never with an exponent. */
export function plainNumber(number: number): string {
  if (Object.is(number, -0)) return "-0";
  const text = String(number);
  const [, sign = "", whole = "", fraction = "", exponent] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const digits = whole + fraction;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, "0")}`;
}

function entryOf(of: Value, key: string): TextOf {
  switch (mapOf(of)) {
    case "headers": {
      const name = lowerAscii(key);
      return (scope) => header(scope, name);
    }
    case "cookies":
      return (scope) => cookie(scope, key);
    case "args":
      return (scope) => argument(scope, key);
    case "local":
      return (scope) => localOf(scope, key);
  }
}

function mapOf(value: Value): (Source & { from: "map" })["map"] {
  const source = value.kind === "field" ? FIELDS.get(value.name)?.source : undefined;
  // The checker lets a key follow a map only.
  return source?.from === "map" ? source.map : "local";
}

/** Whether the order of the texts of a list matters to who asks. */
type Order = "by key" | "any order";

/** All texts of a list: those of `map[*]` are ordered by key unless any order will do. */
export function textsOf(value: Value, order: Order = "by key"): TextsOf {
  if (value.kind === "call") return callEach(value, order);
  if (value.kind === "index") {
    const { of } = value;
    return of.type.shape === "map" ? entriesOf(of, order) : textsOf(of, order);
  }
  return () => [];
}

function entriesOf(of: Value, order: Order): TextsOf {
  const map = mapOf(of);
  return (scope) => {
    const pairs = pairsOf(scope, map);
    const names = [...pairs.keys()];
    if (order === "by key") sortTexts(names);
    return names.map((name) => valueOf(pairs, name));
  };
}

function pairsOf(scope: Scope, map: ReturnType<typeof mapOf>): Pairs {
  if (map === "headers") return headers(scope);
  if (map === "cookies") return cookiesOf(scope);
  if (map === "args") return argsOf(scope);
  return new Map(Object.keys(scope.local ?? {}).map((key) => [key, localOf(scope, key)]));
}

type Call = Value & { readonly kind: "call" };
type Apply = (...texts: (string | undefined)[]) => string | undefined;

/** Functions that give text; a missing argument makes the result missing. */
const APPLY: Readonly<
  Record<Exclude<FunctionName, "starts_with" | "ends_with" | "exists">, Apply>
> = {
  lower: (text) => text && lowerAscii(text),
  upper: (text) => text && upperAscii(text),
  url_decode: (text) => text && decodeForm(text),
  concat: (...texts) => (texts.includes(undefined) ? undefined : texts.join("")),
  len: (text) => String(text === undefined ? 0 : byteLength(text)),
};

function callOf(call: Call): TextOf {
  const apply = applyOf(call);
  const [first, ...rest] = call.args.map(textOf);
  if (!first) return () => undefined;
  if (rest.length === 0) return (scope) => apply(first(scope));
  return (scope) => apply(first(scope), ...rest.map((arg) => arg(scope)));
}

/** The function as text; flags are "true" and "false", for `explain` and for lists of them. */
function applyOf({ name }: Call): Apply {
  if (name === "exists") return (text) => String(text !== undefined);
  if (name === "starts_with") return (text, part) => bothWays(text, part, startsWith);
  if (name === "ends_with") return (text, part) => bothWays(text, part, endsWith);
  return APPLY[name];
}

function bothWays(
  text: string | undefined,
  part: string | undefined,
  test: (text: string, part: string) => boolean,
): string | undefined {
  return text === undefined || part === undefined ? undefined : String(test(text, part));
}

const startsWith = (text: string, part: string) => text.startsWith(part);
const endsWith = (text: string, part: string) => text.endsWith(part);

/** The call once for each value of the argument that holds `[*]`. */
function callEach(call: Call, order: Order): TextsOf {
  const apply = applyOf(call);
  const position = call.args.findIndex((arg) => arg.kind !== "text" && arg.type.shape === "each");
  const each = call.args[position];
  if (!each || each.kind === "text") return () => [];
  const all = textsOf(each, order);
  const others = call.args.map((arg, i) => (i === position ? undefined : textOf(arg)));
  return (scope) => {
    const given = others.map((other) => other?.(scope));
    return all(scope).map((text) => apply(...given.with(position, text)));
  };
}

/** Whether a value that is missing would be there with more IP data. */
export function isRemote(value: Value | TextLiteral): boolean {
  if (value.kind === "text") return false;
  if (value.kind === "call") return value.args.some(isRemote);
  if (value.kind === "index") return isRemote(value.of);
  const { from } = FIELDS.get(value.name)!.source;
  return from === "text" || from === "flag";
}
