// From tables and lists to a pack. Every kind of knowledge is a layer of disjoint ranges; the layers are
// laid over each other, each combination that occurs becomes a row of facts, and segments point to rows.
import { GeoError } from "../geo-error.ts";
import { flatten } from "../ranges/flatten.ts";
import { overlay } from "../ranges/overlay.ts";
import { type Family, IPV4, IPV6, type Range } from "../ranges/range.ts";
import { ipv4Column, ipv6Column, type SegmentColumn } from "../ranges/range-index.ts";
import { encodeIpv4, encodeIpv6, encodeNetworks } from "./encode.ts";
import { FactTable, KINDS } from "./fact-table.ts";
import { type ListKind, writePack } from "./format.ts";
import type { PackMeta } from "./meta.ts";
import { type PackLayers, type PackSource, readSources } from "./sources.ts";

/** How a pack is made. */
export interface CompileOptions {
  /** Day of the pack, ISO 8601. Default: the oldest date of its sources. */
  readonly date?: string;
}

/** IPv6 decides on the country of a network only where it has no IPv4. */
const IPV6_WEIGHT = 2 ** -120;

/**
 * Compiles a pack from tables and lists. Where two tables cover an address, the earlier counts; of lists
 * of a kind the more specific block. Throws a {@link GeoError} that names the source which cannot be read.
 *
 * @example
 * const bytes = compilePack([{ kind: "table", name: "iptoasn", data: tsv, date: "2026-11-01" }]);
 */
export function compilePack(
  sources: readonly PackSource[],
  options: CompileOptions = {},
): Uint8Array<ArrayBuffer> {
  const layers = readSources(sources);
  const facts = new FactTable(layers);
  const size4 = (first: number, last: number) => last - first + 1;
  const size6 = (first: bigint, last: bigint) => Number(last - first) * IPV6_WEIGHT;
  const v4 = segments(layers.v4, IPV4, ipv4Column(), facts, size4);
  const v6 = segments(layers.v6, IPV6, ipv6Column(), facts, size6);
  if (facts.size === 0)
    throw new GeoError("INVALID_DATA", "the sources hold no ranges: nothing to compile");
  // The networks add services to those of the lists.
  const networks = encodeNetworks(facts.networks());
  const date = options.date ?? oldest(sources);
  const meta: PackMeta = {
    format: 1,
    ...(date !== undefined && { date }),
    sources: sources.map(({ name, date, attribution }) => ({
      name,
      date,
      ...(attribution !== undefined && { attribution }),
    })),
    lists: { v4: kindsIn(layers, "v4"), v6: kindsIn(layers, "v6") },
    countries: layers.countries.join(""),
    services: facts.services,
    crawlers: layers.crawlers,
  };
  return writePack({
    meta: new TextEncoder().encode(JSON.stringify(meta)),
    ...encodeIpv4(v4),
    ...encodeIpv6(v6),
    ...facts.encode(),
    ...networks,
  });
}

/** The kinds of lists that have a block of a family. */
function kindsIn(layers: PackLayers, family: "v4" | "v6"): ListKind[] {
  return KINDS.filter((_, i) => (layers[family][layers.tables * 2 + i]?.length ?? 0) > 0);
}

function oldest(sources: readonly PackSource[]): string | undefined {
  const dates = sources.flatMap(({ date }) => (date === undefined ? [] : [date]));
  return dates.toSorted()[0];
}

function segments<T extends number | bigint>(
  layers: readonly (readonly Range<T, number>[])[],
  family: Family<T>,
  column: SegmentColumn<T>,
  facts: FactTable,
  size: (first: T, last: T) => number,
): SegmentColumn<T> {
  const flat = layers.map((layer) => flatten(layer, family));
  overlay(flat, family, (first, last, values) => {
    column.add(first, last, facts.row(values, size(first, last)));
  });
  return column.finish();
}
