// What is read from one request, each thing at most once however many expressions ask for it. It is
// kept in an object made per evaluation, not in a WeakMap by request: making the object costs less
// than one look-up there, and nothing outlives the call.
import type { IpFacts } from "@arcjet/ip";
import { addressWords } from "./address.ts";
import { decodeForm } from "./percent.ts";
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

/** UTF-16 units of a query or a Cookie header that are looked at; what lies behind them is not seen. */
export const MAX_DECODED = 1_048_576;

/** One evaluation: its inputs, and what has been decoded of them. */
export interface Scope {
  readonly request: FilterRequest;
  readonly local: Readonly<Record<string, string>> | undefined;
  readonly facts: IpFacts | undefined;
  address: string | undefined;
  args: ReadonlyMap<string, string> | undefined;
  cookies: ReadonlyMap<string, string> | undefined;
}

/** Stands for an address that is absent or none. */
const NO_ADDRESS = "\0\0";

export function createScope(
  request: FilterRequest,
  local: Readonly<Record<string, string>> | undefined,
  facts: IpFacts | undefined,
): Scope {
  return { request, local, facts, address: undefined, args: undefined, cookies: undefined };
}

export function addressOf(scope: Scope): string {
  return (scope.address ??= addressWords(scope.request.ip) ?? NO_ADDRESS);
}

export function header(scope: Scope, name: string): string | undefined {
  const value = scope.request.headers.get(name);
  return value === undefined ? undefined : trimSpace(value);
}

export function headers(scope: Scope): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const [name] of scope.request.headers.entries()) {
    const key = lowerAscii(name);
    const value = all.has(key) ? undefined : header(scope, key);
    if (value !== undefined) all.set(key, value);
  }
  return all;
}

export function argsOf(scope: Scope): ReadonlyMap<string, string> {
  return (scope.args ??= parseQuery(scope.request.query));
}

export function cookiesOf(scope: Scope): ReadonlyMap<string, string> {
  return (scope.cookies ??= parseCookies(scope.request.cookies));
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

/** `?a=1&b=2`: WHATWG form decoding; repeated names are joined by ", ". */
function parseQuery(query: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  const text = query.slice(query.startsWith("?") ? 1 : 0, MAX_DECODED);
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = equals < 0 ? pair : pair.slice(0, equals);
    addPair(pairs, decodeForm(name), equals < 0 ? "" : decodeForm(pair.slice(equals + 1)));
  }
  return pairs;
}

/** `a=1; b=2`: nothing is decoded, both sides are trimmed; repeated names are joined by ", ". */
function parseCookies(cookies: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const part of cookies.slice(0, MAX_DECODED).split(";")) {
    const equals = part.indexOf("=");
    const name = equals < 0 ? "" : trimSpace(part.slice(0, equals));
    if (name !== "") addPair(pairs, name, trimSpace(part.slice(equals + 1)));
  }
  return pairs;
}

function addPair(pairs: Map<string, string>, name: string, value: string): void {
  const earlier = pairs.get(name);
  pairs.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
}
