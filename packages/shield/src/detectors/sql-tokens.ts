// A tokenizer for all the dialects of SQL at once: it never fails, and gives one letter for each token.
//
//   1 number       s string         q string without an end   n name        m call of any name
//   = comparison   o arithmetic     p ||                      v @variable   c comment to the end
//   & ! l i U S F W H G B I L D T V N A C w E R f g x           see sql-words.ts
//   ( ) , ; . { } [ ] :             themselves                ? anything else
//
// Inline comments vanish, as they do in SQL; that there were some is remembered. So do the signs before
// an operand: `-1`, `~1` and `!1` are operands like `1`.
import { classOfWord } from "./sql-words.ts";

/** Tokens of one value in one context. */
export interface SqlTokens {
  /** One letter for each token. */
  readonly types: string;
  /** Where each token starts in the text, and where the last one ends. */
  readonly starts: readonly number[];
  /** Whether words were kept apart by comments instead of spaces, or hidden in version comments. */
  readonly comments: boolean;
}

/** Tokens read of one value; what follows is not judged. */
export const MAX_SQL_TOKENS = 600;

interface Reader {
  readonly text: string;
  at: number;
  comments: boolean;
}

/** Reads tokens of lower-case text from an offset. */
export function readSql(text: string, from: number): SqlTokens {
  const reader: Reader = { text, at: from, comments: false };
  const starts: number[] = [];
  let types = "";
  while (reader.at < text.length && types.length < MAX_SQL_TOKENS) {
    const start = reader.at;
    const type = readToken(reader, text.charCodeAt(start));
    if (type === "" || (isSign(text[start]!, type) && signed.test(types.slice(-1)))) continue;
    types += type;
    starts.push(start);
    if (type === "c") break;
  }
  starts.push(Math.min(reader.at, text.length));
  return { types, starts, comments: reader.comments };
}

