/**
 * Turns the raw facts an adapter read into the one request shape all rules see. What has to be worked out
 * (the parts of the target, the canonical path, the client's address) is on first use, once.
 */
import { clientIp, type ClientIp, type Platform, type TrustedProxies } from "@arcjet/ip";
import { canonicalPath, splitTarget, type Target } from "./path.ts";
import type { ArcjetRequest, HeaderReader, Provenance } from "./request.ts";

/** Raw facts of a request, as an adapter reads them. */
export interface RequestParts {
  readonly method: string;
  /** Request target exactly as received: path and query, or the absolute form. */
  readonly target: string;
  readonly headers: HeaderReader;
  /** The `:authority` of HTTP/2 (RFC 9113, 8.3.1), which stands for a Host header that is not there. */
  readonly authority?: string | undefined;
  /** Address of the network peer, where the runtime tells. */
  readonly peer?: string | undefined;
  /** Whether the connection is encrypted. */
  readonly tls?: boolean | undefined;
  /** HTTP version such as "1.1". */
  readonly httpVersion?: string | undefined;
  /** False when headers may be missing, as in an access log; true by default. */
  readonly complete?: boolean | undefined;
  /** Whether the router of this request ignores case, where that differs from app to app. */
  readonly ignoreCase?: boolean | undefined;
  /** An address the application vouches for; wins over everything else. */
  readonly ipSrc?: string | undefined;
  /** The client where another process has found it already, as for a Decide server; taken as it is. */
  readonly client?: ClientIp | undefined;
}

/** How requests are read: options of the client and facts about its surroundings. */
export interface NormalizeOptions {
  readonly proxies: TrustedProxies | undefined;
  readonly platform: Platform | undefined;
  readonly development: boolean;
  /** Whether the framework's router ignores case. */
  readonly ignoreCase: boolean;
  /** Told when it is in doubt who the client is: its headers contradict each other, or nobody vouches for them. */
  readonly onDoubt?: ((provenance: Provenance) => void) | undefined;
}

class NormalizedRequest implements ArcjetRequest {
  readonly #parts: RequestParts;
  readonly #options: NormalizeOptions;
  #split: Target | undefined;
  #client: ClientIp | undefined;
  #canonicalPath: string | undefined;
  #routedPath: string | undefined;

  constructor(parts: RequestParts, options: NormalizeOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  get method(): string {
    return this.#parts.method;
  }

  get protocol(): string {
    return this.#parts.tls === true ? "https:" : "http:";
  }

  get host(): string {
    const { headers, authority } = this.#parts;
    return this.#target.authority || (headers.get("host") ?? authority ?? "");
  }

  get httpVersion(): string | undefined {
    return this.#parts.httpVersion;
  }

  get target(): string {
    return this.#parts.target;
  }

  get path(): string {
    return this.#target.path;
  }

  get query(): string {
    return this.#target.query;
  }

  get headers(): HeaderReader {
    return this.#parts.headers;
  }

  get complete(): boolean {
    return this.#parts.complete ?? true;
  }

  get #target(): Target {
    return (this.#split ??= splitTarget(this.#parts.target));
  }

  get #resolved(): ClientIp {
    if (this.#client) return this.#client;
    const client = findClient(this.#parts, this.#options);
    const { provenance } = client;
    if (provenance === "unverified-header" || provenance === "conflict")
      this.#options.onDoubt?.(provenance);
    return (this.#client = client);
  }

  get ip(): string {
    return this.#resolved.ip;
  }

  get provenance(): Provenance {
    return this.#resolved.provenance;
  }

  get verified(): boolean {
    return this.#resolved.verified;
  }

  get clientKey(): string {
    return this.#resolved.key;
  }

  get canonicalPath(): string {
    return (this.#canonicalPath ??= canonicalPath(this.path, this.#ignoresCase));
  }

  get routedPath(): string {
    return (this.#routedPath ??= canonicalPath(this.path, this.#ignoresCase, false));
  }

  get #ignoresCase(): boolean {
    return this.#parts.ignoreCase ?? this.#options.ignoreCase;
  }

  get cookies(): string {
    return this.headers.get("cookie") ?? "";
  }
}

/** Finds the address of the client. */
export function findClient(parts: RequestParts, options: NormalizeOptions): ClientIp {
  const { peer, headers, ipSrc, client } = parts;
  const { proxies, platform, development } = options;
  return client ?? clientIp({ peer, headers, proxies, platform, ipSrc, development });
}

/**
 * Normalises the raw facts of a request.
 *
 * @example
 * const request = normalizeRequest(
 *   { method: "GET", target: "//api/x?a=1", headers: readHeaders({ host: "example.com" }), peer: "203.0.113.7" },
 *   { proxies: undefined, platform: undefined, development: false, ignoreCase: false },
 * );
 * request.path; // "//api/x"
 * request.canonicalPath; // "/api/x"
 */
export function normalizeRequest(parts: RequestParts, options: NormalizeOptions): ArcjetRequest {
  return new NormalizedRequest(parts, options);
}
