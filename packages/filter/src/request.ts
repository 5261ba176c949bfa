// What is read from one request, each thing at most once however many expressions ask for it. It is
// kept in an object made per evaluation, not in a WeakMap by request: making the object costs less
// than one look-up there, and nothing outlives the call.
//
// What is longer than MAX_TEXT is not read at all rather than in part: a part may say the opposite
// of the whole. A comparison that needs it may come out either way, and the filter says so.
import type { IpFacts } from "@arcjet/ip";
import { addressWords } from "./address.ts";
import { parseArgs, parseCookies, valueOf, type Pairs } from "./pairs.ts";
import { decodeForm } from "./percent.ts";
import type { Effort } from "./regex/simulate.ts";
import type { Source } from "./scheme.ts";
import { lowerAscii, sortTexts, trimList, trimSpace } from "./text.ts";

/** The request as filters see it. Header names are lower case. */
export interface FilterRequest {
  /** Canonical text of the client address; "" when unknown. */
  readonly ip: string;
  readonly method: string;
  readonly protocol: string;
  readonly host: string;
  /** As received, without the query. */
  readonly path: string;
  /** With its leading "?", or "". */
  readonly query: string;
  /** The Cookie header as received, or "". */
  readonly cookies: string;
  readonly headers: {
    get(name: string): string | undefined;
    values(name: string): readonly string[];
    entries(): Iterable<readonly [string, string]>;
  };
  readonly canonicalPath: string;
  /** Path and query as received. */
  readonly target: string;
}

/**
 * UTF-16 units of a text of the request: of its path, target, host, query, Cookie header, of one
 * header, and of all headers together where `[*]` reads them. A longer one is not read.
 */
export const MAX_TEXT = 32_768;

/** One evaluation: its inputs, and what has been decoded of them. */
export interface Scope extends Effort {
  readonly request: FilterRequest;
  readonly local: Readonly<Record<string, string>> | undefined;
  readonly facts: IpFacts | undefined;
  address: string | undefined;
  args: Pairs | undefined;
  cookies: Pairs | undefined;
  headers: Pairs | undefined;
  /** Longer lists in headers, as they are read, by name. */
  lists: Map<string, string> | undefined;
  /** Values of maps where `[*]` asked for them, by map and order. */
  values: Map<string, readonly (string | undefined)[]> | undefined;
  /** Whether the value asked for last was too long; taken back by the comparison that asked. */
  unread: boolean;
  /** Whether a comparison of this expression met such a value. */
  tooLong: boolean;
}

/** A list in a header as short as that is written anew in less time than it takes to remember it. */
const SHORT_LIST = 256;
/** Stands for an address that is absent or none. */
const NO_ADDRESS = "\0\0";
const NO_PAIRS: Pairs = new Map();

export function createScope(
  request: FilterRequest,
  local: Readonly<Record<string, string>> | undefined,
  facts: IpFacts | undefined,
): Scope {
  return {
    request,
    local,
    facts,
    address: undefined,
    args: undefined,
    cookies: undefined,
    headers: undefined,
    lists: undefined,
    values: undefined,
    unread: false,
    tooLong: false,
    steps: 0,
  };
}

export function addressOf(scope: Scope): string {
  return (scope.address ??= addressWords(scope.request.ip) ?? NO_ADDRESS);
}

type Property = (Source & { readonly from: "request" })["property"];

/** A text of the request; undefined when it is too long. */
export function requestText(scope: Scope, property: Property): string | undefined {
  const { request } = scope;
  // What is derived from the path is not asked for where that is too long.
  if (property === "canonicalPath" && limited(scope, request.path) === undefined) return undefined;
  return limited(scope, request[property]);
}

function limited(scope: Scope, text: string): string | undefined {
  if (text.length <= MAX_TEXT) return text;
  scope.unread = true;
  return undefined;
}

/** A header, trimmed; a list in one field is written as a list of several: `a,b` as `a, b`. */
export function header(scope: Scope, name: string): string | undefined {
  const value = scope.request.headers.get(name);
  const text = value === undefined ? undefined : limited(scope, value);
  if (text === undefined || !text.includes(",")) return text && trimSpace(text);
  if (text.length <= SHORT_LIST) return trimList(text);
  const lists = (scope.lists ??= new Map());
  const known = lists.get(name) ?? trimList(text);
  lists.set(name, known);
  return known;
}

function headersOf(scope: Scope): Pairs {
  const all = (scope.headers ??= readHeaders(scope));
  scope.unread ||= all === NO_PAIRS;
  return all;
}

/** All headers by name; `NO_PAIRS` itself when they are too long together. */
function readHeaders({ request }: Scope): Pairs {
  const all = new Map<string, string>();
  let length = 0;
  for (const [name] of request.headers.entries()) {
    const key = lowerAscii(name);
    const value = all.has(key) ? undefined : request.headers.get(key);
    length += name.length + (value?.length ?? 0);
    if (length > MAX_TEXT) return NO_PAIRS;
    if (value !== undefined) all.set(key, trimList(value));
  }
  return all;
}

function argsOf(scope: Scope): Pairs {
  if (scope.args) return scope.args;
  const query = limited(scope, scope.request.query);
  if (query === undefined) return NO_PAIRS;
  return (scope.args = parseArgs(query.startsWith("?") ? query.slice(1) : query, decodeForm));
}

export function argument(scope: Scope, name: string): string | undefined {
  return valueOf(argsOf(scope), name);
}

function cookiesOf(scope: Scope): Pairs {
  if (scope.cookies) return scope.cookies;
  const cookies = limited(scope, scope.request.cookies);
  return cookies === undefined ? NO_PAIRS : (scope.cookies = parseCookies(cookies, trimSpace));
}

export function cookie(scope: Scope, name: string): string | undefined {
  return valueOf(cookiesOf(scope), name);
}

export function localOf(scope: Scope, key: string): string | undefined {
  const { local } = scope;
  if (local === undefined || !Object.hasOwn(local, key)) return undefined;
  const value: unknown = local[key];
  return typeof value === "string" ? value : undefined;
}

export type MapName = (Source & { readonly from: "map" })["map"];

/** Whether the order of the values of a map matters to who asks. */
export type Order = "by key" | "any order";

/** The values of a map; those of one too long to be read are none. */
export function valuesOf(
  scope: Scope,
  map: MapName,
  order: Order,
): readonly (string | undefined)[] {
  const made = (scope.values ??= new Map());
  const key = `${order} ${map}`;
  const known = made.get(key);
  if (known) return known;
  const pairs = pairsOf(scope, map);
  const names = [...pairs.keys()];
  if (order === "by key") sortTexts(names);
  const values = names.map((name) => valueOf(pairs, name));
  if (!scope.unread) made.set(key, values);
  return values;
}

function pairsOf(scope: Scope, map: MapName): Pairs {
  if (map === "headers") return headersOf(scope);
  if (map === "cookies") return cookiesOf(scope);
  if (map === "args") return argsOf(scope);
  return new Map(Object.keys(scope.local ?? {}).map((key) => [key, localOf(scope, key)]));
}

const PORT = /^(\[[^\]]*\]|[^:]*):[0-9]*$/;

/** The host without its port: `[::1]:80` gives `[::1]`. */
export function hostname(host: string): string {
  return PORT.exec(host)?.[1] ?? host;
}
