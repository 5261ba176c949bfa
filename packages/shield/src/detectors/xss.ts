// Script in a page comes in by three doors: a tag that runs or loads something, an attribute that a
// closed quote made room for, and a string of a script that a closed quote ended. Tags are read as a
// browser would; markup that runs nothing, and the names of tags in prose, do not score.
import type { Detector, Hit, Value } from "./detector.ts";
import { readTags, type Tag } from "./html-tags.ts";
import { inAttribute, inText } from "./script-text.ts";

const loaders: ReadonlySet<string> = new Set(
  "iframe frame object embed applet base link meta isindex import bgsound portal layer ilayer vmlframe".split(
    " ",
  ),
);
const loading: ReadonlySet<string> = new Set(
  "src srcdoc data code codebase href http-equiv content classid archive namespace implementation".split(
    " ",
  ),
);
const urlAttributes: ReadonlySet<string> = new Set(
  "src href action formaction data xlink:href srcdoc lowsrc dynsrc background poster code codebase to from values content url".split(
    " ",
  ),
);

const handlerName = /^on[a-z]{3,40}$/;
const scriptUrl =
  /^\W{0,16}(?:javascript|vbscript|livescript|mocha):|^data:(?:text\/html|[^,]{0,40}(?:svg|xml|script))|^data:,\w{1,40}\(/;
const scriptStyle = /expression\s?\(|-moz-binding|behaviou?r\s?:|javascript:|@import/;

export const xss: Detector = {
  name: "xss",
  keywords: [
    "<",
    ..."script:|document|fromcharcode|-moz-binding|expression|alert|confirm|prompt|eval|settimeout|function(|function (|[]|[\"|['|[`|self[|self.|top[|parent[|this[|location=|location.|location =|formaction|import|fetch".split(
      "|",
    ),
    ..."adw-|innerhtml|outerhtml|parentnode|localstorage|sessionstorage|navigator.|new image|xmlhttp|$.|atob(|btoa(|reflect.|throw|data:|[(|[!|!!|+!|].|script|onerror|onload|onclick|onfocus|onblur|onmouse|onpointer|ontoggle|onbegin|onkey|onanim|onwheel|onsub|onch|oninput|ondrag|ondrop|oncopy|onpaste|\"on|'on|`on|\" on|' on|/on|window[|window.".split(
      "|",
    ),
  ],
  inAnyHeader: true,
  detect(value) {
    if (value.place === "header" && value.name.startsWith("sec-")) return undefined;
    const hit = inTags(value);
    if (hit || value.place !== "header") return hit ?? inText(value);
    if (value.name.startsWith("x-")) return inAttribute(value.lower);
    return value.name === "referer" &&
      value.inner === "" &&
      /^\s{0,4}(?:javascript|vbscript|data):/.test(value.lower)
      ? { score: 5, start: 0, end: value.lower.length }
      : undefined;
  },
};

function inTags(value: Value): Hit | undefined {
  if (!value.lower.includes("<")) return undefined;
  let known: Whole | undefined;
  const whole = (): Whole => (known ??= wholeOf(value.lower));
  for (const tag of readTags(value.lower)) {
    const score = scoreOf(tag, value, whole);
    if (score > 0) return { score, start: tag.start, end: tag.end };
  }
  return undefined;
}

/** What a tag's score asks of the whole text: found once, as there may be a thousand tags. */
interface Whole {
  readonly hasScriptStyle: boolean;
  readonly lastScriptEnd: number;
  /** Where the last character stands that a script has, and a sentence has not. */
  readonly lastCode: number;
}

function wholeOf(lower: string): Whole {
  return {
    hasScriptStyle: scriptStyle.test(lower),
    lastScriptEnd: lower.lastIndexOf("</script"),
    lastCode: Math.max(...[..."(=;`{"].map((character) => lower.lastIndexOf(character))),
  };
}

function scoreOf(tag: Tag, value: Value, whole: () => Whole): number {
  const { name } = tag;
  const local = name.slice(name.indexOf(":") + 1);
  if (/^script(?:[^a-z]|$)/.test(local)) return scriptScore(tag, value, whole());
  const trusted = value.profiles.has("rich-text");
  for (const [attribute, text] of tag.attributes) {
    if (text === undefined) {
      if ((name === "base" || name === "link") && attribute === "href") return 5;
      continue;
    }
    // React writes its handlers in braces; no browser reads them.
    if (handlerName.test(attribute) && !text.startsWith("{")) return 5;
    if (frameworkHandler.test(attribute) && /[(`]/.test(text)) return 5;
    if (attribute === "srcdoc") return 5;
    if (urlAttributes.has(attribute) && scriptUrl.test(bareOf(text))) return 5;
    if (attribute === "style" && scriptStyle.test(bareOf(text))) return 5;
    if (loads(tag, local, attribute, text) && !(trusted && name === "iframe")) return 5;
  }
  if (name === "style" && whole().hasScriptStyle) return 5;
  return 0;
}

/** What a browser reads of an address or a style: the spaces and control characters in it are left out. */
function bareOf(text: string): string {
  return text.replace(/[\s\p{Cc}]{1,64}/gu, "");
}

/** Whether a tag makes the page load something: links to other pages, and what describes this one, do not. */
function loads({ name, attributes }: Tag, local: string, attribute: string, text: string): boolean {
  if (name === "meta" && attribute === "charset") return !commonCharset.test(text);
  if (!loaders.has(local) || !loading.has(attribute)) return false;
  const of = (wanted: string) => attributes.find(([other]) => other === wanted)?.[1];
  if (name === "meta") return of("name") === undefined && of("property") === undefined;
  // A link without a relation loads nothing, and may be a component of React.
  return name !== "link" || !harmlessLink.test(of("rel") ?? "alternate");
}

const frameworkHandler = /^(?:v-on:|v-html|v-bind:|@|:|ng-|x-on:|x-init|hx-on)/;
const commonCharset =
  /^(?:utf-?8|us-ascii|iso-8859-\d{1,2}|windows-\d{3,4}|shift_jis|euc-\w{2}|gb\w{1,6}|big5|koi8-\w)$/;
const harmlessLink =
  /^(?:alternate|canonical|icon|shortcut icon|apple-touch-icon|next|prev|author|license|search|help|me|manifest|preconnect|dns-prefetch|shortlink|amphtml)$/;

/** `<script>` in a sentence is a word; with attributes, content or company it is a tag. */
function scriptScore(tag: Tag, { lower, isTerse }: Value, whole: Whole): number {
  if (isTerse) return 5;
  if (tag.attributes.some(([, text]) => text !== undefined)) return 5;
  const after = lower.slice(tag.end);
  const ends = whole.lastScriptEnd >= tag.end;
  const spoken = tag.start === 0 || /\s/.test(lower.charAt(tag.start - 1));
  if (spoken && !ends && sentence.test(after)) return 0;
  if (/^>?\s{0,4}</.test(after) || ends || whole.lastCode >= tag.end) return 5;
  return spoken ? 0 : 3;
}

const sentence = /^>?\s{1,4}[a-z]{1,24}(?:[\s,.?!]|$)/;
