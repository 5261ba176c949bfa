// Forwarding headers grow on the right: each proxy appends the address it was called from. Reading
// therefore starts at the right, at the entry the nearest proxy wrote, and goes on only while the hop it
// names is a proxy itself. What lies left of the first entry that is not one, or that is malformed, may
// have been invented by the client and is never read.
import type { Ip } from "./address.ts";
import type { CidrSet } from "./cidr-set.ts";
import { isGlobal } from "./global.ts";
import { parseHop, trimBlanks } from "./hop.ts";

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
    const ip = parseHop(trimBlanks(value, comma + 1, end));
    if (ip === undefined) return undefined;
    if (isClient(ip, trusted)) return ip;
    if (comma < 0) return undefined;
    end = comma;
  }
  return undefined;
}

const QUOTE = 34;
const COMMA = 44;
const SEMICOLON = 59;
const BACKSLASH = 92;

/** The client of a Forwarded header (RFC 7239), by the same walk over its `for` parameters. */
export function walkForwarded(value: string, trusted: CidrSet | undefined): Ip | undefined {
  let end = value.length;
  const limit = Math.max(0, end - MAX_HEADER_LENGTH);
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    const comma = lastSeparator(value, COMMA, limit, end);
    if (comma === undefined) return undefined;
    const node = forParameter(value.slice(comma + 1, end));
    const ip = node === undefined ? undefined : parseNode(node);
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
 * The last separator before `end` outside quoted strings (RFC 9110 section 5.6.4): -1 when there is none,
 * undefined when there is none down to `limit`. Going from the right, a quote that a client left open on
 * the left cannot swallow what proxies appended.
 */
function lastSeparator(
  value: string,
  separator: number,
  limit: number,
  end: number,
): number | undefined {
  let quoted = false;
  for (let at = end - 1; at >= limit; at--) {
    const code = value.charCodeAt(at);
    if (code === QUOTE) {
      let escape = at;
      while (escape > limit && value.charCodeAt(escape - 1) === BACKSLASH) escape--;
      // An odd number of backslashes: the quote is a character of the string.
      if ((at - escape) % 2 === 0) quoted = !quoted;
    } else if (code === separator && !quoted) {
      return at;
    }
  }
  return limit === 0 ? -1 : undefined;
}

const PAIR = /^([a-z0-9!#$%&'*+.^_`|~-]+)=(?:([a-z0-9!#$%&'*+.^_`|~-]+)|"((?:[^"\\]|\\.)*)")$/i;

/** The value of the one `for` parameter of a forwarded-element; undefined when it is malformed or repeated. */
function forParameter(element: string): string | undefined {
  let found: string | undefined;
  for (let end = element.length; end >= 0;) {
    const separator = lastSeparator(element, SEMICOLON, 0, end) ?? -1;
    const part = trimBlanks(element, separator + 1, end);
    end = separator;
    if (part === "") continue;
    const pair = PAIR.exec(part);
    if (pair === null) return undefined;
    if (pair[1]?.toLowerCase() !== "for") continue;
    if (found !== undefined) return undefined;
    found = pair[2] ?? pair[3]?.replace(/\\(.)/g, "$1") ?? "";
  }
  return found;
}

/** A node is IPv4, or IPv6 in brackets (RFC 7239 section 6): without them, a port would pass for a group. */
function parseNode(node: string): Ip | undefined {
  const colons = node.startsWith("[") ? 0 : node.split(":", 3).length - 1;
  return colons > 1 ? undefined : parseHop(node);
}
