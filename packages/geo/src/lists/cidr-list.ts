// Address lists as a provider: each kind of list is a layer, and every combination of lists that occurs is
// one frozen answer, so that a lookup is a binary search and nothing else.
import type { Ip, IpFacts } from "@arcjet/ip";
import type { Draft } from "../compact.ts";
import { compact } from "../compact.ts";
import { createGeo } from "../create-geo.ts";
import type { WatchOptions } from "../live-file.ts";
import { applyPrecedence } from "../merge.ts";
import { FLAG_OF } from "../pack/provider.ts";
import type { FlagCoverage, FlagField, GeoSource, SyncGeoProvider } from "../provider.ts";
import { flatten } from "../ranges/flatten.ts";
import { overlay } from "../ranges/overlay.ts";
import { type Family, IPV4, IPV6, type Range } from "../ranges/range.ts";
import { ipv4Column, ipv6Column, rangeIndex, type SegmentColumn } from "../ranges/range-index.ts";
import { type CidrLists, type Layer, readLayers } from "./read-lists.ts";

/** What is known of the lists, and how their files are followed. */
export interface CidrListOptions extends WatchOptions {
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
 * Files are read at once and followed: a newer one replaces the old without a gap.
 *
 * Of relay, tor, vpn and hosting the first that applies counts, and a crawler does not count as hosting.
 * Throws a {@link GeoError} that names the list when one cannot be read.
 *
 * @example
 * cidrList({ vpn: "./vpn.txt", tor: ["192.0.2.1"], crawlers: crawlerRanges });
 */
export function cidrList(lists: CidrLists, options: CidrListOptions = {}): SyncGeoProvider {
  const layers = readLayers(lists, options, () => {
    current = open(layers.map((layer) => layer.current));
  });
  let current = open(layers.map((layer) => layer.current));
  const source: GeoSource = { name: options.name ?? "address lists", date: options.date };
  return {
    source,
    get covers() {
      return current.covers;
    },
    lookup: (ip) => current.lookup(ip),
    join: createGeo,
    dispose: () => {
      for (const layer of layers) layer.dispose();
    },
  };
}

function open(layers: readonly Layer[]) {
  const answers: IpFacts[] = [];
  const index = buildIndex(layers, answers);
  const covers: FlagCoverage = { v4: coveredBy(layers, "v4"), v6: coveredBy(layers, "v6") };
  return { covers, lookup: (ip: Ip): IpFacts | undefined => answers[index.find(ip) - 1] };
}

/** A list without a single block of a family says nothing of that family. */
function coveredBy(layers: readonly Layer[], family: "v4" | "v6"): FlagField[] {
  return layers.flatMap((layer) =>
    layer.kind === "services" || layer[family].length === 0 ? [] : [FLAG_OF[layer.kind]],
  );
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
