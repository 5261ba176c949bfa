import { toWords } from "../ranges/range-index.ts";
import { FINE, NAMES_PER_BLOCK } from "./format.ts";
import { encodeNames, learnPairs } from "./names.ts";

/** Starts of segments and their values, ascending; the first start is 0. */
interface Segments<T> {
  readonly starts: readonly T[];
  readonly values: readonly number[];
}

/** One autonomous system as it is stored. */
export interface NetworkRow {
  readonly asn: number;
  readonly name: string;
  readonly type: number;
  readonly service: number;
  readonly country: number;
}

/** The bytes of a typed array, in the order of this machine, which is little-endian wherever Node runs. */
export function toBytes(array: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** Values of up to three bytes as two columns. */
export function splitValues(values: readonly number[]): { low: Uint8Array; high: Uint8Array } {
  return {
    low: toBytes(Uint16Array.from(values, (value) => value & 0xffff)),
    high: Uint8Array.from(values, (value) => value >>> 16),
  };
}

/** IPv4: the upper half of each start becomes an index, the lower half a column. */
export function encodeIpv4({ starts, values }: Segments<number>) {
  const index = new Uint32Array(65537);
  for (const start of starts) {
    const high = (start >>> 16) + 1;
    index[high] = (index[high] ?? 0) + 1;
  }
  for (let i = 1; i < index.length; i++) index[i] = (index[i] ?? 0) + (index[i - 1] ?? 0);
  const { low, high } = splitValues(values);
  return {
    index4: toBytes(index),
    low4: toBytes(Uint16Array.from(starts, (start) => start & 0xffff)),
    value4: low,
    valueHigh4: high,
  };
}

const LOW = (1n << 64n) - 1n;

/** IPv6: one segment for each /64 in which something begins, and whole addresses for what is finer. */
export function encodeIpv6({ starts, values }: Segments<bigint>) {
  const coarse = coarsen({ starts, values });
  const top: number[] = [];
  const index: number[] = [];
  const next = new Uint32Array(coarse.starts.length);
  for (const [i, start] of coarse.starts.entries()) {
    const word = Number(start >> 32n);
    if (top.at(-1) !== word) {
      top.push(word);
      index.push(i);
    }
    next[i] = Number(start & 0xffffffffn);
  }
  index.push(coarse.starts.length);
  const { low, high } = splitValues(coarse.values);
  return {
    top6: toBytes(Uint32Array.from(top)),
    index6: toBytes(Uint32Array.from(index)),
    next6: toBytes(next),
    value6: low,
    valueHigh6: high,
    fineStarts: toBytes(toWords(coarse.fineStarts)),
    fineValues: toBytes(Uint32Array.from(coarse.fineValues)),
  };
}

/** Segments by /64; starts are the upper 64 bits. */
function coarsen({ starts, values }: Segments<bigint>) {
  const out = { starts: [] as bigint[], values: [] as number[] };
  const fineStarts: bigint[] = [];
  const fineValues: number[] = [];
  const push = (start: bigint, value: number) => {
    if (out.values.at(-1) === value && value !== FINE) return;
    out.starts.push(start);
    out.values.push(value);
  };
  let before = 0;
  for (let i = 0; i < starts.length;) {
    const block = (starts[i] ?? 0n) >> 64n;
    let end = i;
    let fine = false;
    for (; end < starts.length && (starts[end] ?? 0n) >> 64n === block; end++)
      fine ||= ((starts[end] ?? 0n) & LOW) !== 0n;
    const last = values[end - 1] ?? 0;
    if (!fine) {
      push(block, last);
    } else {
      if (((starts[i] ?? 0n) & LOW) !== 0n) {
        fineStarts.push(block << 64n);
        fineValues.push(before);
      }
      for (; i < end; i++) {
        fineStarts.push(starts[i] ?? 0n);
        fineValues.push(values[i] ?? 0);
      }
      push(block, FINE);
      // The next /64 goes on with what the last segment of this one said.
      if (block < LOW && (starts[end] ?? -1n) !== (block + 1n) << 64n) push(block + 1n, last);
    }
    before = last;
    i = end;
  }
  return { ...out, fineStarts, fineValues };
}

/** Networks in ascending order, names as bytes with a length each and an offset for every block of names. */
export function encodeNetworks(rows: readonly NetworkRow[]) {
  const namePairs = learnPairs(rows.map(({ name }) => name));
  const names = encodeNames(
    rows.map(({ name }) => name),
    namePairs,
  );
  const blocks: number[] = [];
  let at = 0;
  for (const [i, name] of names.entries()) {
    if (i % NAMES_PER_BLOCK === 0) blocks.push(at);
    at += name.length;
  }
  const bytes = new Uint8Array(at);
  at = 0;
  for (const name of names) {
    bytes.set(name, at);
    at += name.length;
  }
  return {
    asn: toBytes(Uint32Array.from(rows, ({ asn }) => asn)),
    asnType: Uint8Array.from(rows, ({ type }) => type),
    asnService: toBytes(Uint16Array.from(rows, ({ service }) => service)),
    asnCountry: Uint8Array.from(rows, ({ country }) => country),
    nameLength: Uint8Array.from(names, ({ length }) => length),
    nameBlock: toBytes(Uint32Array.from(blocks)),
    namePairs,
    names: bytes,
  };
}
