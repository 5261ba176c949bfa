// SQL injection is a value that stops being one: it closes the quote or the bracket it was put in, and
// what follows goes on as SQL. The value is read as if it stood in each kind of quote, after an
// unbalanced bracket, and bare; each reading is a string of token types, and the grammar of what can
// follow is written as regular expressions over those. A word of SQL alone never scores.
import type { Detector, Hit, Value } from "./detector.ts";
import { isGrammatical } from "../headers.ts";
import { inStatements } from "./sql-statements.ts";
import { withoutComments } from "./sql-comments.ts";
import { afterBreakout, anywhere, judge, loose } from "./sql-grammar.ts";
import { readSql } from "./sql-tokens.ts";
import { classOfWord } from "./sql-words.ts";

/** Quotes closed without a space before the comment that hides the rest. */
const hiddenRest = /^\)*;?(?:--|#)[\s+-]{0,8}\w{0,16}\s{0,8}$/;
const closesNothing = /^\s{0,4}=\s{0,4}['"`]?\s{0,4}$/;
const cast =
  /\)\s?::\s?(?:text|int\d?|integer|bigint|bool(?:ean)?|numeric|float\d?|varchar|double precision|regclass)\b/;
const versionComment =
  /\/\*!\d{4,6}\b|\/\*\s?!\d{0,6}\s?(?:select|union|and|or|from|where|case|when|in)\b/;
const overflow = /^2\.225073858507201[12]e-308$/;
const quotedSchema = /\bfrom\s{0,8}[`"[]information_schema[`"\]]/;
const tightOr = /^[\w-]{0,64}['"](?:or|\|\||xor)['"][\w-]{0,64}$/;
const globals = /^\s{0,8}(?:(?:select|print)\s{1,8})?@@[a-z_]{3,40}(?:\s{0,8}(?:--|#).{0,16})?$/;

export const sqlInjection: Detector = {
  name: "sql-injection",
  // SQL that does anything has a quote, a bracket, a comparison or one of a few clauses.
  keywords: [
    ..."'\"`(=;<>",
    ..."|| /* @@ :: union waitfor order having between except intersect regexp rlike information_schema exec and{ or{ e-308 sysobjects syscol sysdata sqlite_ pg_ msys master. mysql. tempdb northwind _tables v$ performance_ table_schema schema_name db_name xp_ sp_ outfile dumpfile collate analyse".split(
      " ",
    ),
    ..." is | like | true| false|delete from|update |alter |truncate |drop |select |load data|pragma |grant |create ".split(
      "|",
    ),
  ],
  inSegments: true,
  inAnyHeader: true,
  detect(value) {
    if (value.place === "header" && isGrammatical(value.name) && !isTelling(value))
      return undefined;
    const text = value.lower;
    const hit = inSql(text) ?? spelled(value) ?? inStatements(value) ?? inUncommented(text);
    return hit && isSum(text.slice(hit.start, hit.end)) && !value.isTerse ? undefined : hit;
  },
};

const sum = /^(?:and|or)\s{1,8}(\d{1,16})\s{1,8}(?:[<>=]{1,2}|like)\s{1,8}(\d{1,16})$/;

/** `5 and 6 = 11`, as people write sums: what an attack compares has no spaces, or is the same. */
function isSum(evidence: string): boolean {
  const match = sum.exec(evidence);
  return match !== null && match[1] !== match[2];
}

function inSql(text: string): Hit | undefined {
  return inQuotes(text) ?? afterBracket(text) ?? bare(text);
}

/** SQL that only shows without its comments: between the lines of one, or inside a word some filter will mend. */
function inUncommented(text: string): Hit | undefined {
  const rest = withoutComments(text);
  const hit = rest.length === text.length ? undefined : inSql(rest);
  return hit && { score: hit.score, start: 0, end: text.length };
}

const sqlInAgent = /['"`]|\b(?:or|and|union|select|waitfor|sleep|cast)\b|\)::/;

/** User-Agent is full of brackets and semicolons, and applications store it: a word of SQL is needed too. */
function isTelling({ name, lower }: Value): boolean {
  return name === "user-agent" && sqlInAgent.test(lower);
}

/** What a value may stand between; PostgreSQL quotes with two dollar signs, too. */
const quotes = ["'", '"', "`", "$$"] as const;

function inQuotes(text: string): Hit | undefined {
  for (const quote of quotes) {
    const at = closingQuote(text, quote);
    if (at < 0) continue;
    const from = at + quote.length;
    const rest = text.slice(from);
    if (hiddenRest.test(rest) || (closesNothing.test(rest) && !text.slice(0, at).includes(" ")))
      return { score: 5, start: at, end: text.length };
    if (!goesOn(text, from, quote)) continue;
    const tokens = readSql(text, from);
    // After a digit the quote may be a measure: 10" or 12.
    const hit =
      judge(tokens, afterBreakout) ?? (isDigitBefore(text, at) ? undefined : judge(tokens, loose));
    if (hit) return { ...hit, start: at };
  }
  return undefined;
}

const firstWord = /[\s)]{0,64}([a-z_]{1,24})/y;

/** Whether what follows a quote can go on as SQL: an apostrophe is followed by the rest of a word. */
function goesOn(text: string, from: number, quote: string): boolean {
  if (text.charCodeAt(from) === 0x29) return true;
  firstWord.lastIndex = from;
  const match = firstWord.exec(text);
  if (match === null) return true;
  const type = classOfWord(match[1]!, true);
  // A backtick also ends code in Markdown: what goes on must go on with a condition.
  return quote === "`" ? "&UGHlW".includes(type) : type !== "m";
}

function isDigitBefore(text: string, at: number): boolean {
  return /\d/.test(text.charAt(at - 1));
}

/** The first quote that is not doubled: a doubled one is a quote inside the string. */
function closingQuote(text: string, quote: string): number {
  let at = text.indexOf(quote);
  while (at >= 0 && text[at + 1] === quote) at = text.indexOf(quote, at + 2);
  return at;
}

/** After the first bracket that closes what was never opened. */
function afterBracket(text: string): Hit | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x28) depth++;
    else if (code === 0x29 && --depth < 0) {
      const hit = judge(readSql(text, at + 1), afterBreakout);
      return hit && { ...hit, start: at };
    }
  }
  return undefined;
}

const someSyntax =
  /[=(@;{`:]|\b(?:or|and)\s{1,8}!?\(?[\w']{1,16}\s?[<>]|union|except|intersect|waitfor|exec|from|order\b|group\b|between|having|\/\*|\d\s{1,8}(?:r?like|regexp)\b/;

function bare(text: string): Hit | undefined {
  if (!someSyntax.test(text)) return undefined;
  const tokens = readSql(text, 0);
  const hit = judge(tokens, anywhere);
  if (hit) return hit;
  if (!tokens.comments) return undefined;
  return judge(tokens, [[/&!?\({0,8}[N1s]/, 5]]);
}

function spelled(value: Value): Hit | undefined {
  for (const pattern of [cast, versionComment, overflow, globals, quotedSchema, tightOr]) {
    const match = pattern.exec(value.lower);
    if (match) return { score: 5, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}
