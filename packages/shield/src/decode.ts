// Attackers hide a value behind encodings that the application, its framework or the browser undoes
// later. A value is decoded until it no longer changes, in at most MAX_DECODE_ROUNDS rounds; each
// round undoes one layer of percent encoding (with `%u` and overlong UTF-8), HTML entities, `\x` and
// `\u` escapes and full-width letters. The way back to the value as received is computed only for
// the values something was found in.
import { entityAt } from "./entities.ts";
import { MAX_DECODE_ROUNDS } from "./limits.ts";
import { percentAt } from "./percent.ts";

/** What one escape sequence stands for, and how many code units it takes. */
export interface Escape {
  readonly text: string;
  readonly length: number;
}

/** Whether a "+" stands for a space, as in queries and forms. */
export type PlusSign = "space" | "plus";

const encoded = /[%&\\\0\u2044\u2215\u2216\uff01-\uff5e]/;
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const BACKSLASH = 0x5c;
const FULL_WIDTH_OFFSET = 0xfee0;
const FRACTION_SLASH = 0x2044;
const DIVISION_SLASH = 0x2215;
const SET_MINUS = 0x2216;

/** Decodes a value to a fixpoint. */
export function decode(raw: string, plus: PlusSign): string {
  let text = plus === "space" ? raw.replace(/\+/g, " ") : raw;
  for (let round = 0; round < MAX_DECODE_ROUNDS && encoded.test(text); round++) {
    const next = decodeOnce(text);
    if (next === text) break;
    text = next;
  }
  return plus === "space" ? decodePlusAgain(text) : text;
}

const doublyEncoded = /^[^\s+]{0,64}\+[^\s+]{1,64}\+\S*$/;

/** A "+" that is left was itself encoded: with no other space, a form encoded twice. */
function decodePlusAgain(text: string): string {
  return text.includes("+") && doublyEncoded.test(text) ? text.replaceAll("+", " ") : text;
}

/** Undoes one layer of encoding. */
export function decodeLayer(raw: string, plus: PlusSign): string {
  const text = plus === "space" ? raw.replace(/\+/g, " ") : raw;
  try {
    return decodeURIComponent(text);
  } catch {
    return decodeOnce(text);
  }
}

/** The way back from a decoded value: for an offset in it, the offset it came from in the raw value. */
export function originOf(raw: string, plus: PlusSign): (offset: number) => number {
  const layers: number[][] = [];
  let text = plus === "space" ? raw.replace(/\+/g, " ") : raw;
  for (let round = 0; round < MAX_DECODE_ROUNDS && encoded.test(text); round++) {
    const layer: number[] = [];
    const next = decodeOnce(text, layer);
    if (next === text) break;
    layers.push(layer);
    text = next;
  }
  return (offset) => {
    let at = Math.min(offset, text.length);
    for (let index = layers.length - 1; index >= 0; index--) at = offsetBefore(layers[index]!, at);
    return at;
  };
}

// A layer lists its escapes, each as four numbers: where what it stands for begins and ends in the
// decoded text, and where the escape begins and ends in the text before.
const FIELDS = 4;

function offsetBefore(layer: readonly number[], at: number): number {
  let low = 0;
  let high = layer.length / FIELDS;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (layer[middle * FIELDS]! <= at) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return at;
  const [, end = 0, before = 0, after = 0] = layer.slice((low - 1) * FIELDS, low * FIELDS);
  return at < end ? before : after + (at - end);
}

const otherEscapes = /[&\\\0\u2044\u2215\u2216\uff01-\uff5e]/;

/** A percent sign that begins no sequence: the runtime would throw, which costs more than all the rest. */
const stray = /%(?![0-9a-f]{2})/i;

/** Percent encoding without a fault, undone by the runtime; undefined when there is anything else. */
function decodePercent(text: string): string | undefined {
  if (otherEscapes.test(text) || stray.test(text)) return undefined;
  try {
    const decoded = decodeURIComponent(text);
    return decoded.includes("\0") ? decoded.replaceAll("\0", "") : decoded;
  } catch {
    return undefined;
  }
}

function decodeOnce(text: string, layer?: number[]): string {
  const simple = layer ? undefined : decodePercent(text);
  return simple ?? decodeEscapes(text, layer);
}

function decodeEscapes(text: string, layer: number[] | undefined): string {
  let out = "";
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Nearly all of a text is none of these, and a call for each of it is what costs.
    if (code > BACKSLASH ? code < FRACTION_SLASH : isPlain(code)) continue;
    const escape = escapeAt(text, at);
    if (escape === undefined) continue;
    out += text.slice(copied, at);
    layer?.push(out.length, out.length + escape.text.length, at, at + escape.length);
    out += escape.text;
    at += escape.length - 1;
    copied = at + 1;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

function isPlain(code: number): boolean {
  return code !== PERCENT && code !== AMPERSAND && code !== BACKSLASH && code !== 0;
}

function escapeAt(text: string, at: number): Escape | undefined {
  const code = text.charCodeAt(at);
  if (code === PERCENT) return percentAt(text, at) ?? strayPercentAt(text, at);
  if (code === AMPERSAND) return entityAt(text, at);
  if (code === BACKSLASH) return backslashAt(text, at);
  if (code === 0) return { text: "", length: 1 };
  if (code >= 0xff01 && code <= 0xff5e)
    return { text: String.fromCharCode(code - FULL_WIDTH_OFFSET), length: 1 };
  if (code === FRACTION_SLASH || code === DIVISION_SLASH) return { text: "/", length: 1 };
  if (code === SET_MINUS) return { text: "\\", length: 1 };
  return undefined;
}

const digitAfter = /%(?:3[0-9]|[46][1-6])/y;

/**
 * Classic ASP drops a "%" that begins no sequence: `%S%E%L` is what it reads as `SEL`. In `%%32%37` it
 * begins one that only the next round sees.
 */
function strayPercentAt(text: string, at: number): Escape | undefined {
  const next = text.charCodeAt(at + 1);
  if (next !== PERCENT && text.charCodeAt(at + 2) !== PERCENT) return undefined;
  digitAfter.lastIndex = at + 1;
  return next === PERCENT && digitAfter.test(text) ? undefined : { text: "", length: 1 };
}

const hexEscape = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\})/iy;

function backslashAt(text: string, at: number): Escape | undefined {
  const letter = text.charCodeAt(at + 1) | 0x20;
  if (letter !== 0x75 && letter !== 0x78) return undefined;
  hexEscape.lastIndex = at;
  const match = hexEscape.exec(text);
  if (!match) return undefined;
  const code = Number.parseInt(match[1] ?? match[2] ?? match[3] ?? "", 16);
  if (code > 0x10ffff) return undefined;
  return { text: code === 0 ? "" : String.fromCodePoint(code), length: match[0].length };
}
