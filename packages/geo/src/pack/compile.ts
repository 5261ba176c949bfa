// From tables and lists to a pack. Every kind of knowledge is a layer of disjoint ranges; the layers are
// laid over each other, each combination that occurs becomes a row of facts, and segments point to rows.
import { ASN_TYPES, classify } from "../build/classify.ts";
import { GeoError } from "../geo-error.ts";
import { flatten } from "../ranges/flatten.ts";
import { overlay } from "../ranges/overlay.ts";
import { type Family, IPV4, IPV6, type Range } from "../ranges/range.ts";
import { ipv4Column, ipv6Column, type SegmentColumn } from "../ranges/range-index.ts";
import {
  encodeIpv4,
  encodeIpv6,
  encodeNetworks,
  type NetworkRow,
  splitValues,
  toBytes,
} from "./encode.ts";
import { FLAGS, type ListKind, MAX_FACTS, writePack } from "./format.ts";
import { oneBased, type PackLayers, type PackSource, readSources } from "./sources.ts";

/** How a pack is made. */
export interface CompileOptions {
  /** Day of the pack, ISO 8601. Default: the oldest date of its sources. */
  readonly date?: string;
}

/** Layers come in this order: countries, networks, then one for each kind of list. */
const KINDS = Object.keys(FLAGS) as readonly ListKind[]; // FLAGS is a literal, so its keys are exactly these

/**
 * Compiles a pack from tables and lists. Where two sources of a kind cover an address, the earlier counts.
 * Throws a {@link GeoError} that names the source when one cannot be read.
 *
 * @example
 * const bytes = compilePack([{ kind: "table", name: "iptoasn", data: tsv, date: "2026-11-01" }]);
 */
export function compilePack(
  sources: readonly PackSource[],
  options: CompileOptions = {},
): Uint8Array<ArrayBuffer> {
  const layers = readSources(sources);
  const facts = factRows(layers);
  const v4 = segments(
    layers.v4,
    IPV4,
    ipv4Column(),
    facts,
    (range) => range.last - range.first + 1,
  );
  const v6 = segments(
    layers.v6,
    IPV6,
    ipv6Column(),
    facts,
    (range) =>
      // IPv6 decides on the country of a network only where it has no IPv4.
      Number(range.last - range.first) * 2 ** -120,
  );
  const networks = facts.networks();
  if (v4.starts.length + v6.starts.length < 2)
    throw new GeoError("INVALID_DATA", "the sources hold no ranges: nothing to compile");
  const meta = {
    format: 1,
    date: options.date ?? oldest(sources),
    sources: sources.map(({ name, date, attribution }) => ({ name, date, attribution })),
    lists: { v4: kindsIn(layers, "v4"), v6: kindsIn(layers, "v6") },
    countries: layers.countries.join(""),
    services: facts.services(),
    crawlers: layers.crawlers,
  };
  return writePack({
    meta: new TextEncoder().encode(JSON.stringify(meta)),
    ...encodeIpv4(v4),
    ...encodeIpv6(v6),
    ...facts.encode(),
    ...encodeNetworks(networks),
  });
}

/** The kinds of lists that have a block of a family. */
function kindsIn(layers: PackLayers, family: "v4" | "v6"): ListKind[] {
  return KINDS.filter((_, i) => (layers[family][layers.tables * 2 + i]?.length ?? 0) > 0);
}

function oldest(sources: readonly PackSource[]): string {
  const dates = sources.flatMap(({ date }) => (date === undefined ? [] : [date]));
  return dates.toSorted()[0] ?? "1970-01-01";
}

type Facts = ReturnType<typeof factRows>;

function segments<T extends number | bigint>(
  layers: PackLayers["v4"] | PackLayers["v6"],
  family: Family<T>,
  column: SegmentColumn<T>,
  facts: Facts,
  size: (range: { first: T; last: T }) => number,
): SegmentColumn<T> {
  // The caller pairs the layers of a family with that family.
  const own = layers as readonly (readonly Range<T, number>[])[];
  const flat = own.map((layer) => flatten(layer, family));
  overlay(flat, family, (first, last, values) => {
    column.add(first, last, facts.row(values, size({ first, last })));
  });
  return column.finish();
}

/** Numbers the combinations of country, network, flags and label that occur. */
function factRows(layers: PackLayers) {
  const rows = new Map<number, number>();
  const columns = { network: [0], country: [0], flags: [0], label: [0] };
  columns.network.length = columns.country.length = columns.flags.length = columns.label.length = 0;
  const weights = new Map<number, Map<number, number>>();
  const services = [...layers.services];
  const numbers = layers.asns;
  const indexOf = new Map(numbers.map((asn, i) => [asn, i + 1]));

  const weigh = (network: number, country: number, size: number) => {
    const own = weights.get(network) ?? new Map<number, number>();
    weights.set(network, own.set(country, (own.get(country) ?? 0) + size));
  };
  const firstOf = (values: readonly (number | undefined)[], from: number, to: number) => {
    for (let i = from; i < to; i++) if (values[i] !== undefined) return values[i] ?? 0;
    return 0;
  };

  const row = (values: readonly (number | undefined)[], size: number): number => {
    const { tables } = layers;
    const country = firstOf(values, 0, tables);
    const network = indexOf.get(firstOf(values, tables, tables * 2)) ?? 0;
    let flags = 0;
    let label = 0;
    for (const [i, kind] of KINDS.entries()) {
      const value = values[tables * 2 + i];
      if (value === undefined) continue;
      flags |= FLAGS[kind];
      // A crawler's name goes before that of a service, and a service on an earlier kind before a later one.
      if (kind === "crawler") label = value;
      else if (label === 0 && (flags & FLAGS.crawler) === 0) label = value;
    }
    if (network > 0 && country > 0) weigh(network, country, size);
    if (country === 0 && network === 0 && flags === 0) return 0;
    const key = ((network * 256 + country) * 256 + flags) * 65536 + label;
    let found = rows.get(key);
    if (found === undefined) {
      columns.network.push(network);
      columns.country.push(country);
      columns.flags.push(flags);
      columns.label.push(label);
      found = columns.network.length;
      if (found > MAX_FACTS)
        throw new GeoError("INVALID_DATA", "too many different facts for a pack");
      rows.set(key, found);
    }
    return found;
  };

  return {
    row,
    services: () => services,
    networks: (): readonly NetworkRow[] =>
      numbers.map((asn, i) => {
        const name = layers.names.get(asn) ?? "";
        const { type, service } = classify(asn, name);
        return {
          asn,
          name,
          type: ASN_TYPES.indexOf(type),
          service: service === undefined ? 0 : oneBased(services, service),
          country: heaviest(weights.get(i + 1)),
        };
      }),
    encode: () => {
      const { low, high } = splitValues(columns.network);
      const labelled = columns.label.some((label) => label > 0);
      const flagged = columns.flags.some((flags) => flags > 0);
      return {
        factNetwork: low,
        factNetworkHigh: high,
        factCountry: Uint8Array.from(columns.country),
        factFlags: Uint8Array.from(flagged ? columns.flags : []),
        factLabel: toBytes(Uint16Array.from(labelled ? columns.label : [])),
      };
    },
  };
}

function heaviest(weights: ReadonlyMap<number, number> | undefined): number {
  let best = 0;
  let most = 0;
  for (const [country, weight] of weights ?? [])
    if (weight > most) {
      best = country;
      most = weight;
    }
  return best;
}
