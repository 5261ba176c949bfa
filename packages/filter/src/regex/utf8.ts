// Turns a set of code points into the smallest automaton over UTF-8 bytes (RFC 3629). Ranges are cut
// where the encoded length changes and where a byte would have to roll over, which leaves sequences
// of byte ranges; those share a first byte range or have none in common, so they form a trie, and
// equal branches are stored once.
import { difference, type Ranges } from "./ranges.ts";

/** A state: each arc reads a byte from `lo` to `hi`; an arc without target ends the character. */
export interface Utf8Node {
  readonly arcs: readonly Utf8Arc[];
}
export interface Utf8Arc {
  readonly lo: number;
  readonly hi: number;
  readonly to: Utf8Node | undefined;
}

interface Interned extends Utf8Node {
  readonly id: number;
}
type Sequence = readonly (readonly [number, number])[];

const SURROGATES: Ranges = [0xd800, 0xdfff];
const LENGTH_LIMITS = [0x7f, 0x7ff, 0xffff, 0x10ffff];

export function utf8Automaton(ranges: Ranges): { root: Utf8Node; states: readonly Utf8Node[] } {
  const scalars = difference(ranges, SURROGATES);
  const sequences: Sequence[] = [];
  for (let i = 0; i < scalars.length; i += 2) cut(scalars[i]!, scalars[i + 1]!, sequences);
  const interned = new Map<string, Interned>();
  const root = build(sequences, 0, interned);
  return { root, states: [...interned.values()] };
}

/** Cuts a range until the encodings of its ends span a rectangle of byte ranges. */
function cut(lo: number, hi: number, out: Sequence[]): void {
  for (const limit of LENGTH_LIMITS)
    if (lo <= limit && limit < hi) {
      cut(lo, limit, out);
      return cut(limit + 1, hi, out);
    }
  if (hi > 0x7f)
    for (let level = 1; level < 4; level++) {
      const mask = (1 << (6 * level)) - 1;
      if ((lo & ~mask) === (hi & ~mask)) break;
      if ((lo & mask) !== 0) {
        cut(lo, lo | mask, out);
        return cut((lo | mask) + 1, hi, out);
      }
      if ((hi & mask) !== mask) {
        cut(lo, (hi & ~mask) - 1, out);
        return cut(hi & ~mask, hi, out);
      }
    }
  const last = encode(hi);
  out.push(encode(lo).map((byte, i) => [byte, last[i]!] as const));
}

/** The UTF-8 bytes of a code point. */
export function encode(c: number): readonly number[] {
  if (c < 0x80) return [c];
  if (c < 0x800) return [0xc0 | (c >> 6), 0x80 | (c & 63)];
  if (c < 0x10000) return [0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63)];
  return [0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63)];
}

function build(
  sequences: readonly Sequence[],
  level: number,
  interned: Map<string, Interned>,
): Interned {
  const arcs: { lo: number; hi: number; to: Interned | undefined }[] = [];
  for (let i = 0; i < sequences.length;) {
    const [lo, hi] = sequences[i]![level]!;
    let end = i + 1;
    while (end < sequences.length && sequences[end]![level]![0] === lo) end++;
    const ends = sequences[i]!.length === level + 1;
    const to = ends ? undefined : build(sequences.slice(i, end), level + 1, interned);
    const last = arcs.at(-1);
    if (last && last.to === to && last.hi + 1 === lo) last.hi = hi;
    else arcs.push({ lo, hi, to });
    i = end;
  }
  const key = arcs.map(({ lo, hi, to }) => `${lo},${hi},${to?.id ?? ""}`).join(";");
  const known = interned.get(key);
  if (known) return known;
  const node = { arcs, id: interned.size };
  interned.set(key, node);
  return node;
}
