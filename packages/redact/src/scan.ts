// One walk over the text. At the start of a token the first character decides which detectors look at
// it; an "@" is read outwards. Every detector reads a bounded piece, so the walk is linear in the text.
import { isAsciiAlphanumeric, isDigit, isHex, isWord, mayStart } from "./characters.ts";
import { kindBefore, type NumberKind } from "./context.ts";
import { findApiKey, findBotToken, findPrivateKey } from "./detectors/api-key.ts";
import { findCard, isCardShape, mayBeCard } from "./detectors/card.ts";
import { readDigits, separatorEnd, takeGroups, type DigitRun } from "./detectors/digits.ts";
import { findEmail } from "./detectors/email.ts";
import { findIban } from "./detectors/iban.ts";
import { findIpv4, findIpv6 } from "./detectors/ip.ts";
import { findPhone } from "./detectors/phone.ts";
import { findSsn } from "./detectors/ssn.ts";
import type { BuiltInType, Span } from "./span.ts";

type BuiltInSpan = Span<BuiltInType>;

const AT = 0x40;
const PLUS = 0x2b;
const OPEN = 0x28;
const COLON = 0x3a;
const COMMA = 0x2c;
const DOT = 0x2e;
const PERCENT = 0x25;
const LOWER_X = 0x78;
const UPPER_X = 0x58;
const HYPHEN = 0x2d;
const SPACE = 0x20;
const SLASH = 0x2f;
const NO_BREAK = 0xa0;
const NARROW = 0x202f;
/** Digits of the shortest number that is looked for. */
const MIN_NUMBER = 7;
/** Digits of the longest. */
const MAX_NUMBER = 19;
/** Digits between the separators of an amount. */
const THOUSANDS = 3;
/** Digits of the shortest card number. */
const MIN_BARE_CARD = 13;
/** Digits of a group of an IPv6 address. */
const MAX_GROUP = 4;

/** Detectors that run only when their type is wanted; the others also rule out phone numbers. */
interface Wanted {
  readonly email: boolean;
  readonly phone: boolean;
  readonly ip: boolean;
  readonly ssn: boolean;
  readonly apiKey: boolean;
}

const encoder = /* @__PURE__ */ new TextEncoder();
const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The text in one piece, and as long as it was (half of a surrogate pair becomes U+FFFD). Engines keep a
 * text that was joined or cut as a reference to others, and each look at a character follows it.
 */
function inOnePiece(text: string): string {
  return decoder.decode(encoder.encode(text));
}

/** Finds the wanted types in a text: without overlaps, in order. */
export function scan(given: string, types: ReadonlySet<BuiltInType>): readonly BuiltInSpan[] {
  const text = inOnePiece(given);
  const wanted: Wanted = {
    email: types.has("EMAIL"),
    phone: types.has("PHONE_NUMBER"),
    ip: types.has("IP_ADDRESS"),
    ssn: types.has("US_SSN"),
    apiKey: types.has("API_KEY"),
  };
  const spans: BuiltInSpan[] = [];
  let i = 0;
  while (i < text.length) {
    const unit = text.charCodeAt(i);
    if (unit === AT) {
      i = addEmail(text, i, wanted, spans);
    } else if (mayStart(unit) && !isWord(text.charCodeAt(i - 1))) {
      const span = findAt(text, i, unit, wanted);
      if (span) spans.push(span);
      i = span ? span.end : nextStart(text, i, unit);
    } else i++;
  }
  return spans.filter((span) => types.has(span.identifiedType));
}

/** Behind the token's letters and digits, where a new token can begin. */
function nextStart(text: string, start: number, unit: number): number {
  let i = start + 1;
  if (isAsciiAlphanumeric(unit)) while (isWord(text.charCodeAt(i))) i++;
  return i;
}

