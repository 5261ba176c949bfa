// HalfSipHash-2-4 with 64-bit output (Aumasson and Bernstein, "SipHash: a fast short-input PRF"; the
// reference C code is public domain): a keyed hash whose every operation is a 32-bit one, so that
// plain JavaScript computes it without BigInt. It hashes the UTF-8 bytes of a text, read straight
// from its code units. A lone surrogate has no UTF-8; it is hashed as the three bytes its code would
// have, so that different strings stay different input.
import { show } from "./duration.ts";
import type { Fingerprint } from "./store.ts";

/** Hashes a text under the secret the hasher was made with. */
export type Hasher = (text: string) => Fingerprint;

/**
 * Makes the keyed 64-bit hash that turns the identity of a client into a fingerprint. Equal secrets
 * give equal fingerprints in every process. A secret of exactly 8 bytes is the key itself; any other
 * is hashed into one.
 *
 * @throws {RangeError} when the secret is empty.
 * @example
 * const hash = createHasher(crypto.getRandomValues(new Uint8Array(8)));
 * hash("203.0.113.7"); // { high: …, low: … }
 */
export function createHasher(secret: Uint8Array | string): Hasher {
  const bytes: unknown = typeof secret === "string" ? new TextEncoder().encode(secret) : secret;
  if (!(bytes instanceof Uint8Array) || bytes.length === 0)
    throw new RangeError(`secret is ${show(secret)}: give some random text or bytes`);
  const [k0, k1] = keyOf(bytes);
  const sip = new HalfSip(k0, k1);
  return (text) => hashAscii(text, k0, k1) ?? sip.hash(text);
}

/**
 * What `charCodeAt` is, so that it need not be looked up on each text: a package may leave the prototype of
 * strings in a state in which the runtime looks it up for every character, and one of the clients of Redis does.
 */
const { charCodeAt } = String.prototype;

/** Four characters as a word, lowest first; negative when one is not ASCII. */
function wordAt(text: string, at: number): number {
  const a = charCodeAt.call(text, at);
  const b = charCodeAt.call(text, at + 1);
  const c = charCodeAt.call(text, at + 2);
  const d = charCodeAt.call(text, at + 3);
  return (a | b | c | d) > 0x7f ? -1 : a | (b << 8) | (c << 16) | (d << 24);
}

/** The last characters, fewer than four, as a word; negative when one is not ASCII. */
function tailAt(text: string, at: number): number {
  let word = 0;
  for (let i = at, by = 0; i < text.length; i++, by += 8) {
    const code = charCodeAt.call(text, i);
    if (code > 0x7f) return -1;
    word |= code << by;
  }
  return word;
}

/** The hash of a text that is all ASCII, as nearly every identity is; undefined for any other. */
function hashAscii(text: string, k0: number, k1: number): Fingerprint | undefined {
  const { length } = text;
  const end = length & ~3;
  let v0 = k0;
  let v1 = k1 ^ 0xee;
  let v2 = 0x6c796765 ^ k0;
  let v3 = 0x74656462 ^ k1;
  let low = 0;
  // The words of the text, what is left of it with its length, then twice no word at all: after each of
  // these a half of the output is read.
  for (let i = 0; i <= end + 8; i += 4) {
    let word = 0;
    if (i <= end) {
      word = i < end ? wordAt(text, i) : tailAt(text, i);
      if (word < 0) return undefined;
      if (i === end) word |= length << 24;
    } else if (i === end + 4) v2 ^= 0xee;
    else {
      low = (v1 ^ v3) >>> 0;
      v1 ^= 0xdd;
    }
    v3 ^= word;
    for (let rounds = i > end ? 4 : 2; rounds > 0; rounds--) {
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
    }
    v0 ^= word;
  }
  return { high: (v1 ^ v3) >>> 0, low };
}

function keyOf(bytes: Uint8Array): readonly [number, number] {
  if (bytes.length === 8) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
    return [view.getInt32(0, true), view.getInt32(4, true)];
  }
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const { high, low } = new HalfSip(0, 0).hash(text);
  return [low | 0, high | 0];
}

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** The running state of one hash; reused from call to call, so that a call allocates only its result. */
class HalfSip {
  readonly #k0: number;
  readonly #k1: number;
  #v0 = 0;
  #v1 = 0;
  #v2 = 0;
  #v3 = 0;
  /** Bytes not yet taken in, lowest first, and how many bytes there were in all. */
  #tail = 0;
  #length = 0;

  constructor(k0: number, k1: number) {
    this.#k0 = k0;
    this.#k1 = k1;
  }

  hash(text: string): Fingerprint {
    this.#v0 = this.#k0;
    this.#v1 = this.#k1 ^ 0xee;
    this.#v2 = 0x6c796765 ^ this.#k0;
    this.#v3 = 0x74656462 ^ this.#k1;
    this.#tail = 0;
    this.#length = 0;
    this.#absorb(text);
    this.#word((this.#length << 24) | this.#tail);
    this.#v2 ^= 0xee;
    this.#rounds(4);
    const low = (this.#v1 ^ this.#v3) >>> 0;
    this.#v1 ^= 0xdd;
    this.#rounds(4);
    return { high: (this.#v1 ^ this.#v3) >>> 0, low };
  }

  #absorb(text: string): void {
    let i = 0;
    for (; i + 4 <= text.length; i += 4) {
      const word = wordAt(text, i);
      if (word < 0) break;
      this.#word(word);
    }
    this.#length = i;
    for (; i < text.length; i++) {
      // The index is below the length, so there is a code point.
      const code = text.codePointAt(i) as number;
      if (code > 0xffff) i++;
      this.#codePoint(code);
    }
  }

  #codePoint(code: number): void {
    if (code < 0x80) return this.#byte(code);
    if (code < 0x800) this.#byte(0xc0 | (code >> 6));
    else {
      if (code < 0x10000) this.#byte(0xe0 | (code >> 12));
      else {
        this.#byte(0xf0 | (code >> 18));
        this.#byte(0x80 | ((code >> 12) & 63));
      }
      this.#byte(0x80 | ((code >> 6) & 63));
    }
    return this.#byte(0x80 | (code & 63));
  }

  #byte(byte: number): void {
    const filled = this.#length & 3;
    this.#length++;
    if (filled < 3) this.#tail |= byte << (8 * filled);
    else {
      const word = this.#tail | (byte << 24);
      this.#tail = 0;
      this.#word(word);
    }
  }

  #word(word: number): void {
    this.#v3 ^= word;
    this.#rounds(2);
    this.#v0 ^= word;
  }

  #rounds(count: number): void {
    let v0 = this.#v0;
    let v1 = this.#v1;
    let v2 = this.#v2;
    let v3 = this.#v3;
    for (let i = 0; i < count; i++) {
      v0 = (v0 + v1) | 0;
      v1 = rotate(v1, 5) ^ v0;
      v0 = rotate(v0, 16);
      v2 = (v2 + v3) | 0;
      v3 = rotate(v3, 8) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = rotate(v3, 7) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = rotate(v1, 13) ^ v2;
      v2 = rotate(v2, 16);
    }
    this.#v0 = v0;
    this.#v1 = v1;
    this.#v2 = v2;
    this.#v3 = v3;
  }
}
