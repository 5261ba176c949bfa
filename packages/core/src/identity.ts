/**
 * Who is counted: the values of a list of characteristics, joined so that no two different lists of
 * values read the same, and hashed with the client's secret. A value that is missing, empty or given
 * twice becomes a marker together with the client's address: leaving a header out neither switches a
 * limit off nor shares one counter with everyone else who leaves it out.
 */
import type { Fingerprint } from "@arcjet/rate-limit";
import { parseCharacteristic, type CharacteristicSource } from "./characteristics.ts";
import type { ArcjetRequest } from "./request.ts";

/** Longer values are cut to head, tail and length, so that hashing stays bounded. */
const MAX_VALUE_LENGTH = 4096;
const KEPT_PER_SIDE = 1024;
/** Addresses whose hash is kept; when there are more, keeping begins anew. */
const MAX_KNOWN = 4096;
/** Requests without keeping, after more addresses came for the first time than came again. */
const MAX_REST = 65_536;
/** Pairs of a query or cookie header that are looked at for one name. */
const MAX_PAIRS = 1024;

type Hash = (text: string) => Fingerprint;
type Props = Readonly<Record<string, unknown>>;

/** Gives the fingerprint of a request by one list of characteristics. */
export type Identify = (request: ArcjetRequest, props: Props) => Fingerprint;

/**
 * Compiles a list of characteristics, in any order.
 *
 * @throws TypeError when a name is not a characteristic.
 */
export function compileIdentity(names: readonly string[], hash: Hash, owner: string): Identify {
  const sorted = [...new Set(names)].toSorted();
  const parts = sorted.map((name) => ({ name, source: parseCharacteristic(name, owner) }));
  if (sorted.length === 1 && sorted[0] === "ip.src") return identifyByAddress(hash);
  return (request, props) => {
    let text = "";
    for (const { name, source } of parts)
      text += joinPart(name, readValues(source, request, props), request.clientKey);
    return hash(text);
  };
}

/**
 * Most limits count by address alone, and addresses come again: their hashes are kept. Where there are so
 * many that they do not come again in time, keeping them costs more than it saves, and rests for a while.
 */
function identifyByAddress(hash: Hash): Identify {
  const known = new Map<string, Fingerprint>();
  let again = 0;
  let rest = 0;
  return ({ clientKey }) => {
    const kept = rest === 0 ? known.get(clientKey) : undefined;
    if (kept) {
      again++;
      return kept;
    }
    const made = hash(`ip.src=${clientKey}`);
    if (rest > 0) {
      rest--;
      return made;
    }
    if (known.size >= MAX_KNOWN) {
      if (again < MAX_KNOWN) rest = MAX_REST;
      again = 0;
      known.clear();
    }
    known.set(clientKey, made);
    return made;
  };
}

/** The fingerprint of a client named by its values instead of by a request, for `peek` and `reset`. */
export function identifyKey(
  names: readonly string[],
  key: Props,
  clientKey: string,
  hash: Hash,
): Fingerprint {
  const sorted = [...new Set(names)].toSorted();
  if (sorted.length === 1 && sorted[0] === "ip.src") return hash(`ip.src=${clientKey}`);
  let text = "";
  for (const name of sorted) {
    if (name !== "ip.src" && key[name] === undefined)
      throw new TypeError(
        `the key needs \`${name}\`: this limit is counted by ${sorted.join(", ")}`,
      );
    text += joinPart(name, name === "ip.src" ? [clientKey] : [toText(key[name])], clientKey);
  }
  return hash(text);
}

function joinPart(
  name: string,
  values: readonly (string | undefined)[],
  clientKey: string,
): string {
  const only = values.length === 1 ? values[0] : undefined;
  if (only === undefined || only === "") {
    const marker = values.length > 1 ? "repeated" : "missing";
    return `${name}!${marker}:${clientKey.length}:${clientKey};`;
  }
  const value = only.length > MAX_VALUE_LENGTH ? shorten(only) : only;
  return `${name}=${value.length}:${value};`;
}

const shorten = (value: string): string =>
  `${value.slice(0, KEPT_PER_SIDE)}…${value.length}…${value.slice(-KEPT_PER_SIDE)}`;

function readValues(
  source: CharacteristicSource,
  request: ArcjetRequest,
  props: Props,
): readonly (string | undefined)[] {
  switch (source.kind) {
    case "ip":
      return [request.clientKey];
    case "host":
      return [request.host];
    case "method":
      return [request.method];
    case "path":
      // As routers see it: every spelling of a path is one client's way to the same place.
      return [request.canonicalPath];
    case "header":
      return request.headers.values(source.name);
    case "cookie":
      return pairValues(request.cookies, ";", source.name, (text) => text.trim());
    case "query":
      return pairValues(request.query.slice(1), "&", source.name, decodeFormText);
    case "property":
      return [toText(props[source.name])];
  }
}

/** Text of an application value; undefined when it is none that identifies anybody. */
function toText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")
    return String(value);
  return undefined;
}

/** Values of one name in `a=1;b=2` or `a=1&b=2`, read without building a map. */
function pairValues(
  text: string,
  separator: string,
  name: string,
  decode: (text: string) => string,
): string[] {
  const values: string[] = [];
  let start = 0;
  for (let pairs = 0; pairs < MAX_PAIRS && start < text.length; pairs++) {
    let end = text.indexOf(separator, start);
    if (end === -1) end = text.length;
    const equals = text.indexOf("=", start);
    const nameEnd = equals === -1 || equals > end ? end : equals;
    if (decode(text.slice(start, nameEnd)) === name)
      values.push(decode(text.slice(Math.min(nameEnd + 1, end), end)));
    start = end + 1;
  }
  return values;
}

function decodeFormText(text: string): string {
  if (!text.includes("%") && !text.includes("+")) return text;
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
