import { GeoError } from "../geo-error.ts";
import { parseBlocks } from "../lists/parse-blocks.ts";
import { type NamedNetwork, parseNetworks } from "../lists/parse-networks.ts";
import { emptyTable, parseTable, type Table } from "../lists/parse-table.ts";
import { recordFacts } from "../mmdb/record.ts";
import { isMmdb, openMmdb } from "../mmdb/reader.ts";
import { walkMmdb } from "../mmdb/walk.ts";
import type { Range } from "../ranges/range.ts";
import { FLAGS, type ListKind } from "./format.ts";

/** Something a pack is compiled from. */
export interface PackSource {
  /**
   * `table`: ranges with country or network (CSV, iptoasn TSV, MMDB); `networks`: names and countries by AS
   * number, which go before those of tables; else a list of addresses of a kind.
   */
  readonly kind: "table" | "networks" | ListKind;
  readonly name: string;
  readonly data: string | Uint8Array;
  /** Day the data was made, ISO 8601. */
  readonly date?: string | undefined;
  readonly attribution?: string | undefined;
  /** For lists: the service, or for crawlers the crawler, these addresses belong to. */
  readonly label?: string | undefined;
}

type Layers<T> = readonly (readonly Range<T, number>[])[];

/** What the sources tell: country layers, network layers, then a layer for each kind of list. */
export interface PackLayers {
  /** How many country layers there are, and as many network layers. */
  readonly tables: number;
  readonly v4: Layers<number>;
  readonly v6: Layers<bigint>;
  readonly countries: readonly string[];
  /** Ascending. */
  readonly asns: readonly number[];
  readonly names: ReadonlyMap<number, string>;
  /** Numbers of the countries that networks are registered in. */
  readonly homes: ReadonlyMap<number, number>;
  readonly services: readonly string[];
  readonly crawlers: readonly string[];
}

/** A country is one byte. */
const MAX_COUNTRIES = 255;
/** A label is two bytes. */
const MAX_LABELS = 65535;

/** Reads all sources into layers. */
export function readSources(sources: readonly PackSource[]): PackLayers {
  const countries: string[] = [];
  const labels: Record<"services" | "crawlers", string[]> = { services: [], crawlers: [] };
  const listed = namedNetworks(sources);
  const names = new Map(Array.from(listed, ([asn, { name }]) => [asn, name]));
  const asns = new Set<number>();
  const countryIndexOf = indexer(countries, MAX_COUNTRIES, "countries");
  const country = { v4: [] as Range<number, number>[][], v6: [] as Range<bigint, number>[][] };
  const network = { v4: [] as Range<number, number>[][], v6: [] as Range<bigint, number>[][] };
  for (const source of sources.filter(({ kind }) => kind === "table")) {
    const table = readTable(source);
    const numbered = <T>(range: Range<T, string>): Range<T, number> => ({
      first: range.first,
      last: range.last,
      value: countryIndexOf(range.value),
    });
    country.v4.push(table.countries.v4.map(numbered));
    country.v6.push(table.countries.v6.map(numbered));
    network.v4.push(table.networks.v4);
    network.v6.push(table.networks.v6);
    for (const [asn, name] of table.names) if (!names.has(asn)) names.set(asn, name);
    for (const { value } of table.networks.v4) asns.add(value);
    for (const { value } of table.networks.v6) asns.add(value);
  }
  const lists = readLists(sources, labels);
  return {
    tables: country.v4.length,
    v4: [...country.v4, ...network.v4, ...lists.map(({ v4 }) => v4)],
    v6: [...country.v6, ...network.v6, ...lists.map(({ v6 }) => v6)],
    countries,
    asns: [...asns].toSorted((a, b) => a - b),
    names,
    homes: homesOf(listed, countries),
    ...labels,
  };
}

/** What the lists of networks say; of two that name a network the earlier counts. */
function namedNetworks(sources: readonly PackSource[]): Map<number, NamedNetwork> {
  const listed = new Map<number, NamedNetwork>();
  for (const { kind, name, data } of sources) {
    if (kind !== "networks") continue;
    for (const [asn, network] of parseNetworks(textOf(data), name))
      if (!listed.has(asn)) listed.set(asn, network);
  }
  return listed;
}

/** Where networks are registered, as far as addresses are in those countries. */
function homesOf(
  listed: ReadonlyMap<number, NamedNetwork>,
  countries: readonly string[],
): Map<number, number> {
  const numbers = new Map(countries.map((country, i) => [country, i + 1]));
  const homes = new Map<number, number>();
  for (const [asn, { country = "" }] of listed) {
    const number = numbers.get(country);
    if (number !== undefined) homes.set(asn, number);
  }
  return homes;
}

function textOf(data: string | Uint8Array): string {
  return typeof data === "string" ? data : new TextDecoder().decode(data);
}

function readTable({ name, data }: PackSource): Table {
  if (typeof data === "string" || !isMmdb(data)) return parseTable(textOf(data), name);
  const reader = openMmdb(data, name);
  const table = emptyTable();
  const facts = new Map<number, ReturnType<typeof recordFacts>>();
  const factsAt = (offset: number) => {
    let known = facts.get(offset);
    if (known === undefined) {
      known = recordFacts(offset < 0 ? {} : (reader.read(offset) ?? {}), reader.metadata);
      facts.set(offset, known);
    }
    return known;
  };
  const countries = walkMmdb(reader, name, (offset) => factsAt(offset).country);
  const networks = walkMmdb(reader, name, (offset) => {
    const { asn, asnName } = factsAt(offset);
    if (asn === undefined) return undefined;
    if (asnName !== undefined && !table.names.has(Number(asn)))
      table.names.set(Number(asn), asnName);
    return Number(asn);
  });
  return { countries, networks, names: table.names };
}

function readLists(
  sources: readonly PackSource[],
  labels: { readonly services: string[]; readonly crawlers: string[] },
): { v4: Range<number, number>[]; v6: Range<bigint, number>[] }[] {
  const services = indexer(labels.services, MAX_LABELS, "services");
  const crawlers = indexer(labels.crawlers, MAX_LABELS, "crawlers");
  return Object.keys(FLAGS).map((kind) => {
    const layer = { v4: [] as Range<number, number>[], v6: [] as Range<bigint, number>[] };
    for (const { kind: own, name, data, label } of sources) {
      if (own !== kind) continue;
      const index = kind === "crawler" ? crawlers : services;
      const value = label === undefined ? 0 : index(label);
      const found = parseBlocks(textOf(data), name, value);
      for (const range of found.v4) layer.v4.push(range);
      for (const range of found.v6) layer.v6.push(range);
    }
    return layer;
  });
}

/** One-based index of a text in a list, which it is added to when it is new. */
export function oneBased(list: string[], text: string): number {
  const at = list.indexOf(text);
  return at >= 0 ? at + 1 : list.push(text);
}

function indexer(list: string[], limit: number, what: string): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    let index = known.get(text);
    if (index === undefined) {
      if (list.length >= limit)
        throw new GeoError("INVALID_DATA", `the sources name more than ${limit} ${what}`);
      index = list.push(text);
      known.set(text, index);
    }
    return index;
  };
}
