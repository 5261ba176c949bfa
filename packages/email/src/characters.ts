// Character classes of RFC 5321 and RFC 5322 as one table over ASCII.

const ATEXT = 1;
const ALPHANUMERIC = 2;

const CLASSES = buildClasses();

function buildClasses(): Uint8Array {
  const classes = new Uint8Array(128);
  for (const character of "!#$%&'*+-/=?^_`{|}~") classes[character.charCodeAt(0)] = ATEXT;
  for (const character of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    classes[character.charCodeAt(0)] = ATEXT | ALPHANUMERIC;
  return classes;
}

/** An ASCII character of an atom (RFC 5322 section 3.2.3). */
export function isAtext(unit: number): boolean {
  return unit < 128 && (CLASSES[unit]! & ATEXT) !== 0;
}

export function isAlphanumeric(unit: number): boolean {
  return unit < 128 && (CLASSES[unit]! & ALPHANUMERIC) !== 0;
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

export function isHexDigit(unit: number): boolean {
  return isDigit(unit) || (unit >= 0x61 && unit <= 0x66) || (unit >= 0x41 && unit <= 0x46);
}

// RFC 6531 adds every UTF-8 character beyond ASCII. Controls, spaces, broken surrogates, what is no
// character and what nobody sees never belong to a name: such an address looks like another one.
const NEVER =
  /[\p{Cc}\p{Z}\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\ufff9-\ufffd]/u;
// Invisible, and yet part of how Persian, Indic words and emoji are written.
const JOINER_OR_VARIANT = /[\u200c\u200d]|[\ufe0e\ufe0f]/;

/** Whether a code point beyond ASCII may stand in a local part. */
export function isInternational(codePoint: number): boolean {
  if (codePoint < 0x80) return false;
  const character = String.fromCodePoint(codePoint);
  return !NEVER.test(character) || JOINER_OR_VARIANT.test(character);
}