function addEmail(text: string, at: number, wanted: Wanted, spans: BuiltInSpan[]): number {
  if (!wanted.email) return at + 1;
  const span = findEmail(text, at);
  if (!span) return at + 1;
  // "555-0123@example.com" is one address and no number.
  while (spans.length > 0 && spans.at(-1)!.end > span.start) {
    const last = spans.at(-1)!;
    if (last.identifiedType === "EMAIL") return at + 1;
    spans.pop();
  }
  spans.push(span);
  return span.end;
}

function findAt(
  text: string,
  start: number,
  unit: number,
  wanted: Wanted,
): BuiltInSpan | undefined {
  if (isDigit(unit) || unit === PLUS || unit === OPEN)
    return (
      (wanted.apiKey && isDigit(unit) ? findBotToken(text, start) : undefined) ??
      findNumber(text, start, wanted) ??
      findAddress(text, start, unit, wanted)
    );
  if (unit === HYPHEN) return wanted.apiKey ? findPrivateKey(text, start) : undefined;
  return (
    (wanted.apiKey ? findApiKey(text, start) : undefined) ??
    // Found whether wanted or not, so that a part of it is never taken for a card or phone number.
    findIban(text, start) ??
    findAddress(text, start, unit, wanted)
  );
}

function findAddress(
  text: string,
  start: number,
  unit: number,
  wanted: Wanted,
): BuiltInSpan | undefined {
  if (!wanted.ip) return undefined;
  // Of a row of colons only the first can begin an address.
  if (unit === COLON)
    return text.charCodeAt(start - 1) !== COLON && text.charCodeAt(start + 1) === COLON
      ? findIpv6(text, start)
      : undefined;
  let end = start;
  while (end - start < MAX_GROUP && isHex(text.charCodeAt(end))) end++;
  return end > start && text.charCodeAt(end) === COLON ? findIpv6(text, start) : undefined;
}

/** What a run of digits is: an address, a card, a social security number or a phone number. */
function findNumber(text: string, start: number, wanted: Wanted): BuiltInSpan | undefined {
  // Found whether wanted or not, so that an address is never taken for a phone number.
  const ip = isDigit(text.charCodeAt(start)) ? findIpv4(text, start) : undefined;
  if (ip) return ip;
  const run =
    mayBeLong(text, start) && startsNumber(text, start) ? readDigits(text, start) : undefined;
  if (!run || run.digits.length < MIN_NUMBER) return undefined;
  let kind: NumberKind | "unread" = "unread";
  const readKind = (): NumberKind => (kind === "unread" ? (kind = kindBefore(text, start)) : kind);
  const cardOnly = !hasTellingShape(run) && readKind() !== "phone";
  if (cardOnly && !mayBeCard(run.digits)) return undefined;
  const parts = endings(text, run, cardOnly);
  return (
    first(parts, (part) => findCard(part, readKind)) ??
    (wanted.ssn ? first(parts, (part) => findSsn(part, readKind)) : undefined) ??
    (wanted.phone
      ? first(parts, (part) => findPhone(text, part, isAlone(text, part, run), readKind))
      : undefined)
  );
}

/** Shapes that a number may begin with; the lengths of its groups. */
const TELLING = /^(?:334|1334|344|324|9|13322)/;

/**
 * Whether the beginning of a run looks like a number of another kind than a card; where it does not, only
 * a word for a phone makes it one. Columns of figures mostly end here.
 */
function hasTellingShape({ digits, shape, plus, parenthesis }: DigitRun): boolean {
  if (plus || parenthesis || digits.startsWith("0")) return true;
  return TELLING.test(shape);
}

/**
 * Whether a run that starts here may have the digits of a number, found without keeping anything:
 * most runs are years, times and amounts.
 */
function mayBeLong(text: string, start: number): boolean {
  if (!isDigit(text.charCodeAt(start))) return true;
  let digits = 0;
  for (let i = start; ;) {
    while (digits < MIN_NUMBER && isDigit(text.charCodeAt(i))) {
      digits++;
      i++;
    }
    if (digits === MIN_NUMBER) return !isIsoDate(text, start);
    const next = separatorEnd(text, i, false);
    if (next === i) return false;
    for (; i < next; i++) if (text.charCodeAt(i) === OPEN) return true;
  }
}

