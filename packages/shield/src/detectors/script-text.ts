// Script without a tag around it: an attribute or a string of a script that a closed quote made room
// for, a script address, and calls that read or change the page.
import { firstHit, hitOf, type Hit, type Value } from "./detector.ts";

type Patterns = readonly (readonly [RegExp, number])[];

/** What an injected script calls, and what it reaches the page by. */
const calls = "alert|prompt|confirm|eval|settimeout|setinterval|fetch|import|require";
const objects =
  "window|self|top|parent|globalthis|document|location|constructor|process|localstorage|navigator";

/** An attribute that a quote made room for: `" onfocus=`, `'/onmouseover=`. */
const madeRoom = /["'`][\s/]{0,8}(?:on(?:[a-z]{4,40})|formaction|srcdoc)\s{0,4}=/;

/** An attribute in a value that holds no text. */
export function inAttribute(lower: string): Hit | undefined {
  return hitOf(madeRoom.exec(lower), 5);
}

/** Text by itself, whatever is around it. */
const anywhere: Patterns = [
  [madeRoom, 5],
  [
    /(?:^|[\s"'`/;])on(?:error|load|loadend|click|focus|blur|mouse[a-z]{2,6}|pointer[a-z]{2,9}|toggle|begin|end|key[a-z]{2,6}|animation[a-z]{3,9}|wheel|submit|change|input|drag[a-z]{0,6}|drop|copy|paste|cut)\s{0,4}=\s{0,4}["'`]?[^\s"'`=,]{0,64}[(`[]\S{0,512}(?:\s\([^)]{0,32}\)\S{0,32})?(?:\s[\w-]{1,16}=\S{0,64})?\s{0,4}$/,
    5,
  ],
  [/^[^\s<>]{0,2}(?:autofocus|style=|href|id=|src=)[^<>]{0,200}on[a-z]{4,20}\s?=/, 5],
  // a quote that a script's own string ended with: '+alert(1)+', its pluses read as spaces
  [/^["'`]\s{0,8}(?:alert|prompt|confirm|eval)\s{0,4}[(`][^)`]{0,64}[)`]\s{0,8}["'`;/]/, 5],
  // a tag that no browser knows, around a call that browsers do
  [/[a-z]>\s?(?:alert|prompt|confirm)\s?\([^)]{0,64}\)\s?<\//, 5],
  // script addresses and calls as the whole value
  [/^\W{0,16}(?:javascript|vbscript):\s{0,8}[^\s][^\n]{0,400}?[([=`;/*\\]/, 5],
  [/^\W{0,16}(?:javascript|vbscript):\s{0,8}[\\/*([`]/, 5],
  [
    /^\W{0,8}data:(?:text\/(?:html|javascript|xml)|application\/(?:x-)?(?:javascript|ecmascript|xhtml\+xml))[;,]/,
    5,
  ],
  [
    /^\W{0,8}data:image\/svg\+xml[^,]{0,32},[^\n]{0,512}?(?:<script|%3cscript|\bon[a-z]{3,20}\s?=)/,
    5,
  ],
  [
    /^\(?(?:alert|prompt|confirm)\)?[(`](?:\d{1,8}|["'`/][^)]{0,64}|document\.[a-z]{1,16}|)[)`];?$/,
    4,
  ],
  // reading what a page holds
  [
    /\bdocument\s{0,4}(?:\.|\[\s{0,4}["'`])\s{0,4}(?:cookie|write(?:ln)?|domain|body|createelement|location)\b\s{0,4}["'`\]]{0,2}\s{0,4}(?:[=(;)+]|\.(?:match|split|append|replace|innerhtml))/,
    5,
  ],
  [/\bdocument(?:\/\*|\s{0,4}\.\s{0,4}\/\*)/, 5],
  [/\bdocument\.cookie\s?$|["'`(]\s?document\.(?:cookie|domain)/, 4],
  [/\bstring\.fromcharcode\s?\(\s?\d/, 5],
  [
    /\[\s?["'`](?:[\w$ ]{0,16}["'`]\s?\+\s?["'`][\w$+"'` ]{1,64}|alert|eval|prompt|confirm|globaleval|constructor|fromcharcode|settimeout|execscript|\$)["'`]\s?\]\s?(?:\[\s?["'`][\w$]{1,64}["'`]\s?\]\s?)?[(`]/,
    5,
  ],
  [/\b(?:window|self|top|parent|globalthis|this)\s?\[\s?["'`/(]/, 5],
  [/\blocation(?:\.href)?\s?=\s?["'`]?(?:javascript|data|https?):/, 5],
  [/\b(?:settimeout|setinterval|eval|function)\s?\(\s?["'`][^"'`]{0,128}[(=]/, 5],
  [
    /\[[\w ]{0,8}\]\s?\.(?:sort|map|find|foreach|filter|reduce|some|every)\s?(?:\.call\s?[`(]|\(\s?(?:alert|eval|prompt|confirm)\b)/,
    5,
  ],
  [/\bthrow\s{1,4}onerror\s?=|\bonerror\s?=\s?(?:alert|eval|prompt|confirm)\b/, 5],
  // a script in brackets and signs alone; a decoded plus may be a space
  [/[[\]](?:[()!+ ]{0,8}[[\]]){11}/, 5],
  // encodings that only some readers undo: UTF-7, and US-ASCII with the eighth bit set
  [/\+?adw-(?:(?!adw-).){1,256}?ad4-/, 5],
  [/\u00bc\/?(?:script|img|svg|iframe|body|object|style|input|a)\b[^\u00bc\u00be]{0,128}\u00be/, 5],
  // styles that run or load
  [/(?:^|[;{"'\s])-moz-binding\s?:\s?url|(?:^|[;{"'\s:])expression\s?\([^)]{0,128}[(=]/, 5],
  // tags spelled out with spaces, as no browser reads and filters are tested with
  [/<\s?[a-z](?: [a-z]){3,12}\b/, 5],
  [/<\s?[a-z]\s?:\s?script/, 5],
  [
    /<\?import\b[^<>]{0,128}(?:namespace|implementation)\s?=|<\?xml-stylesheet\b[^<>]{0,128}script:/,
    5,
  ],
];

/** A string of a script that a quote ended: ';alert(1)//  "-eval(x)-" */
const breakout = new RegExp(
  `["'\`]\\s{0,8}[;)}\\]+\\-*|&^?:]{1,6}\\s{0,8}(?:${calls}|${objects})\\b\\s{0,4}(?:[([.=]|\`[^\`]{1,64}\`)`,
);

/** What is a call or a property of the page, and nothing else. */
const wholes: Patterns = [
  [
    new RegExp(
      `^\\W{0,4}(?:new\\s{1,4})?(?:${calls}|atob|btoa|function)\\s?[(\`][^\\n]{0,512}[)\`]\\W{0,4}$`,
    ),
    5,
  ],
  [
    /\bdocument\s?(?:\.|\[\s?["'`])\s?(?:cookie|write|domain|location|body|forms|getelement\w{1,16}|queryselector\w{0,4}|createelement|referrer|documentelement)|\.(?:innerhtml|outerhtml|parentnode|insertadjacenthtml|srcdoc)\b|\bwindow\s?\.\s?(?:location|open|name|onerror|alert|eval)|\b(?:local|session)storage\s?[.[]|\bnavigator\.(?:sendbeacon|useragent)|\bnew\s{1,4}(?:image|xmlhttprequest|websocket)\b|\$\.(?:get\w{0,8}|post|ajax|globaleval)\s?\(|<!\[cdata\[/,
    5,
  ],
  [
    /\b(?:alert|prompt|confirm|eval|fetch)(?:\.(?:call|apply|bind))?\s?[(`]|\breflect\.(?:apply|construct)\s?\(|[=,(](?:alert|eval|prompt|confirm)\s?[,;)]/,
    5,
  ],
  [/^\W{0,8}vbscript:\S|^\W{0,8}javascript:/, 5],
  [/<\/?script\b/, 5],
];
const spacedAddress = /^\W{0,8}(?=[a-z\s\p{Cc}]{11,40}:)\w[a-z]{0,9}[\s\p{Cc}]/u;

/** Script that stands in text. */
export function inText(value: Value): Hit | undefined {
  const { lower } = value;
  const hit = firstHit(lower, anywhere) ?? closesString(lower) ?? inSpacedAddress(lower);
  if (hit?.score === 5 || !value.isTerse) return hit;
  return firstHit(lower, wholes) ?? hit;
}

/** In code each string is opened before it is closed: what breaks out closes one that it never opened. */
function closesString(lower: string): Hit | undefined {
  const match = breakout.exec(lower);
  if (!match) return undefined;
  const quote = match[0].charAt(0);
  // Backticks also set code in Markdown: what follows one is no template.
  if (quote === "`" && match[0].endsWith("`")) return undefined;
  let opened = 0;
  for (
    let at = lower.indexOf(quote);
    at >= 0 && at < match.index;
    at = lower.indexOf(quote, at + 1)
  )
    opened++;
  return opened % 2 === 0 ? hitOf(match, 5) : undefined;
}

/** Browsers leave out tabs and line breaks of an address. */
function inSpacedAddress(lower: string): Hit | undefined {
  if (!spacedAddress.test(lower)) return undefined;
  const address = lower.slice(0, 128).replace(/[\s\p{Cc}]{1,16}/gu, "");
  return /^\W{0,8}(?:javascript|vbscript):[^\s]{0,96}[([`=]/.test(address)
    ? { score: 5, start: 0, end: lower.length }
    : undefined;
}
