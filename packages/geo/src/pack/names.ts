// Names are a quarter of a pack, so they are written with byte pair encoding: the bytes 128 to 254 stand
// for two others (which may be such bytes themselves), learnt from the names; 255 announces a plain byte.
import { GeoError } from "../geo-error.ts";

const FIRST_TOKEN = 128;
const TOKENS = 127;
const PLAIN = 255;
/** The longest text one byte may stand for: a hostile table could double itself 127 times. */
export const MAX_TOKEN_LENGTH = 32;
/** One name in this many is learnt from. */
const SAMPLE = 8;
/** The longest encoded name: its length is one byte. */
const MAX_ENCODED = 255;
const LINE_END = 10;

/** Learns the pairs that occur most; two bytes each. */
export function learnPairs(names: readonly string[]): Uint8Array<ArrayBuffer> {
  const text = names.filter((_, i) => i % SAMPLE === 0).join("\n");
  let bytes: Uint8Array = new TextEncoder().encode(text).filter((byte) => byte < FIRST_TOKEN);
  const lengths = new Uint8Array(256).fill(1);
  const pairs: number[] = [];
  for (let token = FIRST_TOKEN; token < FIRST_TOKEN + TOKENS; token++) {
    const best = mostFrequent(bytes, lengths);
    if (best === undefined) break;
    const [a, b] = best;
    pairs.push(a, b);
    lengths[token] = (lengths[a] ?? 0) + (lengths[b] ?? 0);
    bytes = replacePair(bytes, a, b, token);
  }
  return Uint8Array.from(pairs);
}

function mostFrequent(
  bytes: Uint8Array,
  lengths: Uint8Array,
): readonly [number, number] | undefined {
  const counts = new Uint32Array(65536);
  for (let i = 1; i < bytes.length; i++) {
    const pair = (bytes[i - 1] ?? 0) * 256 + (bytes[i] ?? 0);
    counts[pair] = (counts[pair] ?? 0) + 1;
  }
  let best = -1;
  for (let pair = 0; pair < counts.length; pair++) {
    const [a, b] = [pair >>> 8, pair & 255];
    // A pair that is not used twice saves nothing, and names do not go over line ends.
    if ((counts[pair] ?? 0) < 2 || a === LINE_END || b === LINE_END) continue;
    if ((lengths[a] ?? 0) + (lengths[b] ?? 0) > MAX_TOKEN_LENGTH) continue;
    if (best < 0 || (counts[pair] ?? 0) > (counts[best] ?? 0)) best = pair;
  }
  return best < 0 ? undefined : [best >>> 8, best & 255];
}

function replacePair(bytes: Uint8Array, a: number, b: number, token: number): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === PLAIN) {
      out[length++] = PLAIN;
      out[length++] = bytes[++i] ?? 0;
    } else if (bytes[i] === a && bytes[i + 1] === b) {
      out[length++] = token;
      i++;
    } else {
      out[length++] = bytes[i] ?? 0;
    }
  }
  return out.subarray(0, length);
}

/**
 * Encodes names with learnt pairs, all together: one pass over the whole text for each pair, in the order
 * they were learnt. Names too long to be stored are cut.
 */
export function encodeNames(names: readonly string[], pairs: Uint8Array): Uint8Array[] {
  const text = names.map((name) => name.replaceAll("\n", " ")).join("\n");
  let bytes = escapePlain(new TextEncoder().encode(text));
  for (let i = 0; i + 1 < pairs.length; i += 2)
    bytes = replacePair(bytes, pairs[i] ?? 0, pairs[i + 1] ?? 0, FIRST_TOKEN + i / 2);
  const encoded: Uint8Array[] = [];
  for (let start = 0; encoded.length < names.length;) {
    let end = start;
    while (end < bytes.length && bytes[end] !== LINE_END) end++;
    encoded.push(cut(bytes.subarray(start, end)));
    start = end + 1;
  }
  return encoded;
}

/** At most 255 bytes, never ending between a mark and its plain byte or within a character. */
function cut(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= MAX_ENCODED) return bytes;
  const plain = bytes.indexOf(PLAIN);
  return bytes.subarray(0, plain < 0 ? MAX_ENCODED : Math.min(MAX_ENCODED, plain));
}

/** Announces every byte that is not ASCII. */
function escapePlain(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length * 2);
  let length = 0;
  for (const byte of bytes) {
    if (byte >= FIRST_TOKEN) out[length++] = PLAIN;
    out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** Reads the name that lies in so many bytes from an offset on. */
export type NameReader = (from: number, length: number) => string;

/**
 * Makes the reader of names; throws a {@link GeoError} when the table of pairs is damaged. Names are put
 * together as bytes and decoded in one go: texts joined piece by piece would keep every piece alive.
 */
export function nameReader(names: Uint8Array, pairs: Uint8Array): NameReader {
  const tokens = readTokens(pairs);
  const text = new Uint8Array(MAX_ENCODED * MAX_TOKEN_LENGTH);
  const utf8 = new TextDecoder();
  return (from, length) => {
    const end = Math.min(from + length, names.length);
    let written = 0;
    for (let at = from; at < end; at++) {
      const byte = names[at] ?? 0;
      if (byte === PLAIN) {
        text[written++] = names[++at] ?? 0;
        continue;
      }
      const start = byte * MAX_TOKEN_LENGTH;
      const size = tokens.sizes[byte] ?? 0;
      for (let i = 0; i < size; i++) text[written++] = tokens.bytes[start + i] ?? 0;
    }
    return utf8.decode(text.subarray(0, written));
  };
}

/** What each byte stands for: its text at the place of the byte, and how long it is. */
function readTokens(pairs: Uint8Array) {
  const bytes = new Uint8Array(256 * MAX_TOKEN_LENGTH);
  const sizes = new Uint8Array(256);
  for (let byte = 0; byte < FIRST_TOKEN; byte++) {
    bytes[byte * MAX_TOKEN_LENGTH] = byte;
    sizes[byte] = 1;
  }
  const part = (token: number) => {
    const start = token * MAX_TOKEN_LENGTH;
    return bytes.subarray(start, start + (sizes[token] ?? 0));
  };
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const token = FIRST_TOKEN + i / 2;
    const [a, b] = [part(pairs[i] ?? 0), part(pairs[i + 1] ?? 0)];
    const size = a.length + b.length;
    if (token >= PLAIN || a.length === 0 || b.length === 0 || size > MAX_TOKEN_LENGTH)
      throw new GeoError(
        "INVALID_DATA",
        "the pack is damaged: its table of names refers to itself",
      );
    bytes.set(a, token * MAX_TOKEN_LENGTH);
    bytes.set(b, token * MAX_TOKEN_LENGTH + a.length);
    sizes[token] = size;
  }
  return { bytes, sizes };
}
