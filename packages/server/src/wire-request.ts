// A request of the wire in the form the engine reads.
import { formatIp, parseIp, rateLimitKey, type ClientIp, type Provenance } from "@arcjet/ip";
import type { HeaderReader, RequestParts } from "@arcjet/core";
import type { WireRequest } from "@arcjet/protocol/wire";

class WireHeaders implements HeaderReader {
  readonly #headers: ReadonlyMap<string, string>;
  readonly #request: WireRequest;

  constructor(request: WireRequest) {
    this.#headers = request.headers;
    this.#request = request;
  }

  get(name: string): string | undefined {
    const value = this.#headers.get(name);
    if (value !== undefined) return value;
    const { cookies, host } = this.#request;
    const apart = name === "cookie" ? cookies : name === "host" ? host : "";
    return apart === "" ? undefined : apart;
  }

  /** A field that came more than once is told apart from one that holds a comma only by its name. */
  values(name: string): readonly string[] {
    const value = this.get(name);
    if (value === undefined) return [];
    return this.#request.repeatedHeaders.includes(name) ? value.split(", ") : [value];
  }

  entries(): Iterable<readonly [string, string]> {
    const { cookies } = this.#request;
    return cookies === "" ? this.#headers : [...this.#headers, ["cookie", cookies]];
  }
}

const VOUCHED: ReadonlySet<string> = new Set(["manual", "platform", "direct", "trusted-proxy"]);
const KNOWN: ReadonlySet<string> = new Set([
  ...VOUCHED,
  "unverified-header",
  "conflict",
  "development",
  "none",
]);

/** A published client does not say how it found the address; its word is taken for it. */
function provenanceOf(text: string): Provenance {
  // The set holds exactly the members of the type.
  return KNOWN.has(text) ? (text as Provenance) : "manual";
}

/** Longest key of a client without an address that is read. */
const MAX_CLIENT_KEY = 64;

function clientOf({ ip, provenance, clientKey }: WireRequest): ClientIp {
  const known = provenanceOf(provenance);
  const parsed = parseIp(ip);
  const text = parsed === undefined ? "" : formatIp(parsed);
  return {
    ip: text,
    provenance: known,
    verified: parsed !== undefined && VOUCHED.has(known),
    key: text === "" && clientKey !== "" ? clientKey.slice(0, MAX_CLIENT_KEY) : rateLimitKey(text),
  };
}

/** The raw facts of a request that came over the wire. */
export function partsOf(request: WireRequest): RequestParts {
  return {
    method: request.method,
    target: (request.path === "" ? "/" : request.path) + request.query,
    headers: new WireHeaders(request),
    tls: request.protocol === "https:",
    httpVersion: request.httpVersion,
    client: clientOf(request),
  };
}
