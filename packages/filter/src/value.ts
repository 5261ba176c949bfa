// Compiles values: a function from the request to a text, undefined where there is none.
import { EACH, type TextLiteral, type Value } from "./ast.ts";
import { decodeForm } from "./percent.ts";
import { argsOf, cookiesOf, header, headers, hostname, localOf, type Scope } from "./request.ts";
import { FIELDS, type FunctionName, type Source } from "./scheme.ts";
import { byteLength, compareText, fromBytes, lowerAscii, upperAscii } from "./text.ts";

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
      return ({ request }) => request[property];
    }
    case "hostname":
      return ({ request }) => hostname(request.host);
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
      return (scope) => cookiesOf(scope).get(key);
    case "args":
      return (scope) => argsOf(scope).get(key);
    case "local":
      return (scope) => localOf(scope, key);
  }
}

function mapOf(value: Value): (Source & { from: "map" })["map"] {
  const source = value.kind === "field" ? FIELDS.get(value.name)?.source : undefined;
  // The checker lets a key follow a map only.
  return source?.from === "map" ? source.map : "local";
}

/** All texts of a list: those of `map[*]` are ordered by key. */
export function textsOf(value: Value): TextsOf {
  if (value.kind === "call") return callEach(value);
  if (value.kind === "index") {
    const { of } = value;
    return of.type.shape === "map" ? entriesOf(of) : textsOf(of);
  }
  return () => [];
}

function entriesOf(of: Value): TextsOf {
  const map = mapOf(of);
  return (scope) => {
    if (map === "headers") return byKey(headers(scope));
    if (map === "cookies") return byKey(cookiesOf(scope));
    if (map === "args") return byKey(argsOf(scope));
    const local = scope.local ?? {};
    return byKey(new Map(Object.keys(local).map((key) => [key, localOf(scope, key)])));
  };
}

function byKey(map: ReadonlyMap<string, string | undefined>): readonly (string | undefined)[] {
  return [...map].sort(([a], [b]) => compareText(a, b)).map(([, text]) => text);
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
function callEach(call: Call): TextsOf {
  const apply = applyOf(call);
  const position = call.args.findIndex((arg) => arg.kind !== "text" && arg.type.shape === "each");
  const each = call.args[position];
  if (!each || each.kind === "text") return () => [];
  const all = textsOf(each);
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
