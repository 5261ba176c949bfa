// IP addresses in text: strict IPv4 (four decimal octets without leading zeros) and IPv6 in the forms of
// RFC 4291. Version numbers, object identifiers, times, MAC addresses and `a::b` in source code have the
// same characters and are told apart by what stands around them.
import { isAsciiLetter, isHex, isWord } from "../characters.ts";
import type { Span } from "../span.ts";
import { ipv4End, isVersion } from "./version.ts";

const MAX_IPV6 = 45;
const DOT = 0x2e;
const COLON = 0x3a;
const HYPHEN = 0x2d;

type IpSpan = Span<"IP_ADDRESS">;

/** The IPv4 address that starts at `start`; undefined when there is none. */
export function findIpv4(text: string, start: number): IpSpan | undefined {
  const end = ipv4End(text, start);
  if (end < 0 || continues(text, end) || isVersion(text, start, end)) return undefined;
  return { start, end, identifiedType: "IP_ADDRESS" };
}

/** Whether the token goes on behind `end`: letters, a further dotted number, a hyphenated suffix. */
function continues(text: string, end: number): boolean {
  const next = text.charCodeAt(end);
  const after = text.charCodeAt(end + 1);
  if (isWord(next)) return true;
  return (next === DOT && isWord(after)) || (next === HYPHEN && isAsciiLetter(after));
}

/** The IPv6 address that starts at `start`; undefined when there is none. */
export function findIpv6(text: string, start: number): IpSpan | undefined {
  let end = start;
  let colons = 0;
  while (end - start <= MAX_IPV6 && isIpv6Character(text.charCodeAt(end))) {
    if (text.charCodeAt(end) === COLON) colons++;
    end++;
  }
  if (colons < 2 || end - start > MAX_IPV6 || isWord(text.charCodeAt(end))) return undefined;
  // Punctuation of the sentence.
  if (text.charCodeAt(end - 1) === DOT) end--;
  if (text.charCodeAt(end - 1) === COLON && text.charCodeAt(end - 2) !== COLON) end--;
  const address = text.slice(start, end);
  if (!isIpv6(address) || !isLikely(address) || isSlice(text, start, end)) return undefined;
  return { start, end, identifiedType: "IP_ADDRESS" };
}

function isIpv6Character(unit: number): boolean {
  return isHex(unit) || unit === COLON || unit === DOT;
}

const GROUPS = 8;

function isIpv6(address: string): boolean {
  const halves = address.split("::");
  if (halves.length > 2) return false;
  const counts = halves.map((half, i) => countGroups(half, i === halves.length - 1));
  if (counts.some((count) => count < 0)) return false;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return halves.length === 1 ? total === GROUPS : total < GROUPS;
}

function countGroups(half: string, last: boolean): number {
  if (half === "") return 0;
  const groups = half.split(":");
  let count = groups.length;
  for (const [i, group] of groups.entries()) {
    if (last && i === groups.length - 1 && group.includes(".")) {
      if (ipv4End(group, 0) !== group.length) return -1;
      count++;
    } else if (!/^[0-9a-f]{1,4}$/i.test(group)) return -1;
  }
  return count;
}

/**
 * Whether an address is one that occurs. Full addresses begin with a group of three or four digits
 * (2000::/3, fc00::/7, fe80::/10, ff00::/8) or are loopback, mapped or translated; 8 pairs are an EUI-64.
 * Eight long groups with letters among them are nothing else, wherever they begin.
 */
function isLikely(address: string): boolean {
  if (/^(?:[0-9a-f]{2}:){7}[0-9a-f]{2}$/i.test(address)) return false;
  if (/^::(?:1|ffff:[\d.a-f:]{3,39})$/i.test(address)) return true;
  if (/^(?=.*[a-f])(?:[0-9a-f]{3,4}:){7}[0-9a-f]{3,4}$/i.test(address)) return true;
  if (/^64:ff9b:/i.test(address)) return true;
  if (/^(?:0{1,4}:){7}0{0,3}1$/.test(address)) return true;
  return /^(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}|fe[89a-f][0-9a-f]|ff[0-9a-f]{2}|100):/i.test(
    address,
  );
}

/** `items[::1]`: a slice and not an address in brackets. */
function isSlice(text: string, start: number, end: number): boolean {
  return text[start - 1] === "[" && text[end] === "]" && isWord(text.charCodeAt(start - 2));
}
