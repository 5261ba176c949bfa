// An address in running text: found at its "@" and read outwards. What people write in prose is narrower
// than RFC 5321: no quoted local part, a top-level domain of letters, and no punctuation at the edges.
import {
  isAsciiAlphanumeric,
  isAsciiLetter,
  isLatinLetter,
  isLocal,
  isWord,
} from "../characters.ts";
import type { Span } from "../span.ts";

const MAX_LOCAL = 64;
const MAX_DOMAIN = 253;
const MAX_LABEL = 63;
const DOT = 0x2e;
const HYPHEN = 0x2d;
const APOSTROPHE = 0x27;
const LOWER_O = 0x6f;

/** The address whose "@" stands at `at`; undefined when there is none. */
export function findEmail(text: string, at: number): Span<"EMAIL"> | undefined {
  const start = localStart(text, at);
  if (start < 0 || isUserInfo(text, start) || isHandle(text, start)) return undefined;
  const end = domainEnd(text, at + 1);
  return end < 0 || isRemote(text, end) ? undefined : { start, end, identifiedType: "EMAIL" };
}

function localStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start <= MAX_LOCAL && belongsToLocal(text, start - 1)) start--;
  if (at - start > MAX_LOCAL) return -1;
  const last = text.charCodeAt(at - 1);
  if (start === at || last === DOT) return -1;
  for (let i = at - 1; i > start; i--)
    if (text.charCodeAt(i) === DOT && text.charCodeAt(i - 1) === DOT) {
      start = i + 1;
      break;
    }
  // Punctuation in front belongs to the sentence: "--ada@example.com", "…ada@example.com".
  while (start < at && !startsLocal(text.charCodeAt(start))) start++;
  return start === at ? -1 : start;
}

/** Of apostrophes only the one of O'Brien: others are quotes, as in `b'ada@example.com'`. */
function belongsToLocal(text: string, i: number): boolean {
  const unit = text.charCodeAt(i);
  if (unit !== APOSTROPHE) return isLocal(unit);
  return (text.charCodeAt(i - 1) | 0x20) === LOWER_O && !isWord(text.charCodeAt(i - 2));
}

/** `//user@host` and `//user:password@host`: credentials of a URL. */
function isUserInfo(text: string, start: number): boolean {
  const before = text[start - 1];
  if (before !== "/" && before !== ":") return false;
  return USER_INFO.test(text.slice(Math.max(0, start - MAX_LOCAL), start));
}

/** `@ada@social.example`: a name of the Fediverse. */
function isHandle(text: string, start: number): boolean {
  return text[start - 1] === "@" && !isWord(text.charCodeAt(start - 2));
}

/** `git@example.com:team/app.git`, `root@example.com:/var/log`: a path on another machine. */
function isRemote(text: string, end: number): boolean {
  return text[end] === ":" && REMOTE_PATH.test(text.slice(end + 1, end + MAX_LABEL));
}

const REMOTE_PATH = /^(?:[/~]|[a-z_][\w.-]{0,40}\/\w)/i;
const USER_INFO = /\/\/(?:[^\s/@:]*:)?$/;

function startsLocal(unit: number): boolean {
  return isAsciiAlphanumeric(unit) || isLatinLetter(unit) || unit === 0x5f;
}

/** Where the domain that begins at `start` ends; -1 when it is none. */
function domainEnd(text: string, start: number): number {
  const limit = Math.min(text.length, start + MAX_DOMAIN);
  let end = start;
  while (end < limit && isDomain(text.charCodeAt(end))) end++;
  if (end < text.length && end === limit && isDomain(text.charCodeAt(end))) return -1;
  // A full stop or a hyphen after the address belongs to the sentence, not to the domain.
  while (
    end > start &&
    !isAsciiAlphanumeric(text.charCodeAt(end - 1)) &&
    !isLatinLetter(text.charCodeAt(end - 1))
  )
    end--;
  let dot = lastDot(text, start, end);
  while (dot > start && !isTopLevel(text.slice(dot + 1, end))) {
    end = dot;
    dot = lastDot(text, start, end);
  }
  return dot > start && areLabels(text, start, end) ? end : -1;
}

function lastDot(text: string, start: number, end: number): number {
  let i = end - 1;
  while (i >= start && text.charCodeAt(i) !== DOT) i--;
  return i;
}

/** Whether no label is empty, too long or has a hyphen at an end. */
function areLabels(text: string, start: number, end: number): boolean {
  let from = start;
  for (let i = start; i <= end; i++) {
    if (i < end && text.charCodeAt(i) !== DOT) continue;
    if (i === from || i - from > MAX_LABEL) return false;
    if (text.charCodeAt(from) === HYPHEN || text.charCodeAt(i - 1) === HYPHEN) return false;
    from = i + 1;
  }
  return true;
}

function isDomain(unit: number): boolean {
  return isAsciiAlphanumeric(unit) || unit === DOT || unit === HYPHEN || isLatinLetter(unit);
}

/** File names such as `icon@2x.png` have the shape of an address. */
const FILE_ENDINGS: ReadonlySet<string> = new Set(
  "png jpg jpeg gif svg webp avif ico css js mjs ts tsx jsx json map html htm pdf txt xml yml yaml lock tgz gz".split(
    " ",
  ),
);

const MAX_FILE_ENDING = 4;

function isTopLevel(label: string): boolean {
  if (label.length < 2) return false;
  if (label.length <= MAX_FILE_ENDING && FILE_ENDINGS.has(label.toLowerCase())) return false;
  if (label.startsWith("xn--")) return true;
  for (let i = 0; i < label.length; i++) {
    const unit = label.charCodeAt(i);
    if (!isAsciiLetter(unit) && !isLatinLetter(unit)) return false;
  }
  return true;
}
