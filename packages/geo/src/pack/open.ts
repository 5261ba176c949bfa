import { type Ip, type IpFacts, isMapped } from "@arcjet/ip";
import { ASN_TYPES } from "../build/asn-type.ts";
import type { Draft } from "../compact.ts";
import { GeoError } from "../geo-error.ts";
import { countryText } from "../known-facts.ts";
import { lastAtMost, lastAtMost128 } from "../ranges/range-index.ts";
import { slotCache } from "../slot-cache.ts";
import { type Column, FINE, FLAGS, NAMES_PER_BLOCK, readPack } from "./format.ts";
import { type PackMeta, readMeta } from "./meta.ts";
import { nameReader } from "./names.ts";

/** 2 to the power of this many facts are kept ready, most of them shared by many addresses. */
const CACHE_BITS = 15;

/** An open pack. */
export interface OpenPack {
  readonly meta: PackMeta;
  /** Segments of addresses. */
  readonly segments: { readonly v4: number; readonly v6: number };
  /** Autonomous systems that have a row. */
  readonly networks: number;
  readonly bytes: number;
  lookup(ip: Ip): IpFacts | undefined;
}

/** The columns as numbers. */
type Columns = ReturnType<typeof viewColumns>;

/** Opens a pack; throws a {@link GeoError} when it is none, cut off or damaged. */
export function openPackBytes(input: Uint8Array, name = "the file"): OpenPack {
  const raw = readPack(input, name);
  const meta = readMeta(raw.meta);
  if (meta === undefined)
    throw new GeoError("INVALID_DATA", `${name} is no usable pack: its description is damaged`);
  const columns = viewColumns(raw);
  checkLengths(columns, name);
  const build = factBuilder(columns, meta);
  const cached = slotCache<IpFacts>(CACHE_BITS);
  return {
    meta,
    segments: { v4: columns.low4.length, v6: columns.next6.length + columns.fineValues.length },
    networks: columns.asn.length,
    bytes: input.length,
    lookup(ip) {
      const value = ip.family === 4 || isMapped(ip) ? find4(columns, ip.w3) : find6(columns, ip);
      if (value === 0) return undefined;
      const row = value - 1;
      const known = cached.get(row);
      if (known !== undefined) return known;
      return row < columns.factCountry.length ? cached.set(row, build(row)) : undefined;
    },
  };
}

function viewColumns(raw: Readonly<Record<Column, Uint8Array>>) {
  const words = (name: Column) => {
    const { buffer, byteOffset, length } = raw[name];
    return new Uint32Array(buffer, byteOffset, length >>> 2);
  };
  const halves = (name: Column) => {
    const { buffer, byteOffset, length } = raw[name];
    return new Uint16Array(buffer, byteOffset, length >>> 1);
  };
  return {
    index4: words("index4"),
    low4: halves("low4"),
    value4: halves("value4"),
    valueHigh4: raw.valueHigh4,
    top6: words("top6"),
    index6: words("index6"),
    next6: words("next6"),
    value6: halves("value6"),
    valueHigh6: raw.valueHigh6,
    fineStarts: words("fineStarts"),
    fineValues: words("fineValues"),
    factNetwork: halves("factNetwork"),
    factNetworkHigh: raw.factNetworkHigh,
    factCountry: raw.factCountry,
    factFlagged: words("factFlagged"),
    factFlags: raw.factFlags,
    factLabel: halves("factLabel"),
    asn: words("asn"),
    asnType: raw.asnType,
    asnService: halves("asnService"),
    asnCountry: raw.asnCountry,
    nameLength: raw.nameLength,
    nameBlock: words("nameBlock"),
    namePairs: raw.namePairs,
    names: raw.names,
  };
}

function checkLengths(c: Columns, name: string): void {
  const facts = c.factCountry.length;
  const networks = c.asn.length;
  const sound =
    c.index4.length === 65537 &&
    c.value4.length === c.low4.length &&
    c.valueHigh4.length === c.low4.length &&
    c.index6.length === c.top6.length + 1 &&
    c.value6.length === c.next6.length &&
    c.valueHigh6.length === c.next6.length &&
    c.fineStarts.length === c.fineValues.length * 4 &&
    c.factNetwork.length === facts &&
    c.factNetworkHigh.length === facts &&
    c.factFlags.length === c.factFlagged.length &&
    c.factLabel.length === c.factFlagged.length &&
    c.asnType.length === networks &&
    c.asnService.length === networks &&
    c.asnCountry.length === networks &&
    c.nameLength.length === networks &&
    c.nameBlock.length === Math.ceil(networks / NAMES_PER_BLOCK);
  if (!sound)
    throw new GeoError(
      "INVALID_DATA",
      `${name} is no usable pack: its columns do not fit together`,
    );
}

