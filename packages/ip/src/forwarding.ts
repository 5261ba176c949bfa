// Forwarding headers grow on the right: each proxy appends the address it was called from. Reading
// therefore starts at the right, at the entry the nearest proxy wrote, and goes on only while the hop it
// names is a proxy itself. What lies left of the first entry that is not one, or that is malformed, may
// have been invented by the client and is never read.
import type { Ip } from "./address.ts";
import type { CidrSet } from "./cidr-set.ts";
import { isGlobal } from "./global.ts";
import { parseHop } from "./hop.ts";

/** Entries read before the walk gives up. */
export const MAX_HOPS = 32;
/** Characters read, from the right, before the walk gives up. */
export const MAX_HEADER_LENGTH = 8192;

/** The client of an X-Forwarded-For header: the first global hop from the right that is no trusted proxy. */
export function walkForwardedFor(value: string, trusted: CidrSet | undefined): Ip | undefined {
  const limit = Math.max(0, value.length - MAX_HEADER_LENGTH);
  let end = value.length;
  for (let hops = 0; hops < MAX_HOPS && end >= limit; hops++) {
    const comma = end === 0 ? -1 : value.lastIndexOf(",", end - 1);
    // An entry that starts beyond the limit is not read.
    if (comma + 1 < limit) return undefined;
    const ip = parseHop(value.slice(comma + 1, end).trim());
    if (ip === undefined) return undefined;
    if (isClient(ip, trusted)) return ip;
    if (comma < 0) return undefined;
    end = comma;
  }
  return undefined;
}

/** The client of a Forwarded header (RFC 7239), by the same walk over its `for` parameters. */
export function walkForwarded(value: string, trusted: CidrSet | undefined): Ip | undefined {
  let end = value.length;
  const limit = Math.max(0, end - MAX_HEADER_LENGTH);
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    const comma = commaOutsideQuotes(value, end, limit);
    if (comma === undefined) return undefined;
    const node = forParameter(value.slice(comma + 1, end));
    const ip = node === undefined ? undefined : parseHop(node);
    if (ip === undefined) return undefined;
    if (isClient(ip, trusted)) return ip;
    if (comma < 0) return undefined;
    end = comma;
  }
  return undefined;
}

function isClient(ip: Ip, trusted: CidrSet | undefined): boolean {
  return isGlobal(ip) && !(trusted?.has(ip) ?? false);
}

/**
 * The last comma before `end` that separates elements, -1 when there is none, undefined past the limit.
 * Going from the right, a quote that a client left open on the left cannot swallow what proxies appended.
 * Escapes are not looked at: an element with a backslash counts as malformed anyway.
 */
function commaOutsideQuotes(value: string, end: number, limit: number): number | undefined {
  let quoted = false;
  for (let at = end - 1; at >= limit; at--) {
    const code = value.charCodeAt(at);
    if (code === 34) quoted = !quoted;
    else if (code === 44 && !quoted) return at;
  }
  return limit === 0 ? -1 : undefined;
}

const PAIR = /^([a-z0-9!#$%&'*+.^_`|~-]+)=(?:([a-z0-9!#$%&'*+.^_`|~-]+)|"([^"\\]*)")$/i;

/** The value of the one `for` parameter of a forwarded-element; undefined when it is malformed or repeated. */
function forParameter(element: string): string | undefined {
  let found: string | undefined;
  for (const part of element.split(";")) {
    const text = part.trim();
    if (text === "") continue;
    const pair = PAIR.exec(text);
    if (pair === null) return undefined;
    if (pair[1]?.toLowerCase() !== "for") continue;
    if (found !== undefined) return undefined;
    found = pair[2] ?? pair[3] ?? "";
  }
  return found;
}
