// A value in base64, plain or as the parts of a JSON Web Token, is read for what it spells. Most of what
// looks like base64 is an identifier or a hash, and spells no text: reading ends at the first byte that
// no text has there, which in random data is among the first three. To find that out by decoding alone would
// throw an error for each of them, which costs more than all the rest.
import { MAX_VALUE_LENGTH } from "./limits.ts";

/** Characters below which a value is taken as it stands: too short to hide an attack. */
export const MIN_BASE64 = 12;

const alphabet = /^[A-Za-z0-9+/_-]{12,8192}={0,2}$/;
const token = /^(eyJ[\w-]{8,8192})\.([\w-]{8,8192})\.[\w-]{0,8192}$/;

/** The texts that a value spells in base64 or as a JSON Web Token; none when it spells none. */
export function textsInBase64(value: string): readonly string[] {
  const { length } = value;
  if (length < MIN_BASE64 || length > MAX_VALUE_LENGTH) return none;
  if (alphabet.test(value)) {
    const text = readBase64(value);
    return text === undefined ? none : [text];
  }
  const parts = value.startsWith("eyJ") ? token.exec(value) : null;
  if (!parts) return none;
  return [parts[1]!, parts[2]!].map(readBase64).filter((text) => text !== undefined);
}

const none: readonly string[] = [];
const utf8 = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true });

function readBase64(value: string): string | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  let missing = 0;
  for (let at = 0; at < value.length; at++) {
    const sextet = sextetOf(value.charCodeAt(at));
    if (sextet < 0) break;
    bits = ((bits << 6) | sextet) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    const byte = (bits >> held) & 0xff;
    const continues = (byte & 0xc0) === 0x80;
    if (!isTextual(byte) || continues !== missing > 0) return undefined;
    missing = continues ? missing - 1 : followersOf(byte);
    bytes.push(byte);
  }
  try {
    return utf8.decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}

/** The six bits of a character, in either alphabet (RFC 4648, sections 4 and 5); -1 for padding. */
function sextetOf(code: number): number {
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  if (code >= 0x61 && code <= 0x7a) return code - 0x47;
  if (code >= 0x30 && code <= 0x39) return code + 4;
  if (code === 0x2b || code === 0x2d) return 62;
  return code === 0x2f || code === 0x5f ? 63 : -1;
}

/** How many bytes continue the character that this one begins (RFC 3629, section 3). */
function followersOf(byte: number): number {
  if (byte < 0xc0) return 0;
  return byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
}

function isTextual(byte: number): boolean {
  return (
    (byte >= 0x20 && byte !== 0x7f && byte < 0xf8) ||
    byte === 0x09 ||
    byte === 0x0a ||
    byte === 0x0d
  );
}