function find4(c: Columns, address: number): number {
  const high = address >>> 16;
  const from = c.index4[high] ?? 0;
  const to = c.index4[high + 1] ?? 0;
  // The segment may have begun in an earlier block: then the search ends just before this one.
  const at = lastAtMost(c.low4, address & 0xffff, from, to);
  return (c.value4[at] ?? 0) + (c.valueHigh4[at] ?? 0) * 65536;
}

function find6(c: Columns, ip: Ip): number {
  const top = lastAtMost(c.top6, ip.w0);
  const from = c.index6[top] ?? 0;
  const to = c.index6[top + 1] ?? 0;
  const at = c.top6[top] === ip.w0 ? lastAtMost(c.next6, ip.w1, from, to) : to - 1;
  const value = (c.value6[at] ?? 0) + (c.valueHigh6[at] ?? 0) * 65536;
  return value === FINE ? (c.fineValues[lastAtMost128(c.fineStarts, ip)] ?? 0) : value;
}

/** Makes the facts of a row; what a damaged row points to outside its column is unknown. */
function factBuilder(c: Columns, meta: PackMeta): (row: number) => IpFacts {
  const readName = nameReader(c.names, c.namePairs);
  const countries = countriesOf(meta);
  const nameOf = (network: number) => {
    let at = c.nameBlock[Math.floor(network / NAMES_PER_BLOCK)] ?? 0;
    for (let i = network - (network % NAMES_PER_BLOCK); i < network; i++)
      at += c.nameLength[i] ?? 0;
    return readName(at, c.nameLength[network] ?? 0);
  };
  const addNetwork = (facts: Draft, network: number) => {
    const type = ASN_TYPES[c.asnType[network] ?? 0];
    const asn = c.asn[network] ?? 0;
    const home = countries[c.asnCountry[network] ?? 0];
    const service = meta.services[(c.asnService[network] ?? 0) - 1];
    const name = nameOf(network);
    if (asn > 0) facts.asn = String(asn);
    if (name !== "") facts.asnName = name;
    if (type !== undefined) facts.asnType = type;
    if (home !== undefined) {
      facts.asnCountry = home;
      // Announced addresses of which no table has the country are mostly where the rest of the network is.
      facts.country ??= home;
    }
    if (service !== undefined) facts.service = service;
    facts.isHosting = type === "hosting";
  };
  return (row) => {
    const facts: Draft = {};
    const place = countries[c.factCountry[row] ?? 0];
    if (place !== undefined) facts.country = place;
    const network = (c.factNetwork[row] ?? 0) + (c.factNetworkHigh[row] ?? 0) * 65536 - 1;
    if (network >= 0 && network < c.asn.length) addNetwork(facts, network);
    const flagged = lastAtMost(c.factFlagged, row);
    if (c.factFlagged[flagged] === row)
      addFlags(facts, c.factFlags[flagged] ?? 0, (c.factLabel[flagged] ?? 0) - 1, meta);
    return Object.freeze(facts);
  };
}

/** Country codes by their one-based numbers; what is no code is unknown. */
function countriesOf({ countries }: PackMeta): readonly (string | undefined)[] {
  return Array.from({ length: 256 }, (_, i) => countryText(countries.slice(i * 2 - 2, i * 2)));
}

function addFlags(facts: Draft, flags: number, label: number, meta: PackMeta): void {
  const crawler = (flags & FLAGS.crawler) !== 0;
  const name = crawler ? meta.crawlers[label] : meta.services[label];
  if (name !== undefined) facts[crawler ? "crawlerName" : "service"] = name;
  if (crawler) facts.isCrawler = true;
  if ((flags & FLAGS.relay) !== 0) facts.isRelay = true;
  if ((flags & FLAGS.tor) !== 0) facts.isTor = true;
  if ((flags & FLAGS.vpn) !== 0) facts.isVpn = true;
  if ((flags & FLAGS.hosting) !== 0) facts.isHosting = true;
  if ((flags & FLAGS.proxy) !== 0) facts.isProxy = true;
  if ((flags & FLAGS.mobile) !== 0) facts.isMobile = true;
  if ((flags & FLAGS.abuser) !== 0) facts.isAbuser = true;
}
