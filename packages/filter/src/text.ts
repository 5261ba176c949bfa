// Text is compared as UTF-8 bytes. Nearly all of it is ASCII, where a JavaScript string is its own
// byte string; what is not becomes a "byte string", one character from 0 to 255 per byte.

const ASCII = /^[\0-\x7f]*$/;
const UPPER = /[A-Z]+/g;
const LOWER = /[a-z]+/g;
/** A comma that does not stand right behind something, or without one blank before something else. */
const UNSPACED = /(?:^|[\s\x85]),|,(?! [^\s\x85])/;
const SURROGATE = /[\ud800-\udfff]/;
const STRICT = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LENIENT = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });
/** Arguments of one call. */
const CHUNK = 4_096;

export function isAscii(text: string): boolean {
  return ASCII.test(text);
}

/** The UTF-8 bytes of a text, one character per byte; a lone surrogate is U+FFFD. */
export function toBytes(text: string): string {
  if (isAscii(text)) return text;
  const octets = new TextEncoder().encode(text);
  let bytes = "";
  for (let i = 0; i < octets.length; i += CHUNK) {
    // Spreading the octets instead takes seven times as long.
    const chunk: string = Reflect.apply(String.fromCharCode, String, octets.subarray(i, i + CHUNK));
    bytes += chunk;
  }
  return bytes;
}

/** The text of UTF-8 bytes; undefined when they are none (RFC 3629). */
export function fromBytes(bytes: string): string | undefined {
  try {
    return isAscii(bytes) ? bytes : STRICT.decode(octetsOf(bytes));
  } catch {
    return undefined;
  }
}

/** The text of bytes, with U+FFFD for what is no UTF-8 (WHATWG Encoding). */
export function decodeBytes(bytes: string): string {
  return isAscii(bytes) ? bytes : LENIENT.decode(octetsOf(bytes));
}

function octetsOf(bytes: string): Uint8Array {
  const octets = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) octets[i] = bytes.charCodeAt(i);
  return octets;
}

/** Number of UTF-8 bytes. */
export function byteLength(text: string): number {
  return toBytes(text).length;
}

/** Negative, zero or positive, by UTF-8 bytes; differs from `<` where surrogates are involved. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others. */
function rank(code: number): number {
  return code >= 0xd800 && code <= 0xdfff ? code + 0x10000 : code;
}

/** Sorts by UTF-8 bytes, in place; without surrogates that is the order of the runtime. */
export function sortTexts(texts: string[]): void {
  if (texts.some((text) => SURROGATE.test(text))) texts.sort(compareText);
  else texts.sort();
}

/** Lower case, ASCII letters only. */
export function lowerAscii(text: string): string {
  return isAscii(text) ? text.toLowerCase() : text.replace(UPPER, (run) => run.toLowerCase());
}

/** Upper case, ASCII letters only. */
export function upperAscii(text: string): string {
  return isAscii(text) ? text.toUpperCase() : text.replace(LOWER, (run) => run.toUpperCase());
}

/** Without Unicode White_Space at both ends. */
export function trimSpace(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return end - start === text.length ? text : text.slice(start, end);
}

/** Trimmed at both ends and around commas, with one blank behind each comma. */
export function trimList(text: string): string {
  return UNSPACED.test(text) ? text.split(",").map(trimSpace).join(", ") : trimSpace(text);
}

/** Unicode White_Space, all of which is one UTF-16 unit. */
function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 9 && code <= 13);
  if (code < 0x85) return false;
  return code !== 0xfeff && (code === 0x85 || String.fromCharCode(code).trim() === "");
}
