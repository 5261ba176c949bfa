// Start tags and their attributes, read as forgivingly as a browser does: "/" parts attributes like a
// space, quotes are optional, a tag need not end.

/** A start tag in lower case, and its span. */
export interface Tag {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string | undefined])[];
  readonly start: number;
  readonly end: number;
}

/** Attributes read of one tag. */
export const MAX_ATTRIBUTES = 32;
/** Attributes read of all the tags in one value; of those after them, the names of the tags. */
export const MAX_ATTRIBUTES_IN_ALL = 1_024;
/** Code units of those attributes, each counted again for a tag that begins inside it. */
export const MAX_ATTRIBUTE_TEXT = 32_768;

const tagName = /<([a-z][^\s/>=<"'`]{0,63})/y;
const attribute =
  /[\s/"'`]{0,256}([^\s/>="'`<][^\s/>=<]{0,63})(?:\s{0,64}=[\s\0]{0,64}(?:"([^"]{0,4096})"?|'([^']{0,4096})'?|`([^`]{0,4096})`?|([^\s>]{0,4096})))?/y;

/** What may still be read of the attributes in one value. */
interface Budget {
  attributes: number;
  text: number;
}

/** Reads the start tags of lower-case text. */
export function* readTags(text: string): Generator<Tag> {
  const budget = { attributes: MAX_ATTRIBUTES_IN_ALL, text: MAX_ATTRIBUTE_TEXT };
  let at = text.indexOf("<");
  while (at >= 0) {
    tagName.lastIndex = at;
    const match = tagName.exec(text);
    if (match) yield readTag(text, at, match, budget);
    // A tag inside what looks like an attribute may be the one the browser sees.
    at = text.indexOf("<", at + 1);
  }
}

function readTag(text: string, start: number, opening: RegExpExecArray, budget: Budget): Tag {
  const attributes: [string, string | undefined][] = [];
  let at = start + opening[0].length;
  const most = Math.min(MAX_ATTRIBUTES, budget.attributes);
  while (attributes.length < most && budget.text > 0 && text.charCodeAt(at) !== 0x3e) {
    attribute.lastIndex = at;
    const match = attribute.exec(text);
    if (!match || match[0] === "") break;
    attributes.push([match[1]!, match[2] ?? match[3] ?? match[4] ?? match[5]]);
    at = attribute.lastIndex;
    budget.text -= match[0].length;
  }
  budget.attributes -= attributes.length;
  return { name: opening[1]!, attributes, start, end: at };
}
