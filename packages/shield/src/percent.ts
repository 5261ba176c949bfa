import type { Escape } from "./decode.ts";

// Percent sequences, read as the most lenient server would: `%uXXXX` as IIS does, and bytes as UTF-8
// including the overlong forms that RFC 3629 forbids (`%C0%AF` for "/"). A byte that begins no
// sequence stands for itself, as in Latin-1.

/** Decodes the percent sequence that starts at `at`; undefined when it is none. */
export function percentAt(text: string, at: number): Escape | undefined {
  const first = byteAt(text, at);
  if (first < 0) return unicodeAt(text, at);
  if (first < 0x80) return { text: first === 0 ? "" : String.fromCharCode(first), length: 3 };
  const count = first >= 0xf0 && first < 0xf8 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
  if (count === 0 || first >= 0xf8) return { text: String.fromCharCode(first), length: 3 };
  // `%C0%2E`: decoders that only mask the lead byte away are left with the dot or slash itself.
  const second = byteAt(text, at + 3);
  if (first <= 0xc1 && (second === 0x2e || second === 0x2f || second === 0x5c))
    return { text: String.fromCharCode(second), length: 6 };
  let code = first & (0x3f >> count);
  for (let index = 1; index <= count; index++) {
    const next = byteAt(text, at + 3 * index);
    if (next < 0x80 || next > 0xbf) return { text: String.fromCharCode(first), length: 3 };
    code = (code << 6) | (next & 0x3f);
  }
  const character = code === 0 ? "" : code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
  return { text: character, length: 3 * (count + 1) };
}

function unicodeAt(text: string, at: number): Escape | undefined {
  const letter = text.charCodeAt(at + 1) | 0x20;
  if (letter !== 0x75) return undefined;
  const high = hexPair(text, at + 2);
  const low = hexPair(text, at + 4);
  if (high < 0 || low < 0) return undefined;
  const code = (high << 8) | low;
  return { text: code === 0 ? "" : String.fromCharCode(code), length: 6 };
}

function byteAt(text: string, at: number): number {
  return text.charCodeAt(at) === 0x25 ? hexPair(text, at + 1) : -1;
}

function hexPair(text: string, at: number): number {
  const high = hexDigit(text.charCodeAt(at));
  const low = hexDigit(text.charCodeAt(at + 1));
  return high < 0 || low < 0 ? -1 : (high << 4) | low;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
