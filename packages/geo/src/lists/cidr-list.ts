// Address lists as a provider: each kind of list is a layer, and every combination of lists that occurs is
// one frozen answer, so that a lookup is a binary search and nothing else.
import type { IpFacts } from "@arcjet/ip";
import type { Draft } from "../compact.ts";
import { compact } from "../compact.ts";
import { readBytes } from "../files.ts";
import { GeoError } from "../geo-error.ts";
import { applyPrecedence } from "../merge.ts";
import { FLAGS, type ListKind } from "../pack/format.ts";
import { FLAG_OF } from "../pack/provider.ts";
import type { FlagField, GeoSource, SyncGeoProvider } from "../provider.ts";
import { flatten } from "../ranges/flatten.ts";
import { overlay } from "../ranges/overlay.ts";
import {
  emptyRanges,
  type Family,
  IPV4,
  IPV6,
  type Range,
  type RangeSet,
} from "../ranges/range.ts";
import { ipv4Column, ipv6Column, rangeIndex, type SegmentColumn } from "../ranges/range-index.ts";
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

/** What is known of the lists. */
export interface CidrListOptions {
  /** Name shown where the answer is explained. Default: `address lists`. */
  readonly name?: string;
  /** Day the lists were made, ISO 8601. */
  readonly date?: string;
}

/**
 * Address lists as a provider. Lists are one block a line, JSON of cloud providers and crawlers, or CSV
 * with a block in the first column. An address on no list of a kind is known not to be of that kind, when
 * the list has blocks of its family.
 *
 * Of relay, tor, vpn and hosting the first that applies counts, and a crawler does not count as hosting.
 * Throws a {@link GeoError} that names the list when one cannot be read.
 *
 * @example
 * cidrList({ vpn: "./vpn.txt", tor: ["192.0.2.1"], crawlers: crawlerRanges });
 */
export function cidrList(lists: CidrLists, options: CidrListOptions = {}): SyncGeoProvider {
  const layers = readLayers(lists);
  const answers: IpFacts[] = [];
  const index = buildIndex(layers, answers);
  const source: GeoSource = { name: options.name ?? "address lists", date: options.date };
  return {
    source,
    covers: { v4: coveredBy(layers, "v4"), v6: coveredBy(layers, "v6") },
    lookup: (ip) => answers[index.find(ip) - 1],
    dispose: () => {},
  };
}

/** One kind of list; values are one-based places in `names`, or 0. */
interface Layer extends RangeSet<number> {
  readonly kind: ListKind | "services";
  readonly names: readonly string[];
}

/** A list without a single block of a family says nothing of that family. */
function coveredBy(layers: readonly Layer[], family: "v4" | "v6"): FlagField[] {
  return layers.flatMap((layer) =>
    layer.kind === "services" || layer[family].length === 0 ? [] : [FLAG_OF[layer.kind]],
  );
}

function readLayers(lists: CidrLists): Layer[] {
  const known = new Set<string>([...Object.keys(FLAGS), "crawlers", "services"]);
  known.delete("crawler");
  const layers: Layer[] = [];
  for (const [kind, list] of Object.entries(lists)) {
    if (!known.has(kind))
      throw new GeoError(
        "INVALID_OPTION",
        `\`cidrList\` option \`${kind}\` is unknown: use one of ${[...known].join(", ")}`,
      );
    if (list === undefined) continue;
    if (kind === "crawlers" || kind === "services")
      layers.push(namedLayer(kind, lists[kind] ?? []));
    // The keys were checked above.
    else layers.push({ kind: kind as ListKind, names: [], ...readList(list as BlockList, kind) });
  }
  return layers;
}

function namedLayer(kind: "crawlers" | "services", list: readonly NamedRanges[]): Layer {
  const found = emptyRanges<number>();
  for (const [i, { name, ranges }] of list.entries())
    addBlocks(found, ranges, `\`${kind}\` (${name})`, i + 1);
  const names = list.map(({ name }) => name);
  return { kind: kind === "crawlers" ? "crawler" : kind, names, ...found };
}

function readList(list: BlockList, kind: string): RangeSet<number> {
  if (Array.isArray(list)) {
    const found = emptyRanges<number>();
    addBlocks(found, list, `\`${kind}\``, 0);
    return found;
  }
  // Array.isArray does not narrow a readonly array away.
  const input = list as string | URL | Uint8Array;
  const bytes = input instanceof Uint8Array ? input : readBytes(input);
  const name = input instanceof Uint8Array ? `\`${kind}\`` : String(input);
  return parseBlocks(new TextDecoder().decode(bytes), name, 0);
}

function buildIndex(layers: readonly Layer[], answers: IpFacts[]) {
  const numbers = new Map<string, number>();
  const numberOf = (values: readonly (number | undefined)[]): number => {
    const key = values.join();
    const before = numbers.get(key);
    if (before !== undefined) return before;
    const number = answers.push(answer(layers, values));
    numbers.set(key, number);
    return number;
  };
  const fill = <T extends number | bigint>(
    ranges: readonly (readonly Range<T, number>[])[],
    family: Family<T>,
    column: SegmentColumn<T>,
  ) => {
    const flat = ranges.map((layer) => flatten(layer, family));
    overlay(flat, family, (first, last, values) => column.add(first, last, numberOf(values)));
    return column.finish();
  };
  return rangeIndex(
    fill(
      layers.map(({ v4 }) => v4),
      IPV4,
      ipv4Column(),
    ),
    fill(
      layers.map(({ v6 }) => v6),
      IPV6,
      ipv6Column(),
    ),
  );
}

/** What it means to be on these lists. */
function answer(layers: readonly Layer[], values: readonly (number | undefined)[]): IpFacts {
  const facts: Draft = {};
  for (const [i, { kind, names }] of layers.entries()) {
    const value = values[i];
    if (value === undefined) continue;
    const name = names[value - 1];
    if (kind === "services") {
      if (name !== undefined) facts.service ??= name;
    } else {
      facts[FLAG_OF[kind]] = true;
      if (kind === "crawler" && name !== undefined) facts.crawlerName ??= name;
    }
  }
  applyPrecedence(facts);
  return compact(facts);
}
