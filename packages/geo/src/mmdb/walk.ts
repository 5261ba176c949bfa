// Every network of an MMDB file in ascending order, for compiling packs from such files. A hostile tree
// can fold back on itself, so that following it costs far more than its size: the steps are counted.
import { GeoError } from "../geo-error.ts";
import type { RangeSet } from "../ranges/range.ts";
import { emptyRanges } from "../ranges/range.ts";
import { leafOffset, type MmdbReader } from "./reader.ts";

/** Steps that a file of one node may take; a sound tree visits a node once, and IPv4 once more. */
const STEPS_PER_NODE = 4;
const SPARE_STEPS = 1024;

/** Reads all ranges; `valueOf` turns the offset of a record into a value, undefined to leave it out. */
export function walkMmdb<V>(
  reader: MmdbReader,
  name: string,
  valueOf: (offset: number) => V | undefined,
): RangeSet<V> {
  const { metadata, child, start4 } = reader;
  const found = emptyRanges<V>();
  let steps = metadata.nodeCount * STEPS_PER_NODE + SPARE_STEPS;
  const step = () => {
    if (steps-- <= 0) throw new GeoError("INVALID_DATA", `${name} is damaged: its tree is not one`);
  };
  const walk4 = (node: number, bits: number, prefix: number): void => {
    step();
    if (node >= metadata.nodeCount) {
      const value = valueOf(leafOffset(metadata, node));
      if (value !== undefined)
        found.v4.push({ first: prefix, last: prefix + 2 ** (32 - bits) - 1, value });
    } else if (bits < 32) {
      walk4(child(node, 0), bits + 1, prefix);
      walk4(child(node, 1), bits + 1, prefix + 2 ** (31 - bits));
    }
  };
  const walk6 = (node: number, bits: number, prefix: bigint): void => {
    step();
    // IPv4 is walked on its own; other ways into it (6to4, mapped) are aliases.
    if (bits === 96 && prefix === 0n) return;
    if (node === start4 && bits > 0 && start4 < metadata.nodeCount) return;
    if (node >= metadata.nodeCount) {
      const value = valueOf(leafOffset(metadata, node));
      if (value !== undefined)
        found.v6.push({ first: prefix, last: prefix + (1n << BigInt(128 - bits)) - 1n, value });
    } else if (bits < 128) {
      walk6(child(node, 0), bits + 1, prefix);
      walk6(child(node, 1), bits + 1, prefix + (1n << BigInt(127 - bits)));
    }
  };
  walk4(start4, 0, 0);
  if (metadata.ipVersion === 6) walk6(0, 0, 0n);
  return found;
}
