// Start tags and their attributes, read as forgivingly as a browser does: "/" parts attributes like a
// space, quotes are optional, a tag need not end.

/** A start tag in lower case, and its span. */
export interface Tag {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string | undefined])[];
  readonly start: number;
  readonly end: number;
}

/** Tags read of one value. */
export const MAX_TAGS = 64;
/** Attributes read of one tag. */
export const MAX_ATTRIBUTES = 32;

const tagName = /<([a-z][^\s/>=<"'`]{0,63})/y;
const attribute =
  /[\s/"'`]{0,256}([^\s/>="'`<][^\s/>=<]{0,63})(?:\s{0,64}=[\s\0]{0,64}(?:"([^"]{0,4096})"?|'([^']{0,4096})'?|`([^`]{0,4096})`?|([^\s>]{0,4096})))?/y;

/** Reads the start tags of lower-case text. */
export function readTags(text: string): readonly Tag[] {
  const tags: Tag[] = [];
  let at = text.indexOf("<");
  while (at >= 0 && tags.length < MAX_TAGS) {
    tagName.lastIndex = at;
    const match = tagName.exec(text);
    const tag = match && readTag(text, at, match[1]!, at + match[0].length);
    if (tag) tags.push(tag);
    // A tag inside what looks like an attribute may be the one the browser sees.
    at = text.indexOf("<", at + 1);
  }
  return tags;
}

function readTag(text: string, start: number, name: string, from: number): Tag {
  const attributes: [string, string | undefined][] = [];
  let at = from;
  while (attributes.length < MAX_ATTRIBUTES && text.charCodeAt(at) !== 0x3e) {
    attribute.lastIndex = at;
    const match = attribute.exec(text);
    if (!match || match[0] === "") break;
    attributes.push([match[1]!, match[2] ?? match[3] ?? match[4] ?? match[5]]);
    at = attribute.lastIndex;
  }
  return { name, attributes, start, end: at };
}
