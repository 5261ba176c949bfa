// IP addresses in text: strict IPv4 (four decimal octets without leading zeros) and IPv6 in the forms of
// RFC 4291. Version numbers, object identifiers, times, MAC addresses and `a::b` in source code have the
// same characters and are told apart by what stands around them.
import { isAsciiLetter, isDigit, isHex, isWord } from "../characters.ts";
import { wordBefore } from "../context.ts";
import type { Span } from "../span.ts";

const MAX_IPV4 = 15;
const MAX_IPV6 = 45;
const DOT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const SLASH = 0x2f;
const HYPHEN = 0x2d;

type IpSpan = Span<"IP_ADDRESS">;

/** The IPv4 address that starts at `start`; undefined when there is none. */
export function findIpv4(text: string, start: number): IpSpan | undefined {
  const end = ipv4End(text, start);
  if (end < 0 || continues(text, end) || isVersion(text, start, end)) return undefined;
  if (SAYS_VERSION.test(text.slice(end, end + MAX_BEHIND))) return undefined;
  return { start, end, identifiedType: "IP_ADDRESS" };
}

/** "1.2.3.4 is the newest release". */
const SAYS_VERSION = /^ (?:is|was) (?:the|a|our|an) (?:[a-z]+ ){0,2}(?:release|version|build)\b/;
const MAX_BEHIND = 48;

function ipv4End(text: string, start: number): number {
  let i = start;
  for (let octet = 0; octet < 4; octet++) {
    if (octet > 0 && text.charCodeAt(i++) !== DOT) return -1;
    const from = i;
    let value = 0;
    while (i - from < 3 && isDigit(text.charCodeAt(i)))
      value = value * 10 + text.charCodeAt(i++) - ZERO;
    if (i === from || value > 255 || isDigit(text.charCodeAt(i))) return -1;
    if (i - from > 1 && text.charCodeAt(from) === ZERO) return -1;
  }
  return i;
}

/** Whether the token goes on behind `end`: letters, a further dotted number, a hyphenated suffix. */
function continues(text: string, end: number): boolean {
  const next = text.charCodeAt(end);
  const after = text.charCodeAt(end + 1);
  if (isWord(next)) return true;
  return (next === DOT && isWord(after)) || (next === HYPHEN && isAsciiLetter(after));
}

function isVersion(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  const earlier = text.charCodeAt(start - 2);
  // "name-1.2.3.4", "Agent/1.2.3.4", "==1.2.3.4", "^1.2.3.4", ">=1.2.3.4"
  if (before === DOT && isWord(earlier)) return true;
  if (before === HYPHEN && isWord(earlier)) return ipv4Before(text, start - 1) < 0;
  if (
    before === SLASH &&
    isWord(earlier) &&
    !/(?:localhost|host|ip|addr)\/$/i.test(text.slice(Math.max(0, start - 10), start))
  )
    return !text.slice(start, end).startsWith("127.");
  if (
    SIGNS.includes(text[start - 1] ?? " ") &&
    SIGN.test(text.slice(Math.max(0, start - 2), start))
  )
    return true;
  return isCalledVersion(text, start);
}

const SIGNS = "~^§ =";
const SIGN = /[~^§]$|§ $|[=<>~]=$/;

const VERSION_WORDS: ReadonlySet<string> = new Set(
  (
    "v ver version versions versión versione versão release released releases build firmware section " +
    "sections chapter clause article rev revision oid upgrade upgraded downgrade downgraded patch figure " +
    "table appendix paragraph abschnitt kapitel sdk assemblyversion fileversion driver kernel"
  ).split(" "),
);
/** Names that a version follows; an address of a private network behind one is a machine that has it. */
const PRODUCTS: ReadonlySet<string> = new Set(
  (
    "firefox chrome chromium chromedriver edge safari opera webkit windows macos ios android java jdk jre nvidia office " +
    "openssl postgresql excel word powerpoint outlook minecraft python php ruby perl gcc clang dotnet typescript " +
    "ubuntu debian fedora photoshop acrobat unity"
  ).split(" "),
);
const PRIVATE = /^(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\./;
/** Words that may stand between the name and the number: "upgraded to", "the version number is". */
const LINKS: ReadonlySet<string> = new Set("number no is to from of was at auf von".split(" "));
const MAX_LINKS = 2;
const MAX_GAP = 4;
const JOINTS: ReadonlySet<string> = new Set(["to", "and", "or", "und", "auf", "vs"]);

/** Whether the words in front call it a version, or one it is joined to: "from 1.2.3.4 to 1.2.4.0". */
function isCalledVersion(text: string, start: number): boolean {
  if (followsVersionWord(text, start)) return true;
  const joint = wordBefore(text, start, MAX_GAP);
  const end = joint && JOINTS.has(joint.word) ? joint.start - 1 : start - 1;
  const other = ipv4Before(text, end);
  return other >= 0 && followsVersionWord(text, other);
}

/** Where the dotted quad begins that ends at `end`; -1 when none does. */
function ipv4Before(text: string, end: number): number {
  let start = end;
  while (end - start < MAX_IPV4 && isDottedDigit(text.charCodeAt(start - 1))) start--;
  return start < end && ipv4End(text, start) === end ? start : -1;
}

function followsVersionWord(text: string, start: number): boolean {
  let end = start;
  for (let links = 0; links <= MAX_LINKS; links++) {
    const found = wordBefore(text, end, MAX_GAP);
    if (!found) return false;
    if (VERSION_WORDS.has(found.word) || found.word.endsWith("version")) return true;
    if (PRODUCTS.has(found.word)) return !PRIVATE.test(text.slice(start, start + MAX_IPV4));
    if (!LINKS.has(found.word)) return false;
    end = found.start;
  }
  return false;
}

function isDottedDigit(unit: number): boolean {
  return isDigit(unit) || unit === DOT;
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
