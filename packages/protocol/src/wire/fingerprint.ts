// The fingerprint of a client on the wire, as published clients compute it: the values of the
// characteristics, each after its class and name, without separators, in one fixed order, through
// SHA-256. It names a remembered denial and nothing else: counters use identities of their own, in
// which different values cannot read the same.
import { sha256Hex } from "./sha256.ts";

/** What of a request can be characteristic of a client; every `RequestDetails` message is one. */
export interface FingerprintSource {
  readonly ip: string;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: string;
  readonly query: string;
  /** Properties of the application's own, as text. */
  readonly extra: Readonly<Record<string, string>>;
}

const INDEXED =
  /^http\.request\.(headers|cookie|uri\.args)\[(?:"([A-Za-z0-9_-]*)"|'([A-Za-z0-9_-]*)')\]$/;

/** In the order in which the classes are joined. */
const CLASSES = [
  "ip",
  "host",
  "method",
  "path",
  "header",
  "cookie",
  "query",
  "userdefined",
] as const;
type Class = (typeof CLASSES)[number];
const SINGLE: Readonly<Record<string, Class>> = {
  "ip.src": "ip",
  "http.host": "host",
  "http.method": "method",
  "http.request.uri.path": "path",
};

interface Part {
  readonly kind: Class;
  readonly key: string;
}

function parsePart(name: string): Part {
  const single = Object.hasOwn(SINGLE, name) ? SINGLE[name] : undefined;
  if (single) return { kind: single, key: "" };
  const indexed = INDEXED.exec(name);
  if (!indexed) return { kind: "userdefined", key: name };
  const key = indexed[2] ?? indexed[3] ?? "";
  if (indexed[1] === "headers") return { kind: "header", key: key.toLowerCase() };
  return { kind: indexed[1] === "cookie" ? "cookie" : "query", key };
}

const SPACE = /^\p{White_Space}$/u;

/** Unicode white space, which is not quite what `trim` takes away. */
function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.test(text[start]!)) start++;
  while (end > start && SPACE.test(text[end - 1]!)) end--;
  return text.slice(start, end);
}

function headerValue(headers: Readonly<Record<string, string>>, key: string): string | undefined {
  const value = Object.hasOwn(headers, key) ? headers[key]! : "";
  const parts = value
    .split(",")
    .map(trimSpace)
    .filter((part) => part !== "");
  return parts.length > 0 ? parts.join("") : undefined;
}

/** The only cookie of this name; none or several give undefined. */
function cookieValue(cookies: string, key: string): string | undefined {
  let found: string | undefined;
  for (const pair of cookies.split(";")) {
    const equals = pair.indexOf("=");
    if (equals === -1 || trimSpace(pair.slice(0, equals)) !== key) continue;
    if (found !== undefined) return undefined;
    found = trimSpace(pair.slice(equals + 1));
  }
  return found;
}

const BEYOND_ASCII = /[^\0-\x7f]+/g;

/**
 * A second question mark belongs to the first name; `URLSearchParams` takes away one of its own. It is
 * given ASCII alone, since Node's misreads other characters in a text that also has encoded bytes.
 */
function queryValue(query: string, key: string): string | undefined {
  if (!query.startsWith("?")) return undefined;
  const ascii = query.toWellFormed().replace(BEYOND_ASCII, encodeURIComponent);
  const values = new URLSearchParams(ascii).getAll(key);
  return values.length > 0 ? values.join("") : undefined;
}

const orNothing = (text: string | undefined): string | undefined =>
  text === "" ? undefined : text;

function valueOf({ kind, key }: Part, source: FingerprintSource): string | undefined {
  switch (kind) {
    case "ip":
    case "host":
    case "method":
    case "path":
      return orNothing(source[kind]);
    case "header":
      return key === "" ? undefined : headerValue(source.headers, key);
    case "cookie":
      return key === "" ? undefined : cookieValue(source.cookies, key);
    case "query":
      return key === "" ? undefined : queryValue(source.query, key);
    case "userdefined":
      return orNothing(key !== "" && Object.hasOwn(source.extra, key) ? source.extra[key] : "");
  }
}

/** Order of UTF-8 bytes, which is the order of code points. */
function compareBytes(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let at = 0; at < left.length && at < right.length; at++) {
    const difference = left[at]!.codePointAt(0)! - right[at]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Turns a list of characteristics into the function that fingerprints by it. */
export function createFingerprint(
  characteristics: readonly string[],
): (source: FingerprintSource) => string | undefined {
  const names = characteristics.length > 0 ? characteristics : ["ip.src"];
  const parts = names
    .map(parsePart)
    .sort(
      (a, b) => CLASSES.indexOf(a.kind) - CLASSES.indexOf(b.kind) || compareBytes(a.key, b.key),
    );
  const singles = parts.filter(({ kind, key }) => key === "" && kind !== "userdefined");
  const repeated = new Set(singles.map(({ kind }) => kind)).size < singles.length;
  return (source) => {
    if (repeated) return undefined;
    let text = "";
    for (const part of parts) {
      const value = valueOf(part, source);
      if (value === undefined) return undefined;
      text += part.kind + part.key + value;
    }
    return `fp::2::${sha256Hex(text)}`;
  };
}

/**
 * The fingerprint of a client on the wire; undefined where a published client fails: a value is missing
 * or empty, or a cookie or a field of the request is named twice. Default characteristics: `ip.src`.
 *
 * @example
 * fingerprint(["ip.src"], details); // "fp::2::" and 64 hex digits
 */
export function fingerprint(
  characteristics: readonly string[],
  source: FingerprintSource,
): string | undefined {
  return createFingerprint(characteristics)(source);
}
