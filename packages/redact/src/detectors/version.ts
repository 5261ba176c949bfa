// Four numbers with dots between them are as often a version or the number of a section as an address:
// what stands around them tells, and where nothing does, how small they are.
import { isDigit, isWord } from "../characters.ts";
import { wordBefore } from "../context.ts";

/** Characters of the longest dotted quad. */
export const MAX_IPV4 = 15;
const DOT = 0x2e;
const ZERO = 0x30;
const SLASH = 0x2f;
const HYPHEN = 0x2d;
const COLON = 0x3a;

/** Where the dotted quad ends that begins at `start`: strict, each number below 256 and without leading zeros; -1 when none does. */
export function ipv4End(text: string, start: number): number {
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

/** "1.2.3.4 is the newest release", "2.4.1.3 above". */
const SAYS_VERSION =
  /^ (?:(?:is|was) (?:the|a|our|an) (?:[a-z]+ ){0,2}(?:release|version|build)|above|below|oben|unten)\b/;
const MAX_BEHIND = 48;

/** Whether the dotted quad is no address. */
export function isVersion(text: string, start: number, end: number): boolean {
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
  const sign = before === SPACE ? earlier : before;
  if (
    sign === SECTION ||
    (before !== SPACE && SIGN.test(text.slice(Math.max(0, start - 2), start)))
  )
    return true;
  return (
    isTag(text, start) ||
    isCalledVersion(text, start) ||
    isInCompany(text, start, end) ||
    SAYS_VERSION.test(text.slice(end, end + MAX_BEHIND)) ||
    (isSmall(text.slice(start, end)) && !isCalledAddress(text, start, end))
  );
}

/** `registry.example/team/app:1.2.3.4`: the tag of an image. */
function isTag(text: string, start: number): boolean {
  return (
    text.charCodeAt(start - 1) === COLON &&
    IMAGE.test(text.slice(Math.max(0, start - MAX_IMAGE), start))
  );
}

const MAX_IMAGE = 80;
const IMAGE = /\bimages?:?\s["']?[\w.-]+:$|(?:^|[\s"'=])[\w.-]+(?:\/[\w.-]+)+:$/;

/**
 * Of several in a line that begin alike, all are versions where an earlier one is called one: "firmware
 * 7.4.2.1 mends what 7.4.1.9 broke"; so is what depends on others. No address of a private network is.
 */
function isInCompany(text: string, start: number, end: number): boolean {
  const from = Math.max(0, start - COMPANY_WINDOW);
  const before = text.slice(from, start);
  const head = text.slice(start, text.indexOf(".", start) + 1);
  if (!before.includes(head) && !before.includes("ependencies")) return false;
  if (PRIVATE.test(text.slice(start, end))) return false;
  const line = before.lastIndexOf("\n") + 1;
  if (before.includes("ependencies", line)) return true;
  for (const { 0: quad, index } of before.slice(line).matchAll(QUAD))
    if (quad.startsWith(head) && followsVersionWord(text, from + line + index)) return true;
  return false;
}

const COMPANY_WINDOW = 96;
const QUAD = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/g;

const SPACE = 0x20;
const SECTION = 0xa7;
const SIGN = /[~^<]$|[=<>~]=$/;

const VERSION_WORDS: ReadonlySet<string> = new Set(
  (
    "v ver version versions versión versione versão release released releases build firmware section " +
    "sections chapter clause article rev revision oid upgrade upgraded downgrade downgraded patch figure " +
    "table appendix paragraph abschnitt kapitel ziffer art artikel artículo articolo punkt shape sdk assemblyversion fileversion driver kernel"
  ).split(" "),
);
/** Names that a version follows; an address of a private network behind one is a machine that has it. */
const PRODUCTS: ReadonlySet<string> = new Set(
  (
    "firefox chrome chromium chromedriver edge safari opera webkit windows macos ios android java jdk jre nvidia office " +
    "openssl postgresql excel word powerpoint outlook minecraft python php ruby perl gcc clang dotnet typescript " +
    "ubuntu debian fedora photoshop acrobat unity bios uefi glibc app plugin docker cmake gradle maven terraform kubectl helm golang rust swift kotlin scala"
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

/** Numbers of sections and versions go up to about this; of all addresses one in 27,000 has four of them. */
const MAX_SMALL = 20;
/** Resolvers that everybody knows, and the first examples that come to mind. */
const KNOWN: ReadonlySet<string> = new Set(
  "1.0.0.1 1.0.0.2 1.0.0.3 1.1.1.2 1.1.1.3 4.2.2.1 4.2.2.2 8.8.4.4 9.9.9.10 9.9.9.11 0.0.0.0".split(
    " ",
  ),
);

/** Whether a quad is made of small numbers only, and none that everybody knows for an address. */
function isSmall(quad: string): boolean {
  if (Number.parseInt(quad, 10) > MAX_SMALL) return false;
  const numbers = quad.split(".").map(Number);
  if (PRIVATE.test(quad) || KNOWN.has(quad)) return false;
  return (
    numbers.every((number) => number <= MAX_SMALL) &&
    numbers.some((number) => number !== numbers[0])
  );
}

const ADDRESS_WINDOW = 48;
/** Words that speak of machines, anywhere before in the line; small words right in front. */
const SPEAKS_OF_MACHINES =
  /(?:^|[^a-z])(?:ips?|ipv4|addr|address(?:es)?|adres(?:se)?|dirección|indirizzo|endereço|адрес|hosts?|hostname|servers?|serveur|servidor|clients?|peers?|remote|gateway|router|proxy|dns|nameserver|resolvers?|ping|traceroute|whois|log(?:ged|in)|connect(?:s|ed|ion)?|requests?|visitors?|attackers?|src|dst|source|destination|listen(?:s|ing)?|bind|subnet|network|allow(?:ed)?|den(?:y|ied)|block(?:ed)?|ban(?:ned)?|[ds]port)(?![a-z])|[A-Z]{0,2}IP(?![a-z])|サーバ|服务器|地址|서버/i;
const LEADS_TO = /(?:^|[^a-z])(?:from|to|at|via|by|von|an|desde|depuis|от)[ :]$/i;
const LEADS_UP = /(?:\/\/|@|\[|[a-z]=)$/i;
/** A port, a prefix length, the beginning of a line of a log. */
const GOES_ON = /^(?::\d|\/\d{1,2}(?!\d|[./])|\]| - | port\b)/;

function isCalledAddress(text: string, start: number, end: number): boolean {
  if (GOES_ON.test(text.slice(end, end + MAX_IPV4))) return true;
  const before = text.slice(Math.max(0, start - ADDRESS_WINDOW), start);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return LEADS_UP.test(line) || LEADS_TO.test(line) || SPEAKS_OF_MACHINES.test(line);
}
