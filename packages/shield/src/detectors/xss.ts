// Script in a page comes in by three doors: a tag that runs or loads something, an attribute that a
// closed quote made room for, and a string of a script that a closed quote ended. Tags are read as a
// browser would; markup that runs nothing, and the names of tags in prose, do not score.
import { firstHit, type Detector, type Hit, type Value } from "./detector.ts";
import { readTags, type Tag } from "./html-tags.ts";

const loaders: ReadonlySet<string> = new Set([
  "iframe",
  "frame",
  "object",
  "embed",
  "applet",
  "base",
  "link",
  "meta",
  "isindex",
  "import",
  "bgsound",
  "portal",
]);
const loading: ReadonlySet<string> = new Set([
  "src",
  "srcdoc",
  "data",
  "code",
  "codebase",
  "href",
  "http-equiv",
  "content",
  "classid",
  "archive",
]);
const urlAttributes: ReadonlySet<string> = new Set([
  "src",
  "href",
  "action",
  "formaction",
  "data",
  "xlink:href",
  "srcdoc",
  "lowsrc",
  "dynsrc",
  "background",
  "poster",
  "code",
  "codebase",
  "to",
  "from",
  "values",
  "content",
  "url",
]);

const handlerName = /^on[a-z]{3,40}$/;
const scriptUrl =
  /^\W{0,16}(?:javascript|vbscript|livescript|mocha):|^data:(?:text\/html|[^,]{0,40}(?:svg|xml|script))|^data:,\w{1,40}\(/;
const scriptStyle = /expression\s?\(|-moz-binding|behaviou?r\s?:|javascript:|@import/;

/** Text by itself, whatever is around it. */
const sequences: readonly (readonly [RegExp, number])[] = [
  // an attribute that a quote made room for: " onfocus=  '/onmouseover=
  [/["'`][\s/]{0,8}(?:on(?:[a-z]{4,40})|formaction|srcdoc)\s{0,4}=/, 5],
  [
    /(?:^|[\s"'`/;])on(?:error|load|loadend|click|focus|blur|mouse[a-z]{2,6}|pointer[a-z]{2,9}|toggle|begin|end|key[a-z]{2,6}|animation[a-z]{3,9}|wheel|submit|change|input|drag[a-z]{0,6}|drop|copy|paste|cut)\s{0,4}=\s{0,4}["'`]?[^\s"'`=,]{0,64}[(`[]\S{0,512}(?:\s\([^)]{0,32}\)\S{0,32})?(?:\s[\w-]{1,16}=\S{0,64})?\s{0,4}$/,
    5,
  ],
  [/^[^\s<>]{0,2}(?:autofocus|style=|href|id=|src=)[^<>]{0,200}on[a-z]{4,20}\s?=/, 5],
  // a string of a script that a quote ended: ';alert(1)//  "-eval(x)-"
  [
    /["'`]\s{0,8}[;)}\]+\-*|&,^?:]{1,6}\s{0,8}(?:alert|prompt|confirm|eval|function|settimeout|setinterval|fetch|import|require|window|self|top|parent|globalthis|document|location|constructor)\b\s{0,4}[([.`=]/,
    5,
  ],
  // script addresses and calls as the whole value
  [/^\W{0,16}(?:javascript|vbscript):\s{0,8}[^\s][^\n]{0,400}?[([=`;/*\\]/, 5],
  [/^\W{0,16}(?:javascript|vbscript):\s{0,8}[\\/*([`]/, 5],
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
  [/^[[\]()!+]{24,}/, 5],
  // styles that run or load
  [/(?:^|[;{"'\s])-moz-binding\s?:\s?url|(?:^|[;{"'\s:])expression\s?\([^)]{0,128}[(=]/, 5],
  // tags spelled out with spaces, as no browser reads and filters are tested with
  [/<\s?[a-z](?: [a-z]){3,12}\b/, 5],
  [/<\s?[a-z]\s?:\s?script/, 5],
];

export const xss: Detector = {
  name: "xss",
  keywords: [
    "<",
    ..."javascript:|vbscript:|document|fromcharcode|-moz-binding|expression|alert|confirm|prompt|eval|settimeout|function(|function (|[]|[\"|['|[`|self[|self.|top[|parent[|this[|location=|location.|location =|formaction|import|fetch".split(
      "|",
    ),
    ..."onerror|onload|onclick|onfocus|onblur|onmouse|onpointer|ontoggle|onbegin|onkey|onanim|onwheel|onsub|onch|oninput|ondrag|ondrop|oncopy|onpaste|\"on|'on|`on|\" on|' on|/on|window[|window.".split(
      "|",
    ),
  ],
  inSegments: false,
  inAnyHeader: true,
  detect(value) {
    if (value.place === "header" && value.name.startsWith("sec-")) return undefined;
    return inTags(value) ?? firstHit(value.lower, value.place === "header" ? [] : sequences);
  },
};

function inTags(value: Value): Hit | undefined {
  if (!value.lower.includes("<")) return undefined;
  const tags = readTags(value.lower);
  for (const tag of tags) {
    const score = scoreOf(tag, value);
    if (score > 0) return { score, start: tag.start, end: tag.end };
  }
  return undefined;
}

function scoreOf(tag: Tag, value: Value): number {
  const { name } = tag;
  const local = name.slice(name.indexOf(":") + 1);
  if (/^script(?:[^a-z]|$)/.test(local)) return scriptScore(tag, value);
  const trusted = value.profiles.has("rich-text");
  for (const [attribute, text] of tag.attributes) {
    if (text === undefined) {
      if ((name === "base" || name === "link") && attribute === "href") return 5;
      continue;
    }
    if (handlerName.test(attribute)) return 5;
    const bare = text.replace(/[\s\p{Cc}]{1,64}/gu, "");
    if (urlAttributes.has(attribute) && scriptUrl.test(bare)) return 5;
    if (attribute === "srcdoc") return 5;
    if (attribute === "style" && scriptStyle.test(bare)) return 5;
    if (loaders.has(name) && loading.has(attribute) && !(trusted && name === "iframe")) return 5;
  }
  if (name === "style" && scriptStyle.test(value.lower)) return 5;
  return 0;
}

/** `<script>` in a sentence is a word; with attributes, content or company it is a tag. */
function scriptScore(tag: Tag, { lower }: Value): number {
  if (tag.attributes.some(([, text]) => text !== undefined)) return 5;
  const before = lower.slice(0, tag.start);
  const after = lower.slice(tag.end);
  const spoken = before === "" || /\s$/.test(before);
  if (spoken && !after.includes("</script") && sentence.test(after)) return 0;
  if (/^>?\s{0,4}</.test(after) || /[(=;`{]|<\/script/.test(after)) return 5;
  return spoken ? 0 : 3;
}

const sentence = /^>?\s{1,4}[a-z]{1,24}(?:[\s,.?!]|$)/;