/** 2024-05-17: no number of any kind begins with a date. */
function isIsoDate(text: string, start: number): boolean {
  if (text.charCodeAt(start + 4) !== HYPHEN || text.charCodeAt(start + 7) !== HYPHEN) return false;
  return !isDigit(text.charCodeAt(start + 10)) && ISO_DATE.test(text.slice(start, start + 10));
}

const ISO_DATE = /^(?:19|20)\d\d-[01]\d-[0-3]\d$/;

/** The run, and what is left without its last groups, wherever a number may end; longest first. */
function endings(text: string, run: DigitRun, cardOnly: boolean): readonly DigitRun[] {
  const parts: DigitRun[] = [];
  let digits = run.digits.length;
  for (let count = run.groups.length; count > 0 && digits >= MIN_NUMBER; count--) {
    const possible = !cardOnly || isCardShape(run.shape.slice(0, count));
    if (possible && digits <= MAX_NUMBER && mayEnd(text, run, count))
      parts.push(takeGroups(run, count, digits));
    digits -= run.groups[count - 1]!;
  }
  return parts;
}

/** Whether the part is no piece of a column of numbers with spaces between them. */
function isAlone(text: string, part: DigitRun, run: DigitRun): boolean {
  if (part.separators.some((separator) => separator !== " ")) return true;
  const follows = run.separators.length >= part.groups.length;
  return !follows && !(text[part.start - 1] === " " && isDigit(text.charCodeAt(part.start - 2)));
}

function first<T>(
  parts: readonly DigitRun[],
  find: (part: DigitRun) => T | undefined,
): T | undefined {
  for (const part of parts) {
    const found = find(part);
    if (found) return found;
  }
  return undefined;
}

/** Whether a number may begin here: not inside an identifier such as `a-555` or `#555`. */
function startsNumber(text: string, start: number): boolean {
  const before = text[start - 1] ?? " ";
  if ("$€£¥".includes(before)) return false;
  // "CC#4111…" names what follows; "#4111" is a name.
  if (before === "#") return isWord(text.charCodeAt(start - 2));
  if (!"-._/+".includes(before)) return true;
  const earlier = text.charCodeAt(start - 2);
  // "Tel.030 123456" and ".../15550123" begin a number; "3.14", "a-1" and "1/2" go on.
  return !isWord(earlier) || ((before === "." || before === "/") && !isDigit(earlier));
}

/**
 * Whether a number may end after so many groups: no letter may follow, and further digits only behind a
 * space or a slash.
 */
function mayEnd(text: string, run: DigitRun, count: number): boolean {
  const separator = run.separators[count - 1];
  if (separator !== undefined) return endsNumber(separator);
  const next = text.charCodeAt(run.end);
  const after = text.charCodeAt(run.end + 1);
  if (next === LOWER_X || next === UPPER_X) return isDigit(after);
  if (isWord(next) || next === AT || next === PERCENT) return false;
  if (next === HYPHEN) return !isWord(after);
  if (next === COMMA && isDigit(after)) return !isAmount(run);
  return !((next === DOT || next === COLON) && isDigit(after));
}

/** "12 345 678,90" and "12345678,90"; in other shapes a comma begins the next cell of a row. */
function isAmount({ groups, digits, plus }: DigitRun): boolean {
  if (plus) return false;
  return groups.length > 1
    ? groups.slice(1).every((length) => length === THOUSANDS)
    : digits.length < MIN_BARE_CARD;
}

/** Whether a separator may stand between two numbers, and not only within one. */
function endsNumber(separator: string): boolean {
  for (let i = 0; i < separator.length; i++) {
    const unit = separator.charCodeAt(i);
    if (unit === SPACE || unit === SLASH || unit === NO_BREAK || unit === NARROW) return true;
  }
  return false;
}
