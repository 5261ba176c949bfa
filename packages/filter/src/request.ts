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
import { lowerAscii, trimSpace } from "./text.ts";

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
  /** Whether the value asked for last was too long; taken back by the comparison that asked. */
  unread: boolean;
  /** Whether a comparison of this expression met such a value. */
  tooLong: boolean;
}

/** Stands for an address that is absent or none. */
const NO_ADDRESS = "\0\0";
const NO_PAIRS: Pairs = new Map();
const NO_HEADERS: ReadonlyMap<string, string> = new Map();

export function createScope(
  request: FilterRequest,
  local: Readonly<Record<string, string>> | undefined,
  facts: IpFacts | undefined,
): Scope {
  const decoded = { address: undefined, args: undefined, cookies: undefined };
  return { request, local, facts, ...decoded, unread: false, tooLong: false, steps: 0 };
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

export function header(scope: Scope, name: string): string | undefined {
  const value = scope.request.headers.get(name);
  const text = value === undefined ? undefined : limited(scope, value);
  return text === undefined ? undefined : trimSpace(text);
}

/** All headers by name; none when they are too long together. */
export function headers(scope: Scope): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  let length = 0;
  for (const [name] of scope.request.headers.entries()) {
    const key = lowerAscii(name);
    const value = all.has(key) ? undefined : header(scope, key);
    length += name.length + (value?.length ?? 0);
    scope.unread ||= length > MAX_TEXT;
    if (scope.unread) return NO_HEADERS;
    if (value !== undefined) all.set(key, value);
  }
  return all;
}

export function argsOf(scope: Scope): Pairs {
  if (scope.args) return scope.args;
  const query = limited(scope, scope.request.query);
  if (query === undefined) return NO_PAIRS;
  return (scope.args = parseArgs(query.startsWith("?") ? query.slice(1) : query, decodeForm));
}

export function argument(scope: Scope, name: string): string | undefined {
  return valueOf(argsOf(scope), name);
}

export function cookiesOf(scope: Scope): Pairs {
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

const PORT = /^(\[[^\]]*\]|[^:]*):[0-9]*$/;

/** The host without its port: `[::1]:80` gives `[::1]`. */
export function hostname(host: string): string {
  return PORT.exec(host)?.[1] ?? host;
}
