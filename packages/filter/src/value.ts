// Compiles values: a function from the request to a text, undefined where there is none.
import { EACH, type TextLiteral, type Value } from "./ast.ts";
import { FUNCTIONS_OF_TEXT } from "./functions.ts";
import { plainNumber } from "./numbers.ts";
import {
  argument,
  cookie,
  header,
  hostname,
  localOf,
  requestText,
  valuesOf,
  type MapName,
  type Order,
  type Scope,
} from "./request.ts";
import { FIELDS, type Source } from "./scheme.ts";
import { lowerAscii, decodeBytes } from "./text.ts";

export type TextOf = (scope: Scope) => string | undefined;
export type TextsOf = (scope: Scope) => readonly (string | undefined)[];

/** One text. */
export function textOf(value: Value | TextLiteral): TextOf {
  if (value.kind === "text") return constant(value.bytes);
  if (value.kind === "call") return callOf(value);
  if (value.kind === "index") {
    const { of, key } = value;
    if (typeof key === "string") return entryOf(of, key);
    return key === EACH ? () => undefined : textAt(of, key);
  }
  return fieldText(FIELDS.get(value.name)!.source);
}

function constant(bytes: string): TextOf {
  // Text is joined and compared with text, so that bytes that are none cannot stay as they are.
  const text = decodeBytes(bytes);
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

function mapOf(value: Value): MapName {
  const source = value.kind === "field" ? FIELDS.get(value.name)?.source : undefined;
  // The checker lets a key and `[*]` follow a map only.
  return source?.from === "map" ? source.map : "local";
}

type Call = Value & { readonly kind: "call" };

function callOf(call: Call): TextOf {
  const apply = FUNCTIONS_OF_TEXT[call.name];
  const [first, second, ...rest] = call.args.map(textOf);
  if (!first) return () => undefined;
  if (!second) return (scope) => apply(first(scope));
  if (rest.length === 0) return (scope) => apply(first(scope), second(scope));
  return (scope) => apply(first(scope), second(scope), ...rest.map((arg) => arg(scope)));
}

/**
 * All texts of a list. A list is always the values of one map (`map[*]`), perhaps with something done
 * to each of them (`lower(map[*])`).
 */
export function textsOf(value: Value, order: Order = "by key"): TextsOf {
  const { map, each } = listOf(value);
  if (!each) return (scope) => valuesOf(scope, map, order);
  return (scope) => valuesOf(scope, map, order).map((text) => each(text, scope));
}

/** The text at one position of a list; the others are not made. */
function textAt(value: Value, position: number): TextOf {
  const { map, each } = listOf(value);
  return (scope) => {
    const values = valuesOf(scope, map, "by key");
    if (position >= values.length) return undefined;
    return each ? each(values[position], scope) : values[position];
  };
}

interface List {
  readonly map: MapName;
  readonly each?: (text: string | undefined, scope: Scope) => string | undefined;
}

function listOf(value: Value): List {
  if (value.kind === "index")
    return value.of.type.shape === "map" ? { map: mapOf(value.of) } : listOf(value.of);
  if (value.kind === "field") return { map: mapOf(value) };
  const apply = FUNCTIONS_OF_TEXT[value.name];
  const position = value.args.findIndex(holdsEach);
  const inner = value.args[position];
  // The checker makes lists of calls with exactly one such argument only.
  if (!inner || inner.kind === "text") return { map: "local" };
  const { map, each } = listOf(inner);
  const others = value.args.map((arg, i) => (i === position ? undefined : textOf(arg)));
  return {
    map,
    each: (text, scope) => {
      const one = each ? each(text, scope) : text;
      return others.length === 1
        ? apply(one)
        : apply(...others.map((other) => (other ? other(scope) : one)));
    },
  };
}

function holdsEach(arg: Value | TextLiteral): boolean {
  return arg.kind !== "text" && arg.type.shape === "each";
}

/** Whether a value that is missing would be there with more IP data. */
export function isRemote(value: Value | TextLiteral): boolean {
  if (value.kind === "text") return false;
  if (value.kind === "call") return value.args.some(isRemote);
  if (value.kind === "index") return isRemote(value.of);
  const { from } = FIELDS.get(value.name)!.source;
  return from === "text" || from === "flag";
}