/** Tokens that an operand follows: a sign there belongs to it. */
const signed = /[&!=loip(,WHSLwC]/;

function isSign(character: string, type: string): boolean {
  return type === "!" || (type === "o" && "+-~".includes(character));
}

const symbols: ReadonlyMap<number, string> = new Map([
  ...[..."(),;.{}[]:"].map((character) => [character.charCodeAt(0), character] as const),
  ...[..."+*%^~/-"].map((character) => [character.charCodeAt(0), "o"] as const),
  ...[..."=<>!"].map((character) => [character.charCodeAt(0), "="] as const),
]);

function readToken(reader: Reader, code: number): string {
  const { text } = reader;
  if (isSpace(code)) return skip(reader, 1);
  if (isWordStart(code)) return readWord(reader);
  if (isDigit(code) || (code === 0x2e && isDigit(text.charCodeAt(reader.at + 1))))
    return readNumber(reader);
  if (code === 0x27 || code === 0x22 || code === 0x60) return readString(reader, code);
  // In brackets, an end that is never commented is a path of XPath.
  if (code === 0x2f && text.charCodeAt(reader.at + 1) === 0x2a)
    return text.startsWith("(/*)", reader.at - 1) ? skip(reader, 2) : readComment(reader);
  if (code === 0x2a && reader.comments && text.charCodeAt(reader.at + 1) === 0x2f)
    return skip(reader, 2);
  if (code === 0x23 || (code === 0x2d && text.charCodeAt(reader.at + 1) === 0x2d)) {
    reader.at = text.length;
    return "c";
  }
  if (code === 0x40) return readVariable(reader);
  if (code === 0x7c || code === 0x26) return readPipe(reader, code);
  const type = symbols.get(code) ?? "?";
  reader.at++;
  return type === "=" ? readComparison(reader, code) : type;
}

/** Of two signs, a shift of bits and the arrow of other languages are no comparisons. */
function readComparison(reader: Reader, first: number): string {
  const { text } = reader;
  const second = text.charCodeAt(reader.at);
  if (first === 0x21 && !isComparison(second)) return "!";
  while (isComparison(text.charCodeAt(reader.at))) reader.at++;
  if (first === second && first !== 0x3d) return "o";
  return first === 0x3d && second === 0x3e ? "?" : "=";
}

function skip(reader: Reader, count: number): "" {
  reader.at += count;
  return "";
}

const word = /[a-z_\u0080-\uffff][\w$\u0080-\uffff]{0,63}(?:\.{1,2}[a-z_][\w$]{0,63}){0,3}/y;

function readWord(reader: Reader): string {
  word.lastIndex = reader.at;
  const name = word.exec(reader.text)?.[0] ?? reader.text.charAt(reader.at);
  reader.at += name.length;
  // A word longer than any name is one name still.
  while (
    isWordStart(reader.text.charCodeAt(reader.at)) ||
    isDigit(reader.text.charCodeAt(reader.at))
  )
    reader.at++;
  let next = reader.at;
  while (isSpace(reader.text.charCodeAt(next))) next++;
  return classOfWord(name, reader.text.charCodeAt(next) === 0x28);
}

// Some dialects let a word of SQL follow a number at once: `1or 2=2`, `1e0union select`.
const number =
  /0x[0-9a-f]{1,4096}(?![g-z])|(?:\d{1,64}(?:\.\d{0,64})?|\.\d{1,64})(?:e[+-]?\d{1,4})?(?=(?:x?or|and|union|having|order|group|limit|between|is|in|like|rlike|div|into|procedure)(?:[^\w$]|$)|\W|$)/y;

function readNumber(reader: Reader): string {
  number.lastIndex = reader.at;
  const match = number.exec(reader.text);
  if (match) {
    reader.at += match[0].length;
    return "1";
  }
  // What begins it is a digit, or the dot of a fraction that is none.
  do reader.at++;
  while (
    isDigit(reader.text.charCodeAt(reader.at)) ||
    isWordStart(reader.text.charCodeAt(reader.at))
  );
  return "n";
}

/** A quote may be escaped by a backslash or by another quote. */
function readString(reader: Reader, quote: number): string {
  const { text } = reader;
  for (let at = reader.at + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === quote) {
      if (text.charCodeAt(at + 1) === quote) at++;
      else {
        reader.at = at + 1;
        return "s";
      }
    }
  }
  reader.at = text.length;
  return "q";
}

const versionComment = /\/\*\s?[!+][\d ]{0,8}/y;

function readComment(reader: Reader): "" {
  reader.comments = true;
  versionComment.lastIndex = reader.at;
  const match = versionComment.exec(reader.text);
  // What stands in a version comment is executed; its end is skipped where it comes.
  if (match && match[0].includes("!")) return skip(reader, match[0].length);
  const end = reader.text.indexOf("*/", reader.at + 2);
  reader.at = end < 0 ? reader.text.length : end + 2;
  return "";
}

function readVariable(reader: Reader): string {
  const { text } = reader;
  const start = reader.at;
  while (text.charCodeAt(reader.at) === 0x40) reader.at++;
  const name = reader.at;
  while (isWordStart(text.charCodeAt(reader.at)) || isDigit(text.charCodeAt(reader.at)))
    reader.at++;
  // MySQL takes a bare @ for a variable without a name.
  const ends = reader.at >= text.length || /[\s)=<>:]/.test(text.charAt(reader.at));
  return reader.at > name || (name - start === 1 && ends) ? "v" : "?";
}

function readPipe(reader: Reader, code: number): string {
  const twice = reader.text.charCodeAt(reader.at + 1) === code;
  reader.at += twice ? 2 : 1;
  if (!twice) return "o";
  return code === 0x7c ? "p" : "&";
}

function isSpace(code: number): boolean {
  // SQL Server and Access skip any control character.
  return (code > 0 && code <= 0x20) || code === 0xa0;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isWordStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || code === 0x5f || code > 0xa0;
}

function isComparison(code: number): boolean {
  return code === 0x3d || code === 0x3e || code === 0x3c || code === 0x21;
}
