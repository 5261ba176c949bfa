// Character classes of the scanner, as one table over ASCII; beyond it only letters and digits of any
// script matter, as what a token may not touch.

const DIGIT = 1;
const LETTER = 2;
const HEX = 4;
const LOCAL = 8;
const WORD = 16;
const START = 32;

const CLASSES = buildClasses();

function buildClasses(): Uint8Array {
  const classes = new Uint8Array(128);
  const add = (characters: string, bits: number): void => {
    for (const character of characters) classes[character.charCodeAt(0)]! |= bits;
  };
  add("0123456789", DIGIT | HEX | LOCAL | WORD | START);
  add("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", LETTER | LOCAL | WORD | START);
  add("_", WORD);
  add("+(:-", START);
  add("abcdefABCDEF", HEX);
  // Characters of a local part as people write them; the rest of RFC 5322's atext ("/", "=", "|" …)
  // stands between an address and its surroundings far more often than inside an address.
  add("._%+-", LOCAL);
  return classes;
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

export function isHex(unit: number): boolean {
  return unit < 128 && (CLASSES[unit]! & HEX) !== 0;
}

export function isAsciiLetter(unit: number): boolean {
  return unit < 128 && (CLASSES[unit]! & LETTER) !== 0;
}

export function isAsciiAlphanumeric(unit: number): boolean {
  return unit < 128 && (CLASSES[unit]! & (LETTER | DIGIT)) !== 0;
}

export function isUpper(unit: number): boolean {
  return unit >= 0x41 && unit <= 0x5a;
}

/** A character of a mailbox name in running text. */
export function isLocal(unit: number): boolean {
  return unit < 128 ? (CLASSES[unit]! & LOCAL) !== 0 : isLatinLetter(unit);
}

/** Letters of Latin, Greek and Cyrillic beyond ASCII, as they occur in names and domains. */
export function isLatinLetter(unit: number): boolean {
  return unit >= 0xc0 && unit <= 0x52f && unit !== 0xd7 && unit !== 0xf7;
}

/** What glues a token to its neighbour: a letter, a digit or "_". Scripts without spaces do not. */
export function isWord(unit: number): boolean {
  return unit < 128 ? (CLASSES[unit]! & WORD) !== 0 : isLatinLetter(unit);
}

/** A character that something other than an address with "@" may begin with. */
export function mayStart(unit: number): boolean {
  return unit < 128 && (CLASSES[unit]! & START) !== 0;
}
