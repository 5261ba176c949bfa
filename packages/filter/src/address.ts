// Addresses and blocks as the language writes them. An address is held as a string of its 16-bit
// words, so that `<` on strings orders addresses and the length (2 or 8) tells the family.
// A mapped IPv4 address stays IPv6 here: the two families never meet in a comparison.
import { parseIp } from "@arcjet/ip";

export interface AddressRange {
  readonly first: string;
  readonly last: string;
}

const V4_WORDS = 2;
const V6_WORDS = 8;
const V4_OCTETS = 4;

/** The words of an address in strict text form; undefined when it is none. */
export function addressWords(text: string): string | undefined {
  const ip = parseIp(text);
  if (!ip) return undefined;
  const words = ip.family === 4 ? [ip.w3] : [ip.w0, ip.w1, ip.w2, ip.w3];
  return String.fromCharCode(...words.flatMap((word) => [word >>> 16, word & 0xffff]));
}

/**
 * An address, a block or `first..last` as in a set. IPv4 may be short there (`10/8`) and have
 * leading zeros; a range is strict. A reason is given when it is none of these.
 */
export function parseAddressRange(text: string): AddressRange | string {
  const dots = text.indexOf("..");
  if (dots >= 0) {
    const first = addressWords(text.slice(0, dots));
    const last = addressWords(text.slice(dots + 2));
    if (first === undefined || last === undefined) return "this is not a range of addresses";
    if (first.length !== last.length || first > last)
      return "a range needs two addresses of one family, the lower one first";
    return { first, last };
  }
  const [address = "", prefix, more] = text.split("/");
  const words = lenientV4(address) ?? addressWords(address);
  if (words === undefined || more !== undefined) return "this is not an address or a block";
  const bits = words.length * 16;
  if (prefix === undefined) return { first: words, last: words };
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits)
    return `the prefix must be from 0 to ${bits}`;
  return block(words, Number(prefix));
}

/** Up to four decimal octets; those that are missing on the right are zero. */
function lenientV4(text: string): string | undefined {
  const octets = text.split(".");
  if (octets.length > V4_OCTETS) return undefined;
  if (!octets.every((octet) => /^\d+$/.test(octet) && Number(octet) <= 255)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = octets.map(Number);
  return String.fromCharCode(a * 256 + b, c * 256 + d);
}

function block(words: string, prefix: number): AddressRange | string {
  let last = "";
  for (let i = 0; i < words.length; i++) {
    const kept = Math.max(0, Math.min(16, prefix - i * 16));
    const host = 0xffff >>> kept;
    const word = words.charCodeAt(i);
    if ((word & host) !== 0) return "the block has bits set behind its prefix";
    last += String.fromCharCode(word | host);
  }
  return { first: words, last };
}

/** Tests whether an address lies in one of the ranges: sorted and merged once, then halved. */
export function addressSet(ranges: readonly AddressRange[]): (words: string) => boolean {
  const four = bounds(ranges.filter(({ first }) => first.length === V4_WORDS));
  const six = bounds(ranges.filter(({ first }) => first.length === V6_WORDS));
  return (words) => within(words.length === V4_WORDS ? four : six, words);
}

function bounds(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const merged: AddressRange[] = [];
  for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    const before = merged.at(-1);
    if (!before || before.last < range.first) merged.push(range);
    else if (before.last < range.last)
      merged[merged.length - 1] = { first: before.first, last: range.last };
  }
  return merged;
}

function within(ranges: readonly AddressRange[], words: string): boolean {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle]!;
    if (words < range.first) high = middle - 1;
    else if (words > range.last) low = middle + 1;
    else return true;
  }
  return false;
}
