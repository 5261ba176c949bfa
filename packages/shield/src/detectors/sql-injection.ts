// SQL injection is a value that stops being one: it closes the quote or the bracket it was put in, and
// what follows goes on as SQL. The value is read as if it stood in each kind of quote, after an
// unbalanced bracket, and bare; each reading is a string of token types, and the grammar of what can
// follow is written as regular expressions over those. A word of SQL alone never scores.
import type { Detector, Hit, Value } from "./detector.ts";
import { isGrammatical } from "../headers.ts";
import { inStatements } from "./sql-statements.ts";
import { readSql, type SqlTokens } from "./sql-tokens.ts";
import { classOfWord } from "./sql-words.ts";
import { isTerse } from "./terse.ts";

type Grammar = readonly (readonly [pattern: RegExp, score: number])[];

/** What may follow a closed quote or bracket. */
const afterBreakout: Grammar = [
  // or 1=1, and 'a'='a, || true
  [/^\){0,8};?[&p]!?\({0,8}[1snNvxqT]\){0,8}=/, 5],
  [/^\){0,8}[&p]!?\({0,8}[nx]i!?N/, 5],
  [/^[&p]so?q$/, 5],
  [/^\){0,8}[&p]!?\({0,8}[1snxT]l(?:[sq1(]|[fgm]\()/, 5],
  [/^\){0,8}[&p]!?\({0,8}[1snx]i\({0,8}[1sqS]/, 5],
  [/^\){0,8}[&p]!?\({0,8}(?:1[c)&;pG]|N(?:$|[c)&;qp]))/, 5],
  [/^\){0,8}[&p]!?\({0,8}[gm]\((?:[^;]{0,40}\)[=l]|[gfm]\()/, 5],
  [/^\){0,8}&\{n[1sn]/, 5],
  // ="1" and, ` = `1`; between the quotes around a name or a value
  [/^=s[&;D]/, 5],
  // +f(...)+'
  [/^(?:[op][gm]\([^;]{0,60}|[gm]\([^;]{0,40}v)\)[op]?q$/, 5],
  [/^\){0,8}[&p]!?\({0,8}(?:[1s]::|f\(\)|m\([^;]{0,60}\)c)/, 5],
  [/^;[nD];c/, 5],
  // -0-', *1*'
  [/^o[1v]oq$/, 5],
  // where 1=1, as x where 1=1, in boolean mode) and
  [/^\){0,8}(?:nn)?W[1s]=[1s]/, 5],
  [/^inn\)[&;#c]/, 5],
  // a call that says it all, a subselect, a condition
  [/^\){0,8}[&po=,;l]?!?\({0,8}f\((?:[1sxfgmvqo(]|$)/, 5],
  [/^\){0,8}[&p]!?\({0,8}g\(S/, 5],
  [/^\){0,8}[&po]!?[^;&]{0,40}[,(]f\([1sx]/, 5],
  [/^\){0,8}[&po=,il]?!?\({1,8}S/, 5],
  [/^\){0,8}(?:[&po=,]!?S[Ao1sfgxvN(]|S[Ao1fgxvN(][^sq]{0,200}$)/, 5],
  // the rest of a path of XPath
  [/^\]o{2,4}[nTxm]/, 5],
  [/^\){0,8}&no[gm]\(/, 5],
  [/^\){0,8}[&po=,]!?\({0,8}C/, 5],
  [/^\){0,8}UA?\({0,8}S(?:[A1(osfgxvNCqc]|[nm][,F]|$)/, 5],
  // another statement
  [/^\){0,8};\({0,8}S[^n]/, 5],
  [/^\){0,8};(?:D{1,3}(?:[TIFxvmfRs(]|$|c)|g\(1=)/, 5],
  [/^\){0,8}(?:Dv|,\(D)/, 5],
  [/^\){0,8}DR\??[sqv]/, 5],
  // the rest of the statement
  [/^\){0,8}GB\({0,8}(?:1|[nx][cH]|f)/, 5],
  [/^\){0,8}H\({0,8}[1snfgmx][=l(]/, 5],
  [/^\){0,8}p\({0,8}[fgmx]\(/, 5],
];

/** What may follow where the quote cannot be a measure. */
const loose: Grammar = [[/^\){0,8}[&p]!?1$/, 5]];

/** What is SQL wherever it stands. */
const anywhere: Grammar = [
  [/UA?\({0,8}S(?:A?[1(osfgxvNCq]|[nm][,F])/, 5],
  [/UA\({0,8}S/, 5],
  [/US[.]/, 5],
  [/UV[gm(]|^[1o]{1,3}UTn(?:$|[c;])/, 5],
  [/^[1o]{1,3}Iv/, 5],
  // or 1=1 with literals on both sides and an end that prose does not have
  [/&!?\({0,8}(?:1=1|s=[sq]|1[li]\({0,8}[1s])(?:$|[c)&;qspIGL])/, 5],
  [/^1(?:p1=1|&\(1\)=\(?1)/, 5],
  [/^1W1=1(?:$|[c&;pl])/, 5],
  [/^[1)o]{1,8}&!?(?:1l|\(S|C)|^[n1)o]{1,8}lf\(/, 5],
  // a comment closed that was never opened
  [/^1?oo&!?\({0,8}[1s][=l]/, 5],
  [/&!?\({0,8}[1ns]i?=?\({1,8}S/, 5],
  [/&!?\({0,8}1i1&1/, 5],
  [/&!?\({0,8}f\([1sxfgmvqo(]/, 5],
  [/&!?\({0,8}[fgm]\([1snx,]{1,40}\)(?:c|=1)/, 5],
  [/&!?\({0,8}[fg]\([1snxgvT,()]{1,60}\)[=l][1sg(fx]/, 5],
  [/&!?\(?[1s]?=?g\((?:S|[^;)]{0,24}(?:v|f\())/, 5],
  [/^o?1&ni!?N/, 5],
  [/g\(1\)pg\(1\)/, 5],
  [/^\(S(?:1|g\()/, 5],
  [/&\{[nmg](?:[1sfg(]|n\()/, 5],
  // calls where only SQL has them
  [/[(=,S&;poC]f\([1sxfgmvo(]/, 5],
  [/^[;)o(]*f\([1sxfgmvqo(][^n]*$/, 5],
  [/g\(1\)[po]?g\(1\)[po]?g\(1\)/, 5],
  [/[fgm]\(\(?1=1/, 5],
  [/g\(1,[fg]\(/, 5],
  [/Sf\(/, 5],
  // subselects and conditions
  [/\(S(?:[(ofgxv]|A?[1s][,FU=])/, 5],
  [/\(S(?=[^SFn]{0,4}[(,o.sx])[^SF]{1,40}F\({0,8}[nxsq]/, 5],
  [/\(S[^SF]{1,40}F\({0,8}[xsq]/, 5],
  [/S\({1,8}C|\(SC[1w]/, 5],
  [/\(Cw\(/, 5],
  [/Cw\({0,8}[1s][=l][1s]\){0,8}w|S[1s]p\(/, 5],
  [/[FI]\({0,8}x/, 5],
  // the rest of a statement
  [/H\({0,8}1=1/, 5],
  [/^[1)o]{1,8}GB1/, 5],
  [/GB(?:1[c]|f\(|[gm]\(1=)/, 5],
  // another statement, or a whole one
  [/;DTn(?:$|[c;(])/, 5],
  [/;(?:D[xv]|D[mf]\(|DR[sq]|DIn\(?[nV(]|S[o1fgx(]|f\([1sxfgmvo(])/, 5],
  [/DR\??[sqv]/, 5],
  [/D[x]/, 5],
  [/DT[q]/, 5],
  [/S[^;]{1,60}F\({0,8}s[^;]{0,40}(?:W|GB|H)/, 5],
  [/S[^;]{1,60}F\({0,8}[nxsm][^;]{0,60}(?:W[^;]{0,30}[=l]|H[^;]{0,30}=)/, 3],
  [/DI[nxs](?:\([^)]{0,80}\))?(?:V\(|S)/, 4],
  [/DF[nxs]W[nxs][=l]/, 3],
  [/D[nx]D[nx]=[^;]{0,60}W/, 3],
  // a bracket closed that was never opened
  [/^\){1,8}(?:&[^n]|=|U|l|;|GB|H)/, 5],
  // the head of a call, or a comparison that does not end, and nothing else
  [/^[fg]\((?:1=)?$/, 5],
  [/^s(?:,s=[sq]|=q)$/, 5],
];

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
    " is ",
    " like ",
    " true",
    " false",
    "delete from",
    "update ",
    "alter ",
    "truncate ",
    "drop ",
    "select ",
    "load data",
    "pragma ",
    "grant ",
    "create ",
  ],
  inSegments: true,
  inAnyHeader: true,
  detect(value) {
    if (value.place === "header" && isGrammatical(value.name) && !isTelling(value))
      return undefined;
    const text = value.lower;
    const hit = inSql(text) ?? spelled(value) ?? inStatements(value) ?? inUncommented(text);
    return hit && isSum(text.slice(hit.start, hit.end)) && !isTerse(value) ? undefined : hit;
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

const comments = /\/\*[^*]{0,64}\*\/|(?:--|#)[^\n]{0,128}\n/g;

/** SQL that only shows without its comments: between the lines of one, or inside a word some filter will mend. */
function inUncommented(text: string): Hit | undefined {
  if (!/\w\/\*|(?:--|#)[^\n]{0,128}\n/.test(text)) return undefined;
  const rest = text.replace(comments, (comment) => (comment.startsWith("/") ? "" : " "));
  const hit = rest === text ? undefined : inSql(rest);
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

function judge({ types, starts }: SqlTokens, grammar: Grammar): Hit | undefined {
  for (const [pattern, score] of grammar) {
    const match = pattern.exec(types);
    if (!match) continue;
    const end = starts[match.index + match[0].length] ?? starts.at(-1) ?? 0;
    return { score, start: starts[match.index] ?? 0, end };
  }
  return undefined;
}
