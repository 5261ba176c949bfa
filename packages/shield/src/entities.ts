import type { Escape } from "./decode.ts";

// HTML character references. Only the named ones that spell a character of some syntax are known;
// a letter or an accent needs no name to hide behind.
const named: ReadonlyMap<string, string> = new Map([
  ..."lt<|gt>|amp&|quot\"|apos'|colon:|semi;|lpar(|rpar)|equals=|sol/|bsol\\|grave`|dollar$|lcub{|lbrace{|rcub}|rbrace}|lsqb[|lbrack[|rsqb]|rbrack]|tab\t|newline\n|nbsp |period.|comma,|num#|percnt%"
    .split("|")
    .map((one) => [one.slice(0, -1), one.slice(-1)] as const),
  ["vert", "|"],
]);

// Browsers ignore leading zeros however many there are; 64 is past every filter's patience.
const reference =
  /&(?:#0{0,64}([1-9]\d{0,6});?|#x0{0,64}([1-9a-f][0-9a-f]{0,5});?|([a-z]{2,8});|(lt|gt|amp|quot))/iy;

/** Decodes the character reference that starts at `at`; undefined when it is none. */
export function entityAt(text: string, at: number): Escape | undefined {
  // An ampersand before another, or before a space, is tried by no expression: there may be thousands.
  const next = text.charCodeAt(at + 1) | 0x20;
  if (next !== 0x23 && (next < 0x61 || next > 0x7a)) return undefined;
  reference.lastIndex = at;
  const match = reference.exec(text);
  if (!match) return undefined;
  const name = match[3] ?? match[4];
  if (name !== undefined) {
    const character = named.get(name.toLowerCase());
    return character === undefined ? undefined : { text: character, length: match[0].length };
  }
  const code = match[1] ? Number.parseInt(match[1], 10) : Number.parseInt(match[2] ?? "", 16);
  if (code > 0x10ffff) return undefined;
  return { text: String.fromCodePoint(code), length: match[0].length };
}
