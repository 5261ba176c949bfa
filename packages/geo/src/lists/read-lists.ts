// The lists an app names, read and checked: each becomes a layer of ranges.
import { GeoError } from "../geo-error.ts";
import { type LiveFile, liveFile, type WatchOptions } from "../live-file.ts";
import { FLAGS, type ListKind } from "../pack/format.ts";
import { emptyRanges, type RangeSet } from "../ranges/range.ts";
import { addBlocks, parseBlocks } from "./parse-blocks.ts";

/** Blocks of one owner, as `crawlerRanges` of `@arcjet/bots` gives them. */
export interface NamedRanges {
  readonly name: string;
  readonly ranges: readonly string[];
}

/** A list: a file, its bytes, or the blocks themselves. */
export type BlockList = string | URL | Uint8Array | readonly string[];

/** Lists by what they say of an address. */
export type CidrLists = {
  readonly [Kind in Exclude<ListKind, "crawler">]?: BlockList;
} & {
  /** Crawlers by name. */
  readonly crawlers?: readonly NamedRanges[];
  /** Services by name, such as cloud providers; their addresses do not count as hosting thereby. */
  readonly services?: readonly NamedRanges[];
};

/** One kind of list; values are one-based places in `names`, or 0. */
export interface Layer extends RangeSet<number> {
  readonly kind: ListKind | "services";
  readonly names: readonly string[];
}

const KINDS: readonly string[] = [
  ...Object.keys(FLAGS).filter((kind) => kind !== "crawler"),
  "crawlers",
  "services",
];

/**
 * Reads every list and follows those that are files; throws a {@link GeoError} that names the one that
 * cannot be read.
 */
export function readLayers(
  lists: CidrLists,
  options: WatchOptions,
  onChange: () => void,
): LiveFile<Layer>[] {
  if (typeof lists !== "object" || lists === null)
    throw new GeoError("INVALID_OPTION", 'cidrList() needs lists, such as { vpn: "./vpn.txt" }');
  return Object.entries(lists).flatMap(([kind, list]): LiveFile<Layer>[] => {
    if (!KINDS.includes(kind))
      throw new GeoError(
        "INVALID_OPTION",
        `\`cidrList\` option \`${kind}\` is unknown: use one of ${KINDS.join(", ")}`,
      );
    if (list === undefined) return [];
    if (kind === "crawlers" || kind === "services") return [fixed(namedLayer(kind, list))];
    // The other kinds were checked to be those of FLAGS.
    return [readList(kind as ListKind, list, options, onChange)];
  });
}

function fixed(current: Layer): LiveFile<Layer> {
  return { current, dispose: () => {} };
}

function namedLayer(kind: "crawlers" | "services", list: unknown): Layer {
  if (!Array.isArray(list) || !list.every(isNamed))
    throw new GeoError(
      "INVALID_OPTION",
      `\`${kind}\` must be a list such as [{ name: "Example", ranges: ["192.0.2.0/24"] }]`,
    );
  const found = emptyRanges<number>();
  for (const [i, { name, ranges }] of list.entries())
    addBlocks(found, ranges, `\`${kind}\` (${name})`, i + 1);
  const names = list.map(({ name }) => name);
  return { kind: kind === "crawlers" ? "crawler" : kind, names, ...found };
}

function isNamed(value: unknown): value is NamedRanges {
  if (typeof value !== "object" || value === null) return false;
  return (
    "name" in value &&
    typeof value.name === "string" &&
    "ranges" in value &&
    Array.isArray(value.ranges)
  );
}

function readList(
  kind: ListKind,
  list: unknown,
  options: WatchOptions,
  onChange: () => void,
): LiveFile<Layer> {
  const layer = (found: RangeSet<number>): Layer => ({ kind, names: [], ...found });
  if (Array.isArray(list)) {
    const found = emptyRanges<number>();
    addBlocks(found, list, `\`${kind}\``, 0);
    return fixed(layer(found));
  }
  const read = (bytes: Uint8Array, name: string) =>
    layer(parseBlocks(new TextDecoder().decode(bytes), name, 0));
  if (list instanceof Uint8Array) return fixed(read(list, `\`${kind}\``));
  if (typeof list === "string" || list instanceof URL)
    return liveFile(list, read, options, onChange);
  throw new GeoError(
    "INVALID_OPTION",
    `\`${kind}\` must be a path, bytes or a list of blocks, got ${String(list)}`,
  );
}
