// The pack: one file of columns, made so that opening it is a few views over bytes and a lookup is two
// short searches. Little-endian; every column starts at a multiple of four.
//
//   header   "ARCJGEO1", hash of all that follows it, number of columns, offset and length of each
//   meta     JSON: date, sources, which kinds of lists went in, labels
//   IPv4     index of 65,537 entries by the upper 16 bits; the lower 16 bits of each start; values
//   IPv6     the distinct upper 32 bits; an index into the next 32 bits of each start; values.
//            What changes within a /64 has the value FINE and is looked up in a table of whole addresses
//   facts    one row for each combination of network, country, flags and label that occurs; flags and
//            labels only for the rows that have some, whose numbers are in `factFlagged`
//   networks AS numbers ascending, names (see names.ts), type, service, country where most addresses are
//
// A value is the row of `facts` plus one; 0 means that nothing is known.
import { GeoError } from "../geo-error.ts";

/** "ARCJGEO1" as two little-endian words. */
const MAGIC = [0x4a435241, 0x314f4547] as const;

/** The columns, in the order they lie in the file. */
export const COLUMNS = [
  "meta",
  "index4",
  "low4",
  "value4",
  "valueHigh4",
  "top6",
  "index6",
  "next6",
  "value6",
  "valueHigh6",
  "fineStarts",
  "fineValues",
  "factNetwork",
  "factNetworkHigh",
  "factCountry",
  "factFlagged",
  "factFlags",
  "factLabel",
  "asn",
  "asnType",
  "asnService",
  "asnCountry",
  "nameLength",
  "nameBlock",
  "namePairs",
  "names",
] as const;

/** Name of a column. */
export type Column = (typeof COLUMNS)[number];

const HEADER_WORDS = 4;
const HEADER_BYTES = (HEADER_WORDS + COLUMNS.length * 2) * 4;
/** The value of a /64 in which something changes. */
export const FINE = 0xffffff;
/** Values are three bytes long, and the last one is taken. */
export const MAX_FACTS: number = FINE - 2;
/** Names per entry of `nameBlock`. */
export const NAMES_PER_BLOCK = 16;
/** No pack is larger; a file that is, is none. */
export const MAX_PACK_BYTES: number = 256 * 1024 * 1024;

/** Bits of `factFlags`. */
export const FLAGS = {
  relay: 1,
  tor: 2,
  vpn: 4,
  hosting: 8,
  proxy: 16,
  crawler: 32,
  mobile: 64,
  abuser: 128,
} as const;

/** A kind of list that goes into a pack. */
export type ListKind = keyof typeof FLAGS;

/** Joins columns into a file. */
export function writePack(columns: Readonly<Record<Column, Uint8Array>>): Uint8Array<ArrayBuffer> {
  let size = HEADER_BYTES;
  for (const name of COLUMNS) size += padded(columns[name].length);
  const bytes = new Uint8Array(size);
  const words = new Uint32Array(bytes.buffer);
  let at = HEADER_BYTES;
  for (const [i, name] of COLUMNS.entries()) {
    words[HEADER_WORDS + i * 2] = at;
    words[HEADER_WORDS + i * 2 + 1] = columns[name].length;
    bytes.set(columns[name], at);
    at += padded(columns[name].length);
  }
  words[0] = MAGIC[0];
  words[1] = MAGIC[1];
  words[3] = COLUMNS.length;
  words[2] = hashWords(words, 3);
  return bytes;
}

/** The columns of a file; throws a {@link GeoError} when it is no pack, cut off or changed. */
export function readPack(input: Uint8Array, name: string): Readonly<Record<Column, Uint8Array>> {
  const wrong = (why: string) => new GeoError("INVALID_DATA", `${name} is no usable pack: ${why}`);
  if (input.length < HEADER_BYTES || input.length % 4 !== 0 || input.length > MAX_PACK_BYTES)
    throw wrong("it is cut off");
  // Views of words need an aligned start, which a slice of a larger buffer may not have.
  const bytes = input.byteOffset % 4 === 0 ? input : new Uint8Array(input);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  if (words[0] !== MAGIC[0] || words[1] !== MAGIC[1])
    throw wrong("it does not start like one, or was made for another version");
  if (words[2] !== hashWords(words, 3) || words[3] !== COLUMNS.length)
    throw wrong("its content was changed or cut off; run `arcjet data update` to make a new one");
  const column = (i: number): Uint8Array => {
    const offset = words[HEADER_WORDS + i * 2] ?? 0;
    const length = words[HEADER_WORDS + i * 2 + 1] ?? 0;
    if (offset % 4 !== 0 || offset < HEADER_BYTES || offset + length > bytes.length)
      throw wrong("a column lies outside the file");
    return bytes.subarray(offset, offset + length);
  };
  const entries = COLUMNS.map((key, i) => [key, column(i)] as const);
  // Object.fromEntries forgets the names of the keys, which are exactly COLUMNS.
  return Object.fromEntries(entries) as Record<Column, Uint8Array>;
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

/** A hash of 32 bits over words (the mixing of MurmurHash3): finds damage, proves no origin. */
function hashWords(words: Uint32Array, from: number): number {
  let hash = words.length;
  for (let i = from; i < words.length; i++) {
    let word = Math.imul(words[i] ?? 0, 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash ^= word;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
