// Percent-decoding as forms do it (WHATWG URL, application/x-www-form-urlencoded): `+` is a space,
// `%zz` stays as it is, bytes that are no UTF-8 become U+FFFD. Written out here because the runtime's
// decodeURIComponent throws on broken input, which costs a thousand times what decoding does.

const PERCENT = 37;
const REPLACEMENT = "\ufffd";

/** Decodes one name or value. */
export function decodeForm(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  return spaced.includes("%") ? decodeEscapes(spaced) : spaced;
}

/** Decodes runs of escapes; what lies between them stays as it is. */
function decodeEscapes(text: string): string {
  let out = "";
  let kept = 0;
  for (let i = text.indexOf("%"); i < text.length; i++) {
    if (escapeAt(text, i) < 0) continue;
    let end = i + 3;
    while (escapeAt(text, end) >= 0) end += 3;
    out += text.slice(kept, i) + decodeRun(text, i, end);
    kept = end;
    i = end - 1;
  }
  return kept === 0 ? text : out + text.slice(kept);
}

/** The byte an escape at `i` stands for, or -1. */
function escapeAt(text: string, i: number): number {
  if (text.charCodeAt(i) !== PERCENT || i + 2 >= text.length) return -1;
  const high = hexDigit(text.charCodeAt(i + 1));
  const low = hexDigit(text.charCodeAt(i + 2));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/**
 * Decodes escapes without a gap from `start` to `end`. Where a character breaks off, what was read of
 * it is one U+FFFD and the byte that does not belong begins anew (WHATWG Encoding, UTF-8 decoder).
 */
function decodeRun(text: string, start: number, end: number): string {
  let out = "";
  let [code, missing, lower, upper] = [0, 0, 0x80, 0xbf];
  for (let i = start; i < end; i += 3) {
    const byte = escapeAt(text, i);
    if (missing > 0 && byte >= lower && byte <= upper) {
      code = (code << 6) | (byte & 63);
      [lower, upper] = [0x80, 0xbf];
      if (--missing === 0) out += String.fromCodePoint(code);
      continue;
    }
    if (missing > 0) out += REPLACEMENT;
    missing = following(byte);
    if (missing === 0) out += String.fromCharCode(byte);
    else if (missing < 0) out += REPLACEMENT;
    // Longer than need be, a surrogate, or beyond the last code point.
    lower = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    upper = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
    code = byte & (0x7f >> Math.max(missing + 1, 1));
  }
  return missing > 0 ? out + REPLACEMENT : out;
}

/** How many bytes follow a first byte; -1 when it is none. */
function following(byte: number): number {
  if (byte < 0x80) return 0;
  if (byte < 0xc2 || byte > 0xf4) return -1;
  return byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
}
