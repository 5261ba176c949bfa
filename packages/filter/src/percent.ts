// Percent-decoding as forms do it (WHATWG URL, application/x-www-form-urlencoded), on UTF-8 bytes: `+`
// is a space, `%zz` stays as it is, bytes that are no UTF-8 become U+FFFD. The runtime's
// decodeURIComponent throws on broken input, which costs a thousand times what decoding does.

import { decodeBytes, toBytes } from "./text.ts";

const PERCENT = 37;

/** Decodes one name or value. */
export function decodeForm(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  return spaced.includes("%") ? decodeEscapes(spaced) : spaced;
}

function decodeEscapes(text: string): string {
  const bytes = toBytes(text);
  let decoded = "";
  for (let i = 0; i < bytes.length; i++) {
    const escaped =
      bytes.charCodeAt(i) === PERCENT ? (hexDigit(bytes, i + 1) << 4) | hexDigit(bytes, i + 2) : -1;
    decoded += escaped < 0 ? bytes.charAt(i) : String.fromCharCode(escaped);
    if (escaped >= 0) i += 2;
  }
  return decodeBytes(decoded);
}

/** The value of a digit, or -1, which stays negative whatever bits it is joined with. */
function hexDigit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
