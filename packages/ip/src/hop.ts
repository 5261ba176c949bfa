import { parseIp, unmap, type Ip } from "./address.ts";

/** Address, brackets, a zone and a port; more is no hop. */
const MAX_TEXT = 128;
/** A number, or an obfuscated port (RFC 7239 section 6). */
const PORT = /^:(?:\d{1,5}|_[a-z0-9._-]+)$/i;

/**
 * Reads one entry of a forwarding header: an address that may carry a port, brackets and a zone, all of
 * which are dropped. Undefined when it is anything else, such as `unknown` or an obfuscated name.
 */
export function parseHop(text: string): Ip | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const ip = parseIp(text) ?? parseDecorated(text);
  return ip === undefined ? undefined : unmap(ip);
}

function parseDecorated(text: string): Ip | undefined {
  if (text.startsWith("[")) {
    const close = text.indexOf("]");
    if (close < 0) return undefined;
    const port = text.slice(close + 1);
    if (port !== "" && !isPort(port)) return undefined;
    const ip = parseZoned(text.slice(1, close));
    return ip?.family === 6 ? ip : undefined;
  }
  const colon = text.indexOf(":");
  if (colon > 0 && text.indexOf(":", colon + 1) < 0) {
    const ip = isPort(text.slice(colon)) ? parseIp(text.slice(0, colon)) : undefined;
    return ip?.family === 4 ? ip : undefined;
  }
  return parseZoned(text);
}

/** IPv6 with an optional zone (RFC 4007 section 11); IPv4 has none. */
function parseZoned(text: string): Ip | undefined {
  const percent = text.indexOf("%");
  if (percent < 0) return parseIp(text);
  if (percent === text.length - 1) return undefined;
  const ip = parseIp(text.slice(0, percent));
  return ip?.family === 6 ? ip : undefined;
}

function isPort(text: string): boolean {
  return PORT.test(text) && (text.charAt(1) === "_" || Number(text.slice(1)) <= 65535);
}

/** The text between two places without the blanks around it, which are spaces and tabs (RFC 9110 section 5.6.3). */
export function trimBlanks(text: string, from = 0, to: number = text.length): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
