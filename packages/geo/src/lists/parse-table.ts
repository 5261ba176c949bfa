// Tables of ranges: `first,last,…` in CSV or TSV, addresses as text or as plain numbers. Columns behind
// the range are told by their number and look: a country, an AS number with a name, or all three.
import { type Ip, parseIp } from "@arcjet/ip";
import { GeoError } from "../geo-error.ts";
import { countryText } from "../known-facts.ts";
import { addRange, emptyRanges, type RangeSet } from "../ranges/range.ts";
import { readRows } from "./rows.ts";

const MAX_NUMBER = 39;

/** The ranges of a table, by what they tell. */
export interface Table {
  /** ISO 3166-1 alpha-2 codes. */
  readonly countries: RangeSet<string>;
  /** AS numbers. */
  readonly networks: RangeSet<number>;
  /** Names by AS number. */
  readonly names: Map<number, string>;
}

/** An empty table to fill. */
export function emptyTable(): Table {
  return { countries: emptyRanges(), networks: emptyRanges(), names: new Map() };
}

/**
 * Reads a table of ranges: ip-location-db CSV (country or ASN, text or numeric addresses) or the TSV of
 * iptoasn.com. Refuses, with a {@link GeoError}, what has more wrong rows than right ones.
 */
export function parseTable(text: string, name: string, table: Table = emptyTable()): Table {
  const { right, wrong } = readRows(text, (row) => addRow(table, row));
  if (right === 0 || wrong > right)
    throw new GeoError(
      "INVALID_DATA",
      `${name} is no table of ranges: ${right} rows can be read and ${wrong} cannot; expected first,last,country or first,last,asn,name`,
    );
  return table;
}

/** What looks like a country; a code that stands for none says nothing, which is no mistake. */
const COUNTRY = /^[A-Z]{2}$/;
/** An AS number, with or without "AS". */
export const NUMBER: RegExp = /^(?:AS)?(\d{1,10})$/;

function addRow(table: Table, row: readonly string[]): boolean {
  const first = address(row[0] ?? "");
  const last = address(row[1] ?? "");
  if (first === undefined || last === undefined) return false;
  const [, , third = "", fourth = "", fifth = ""] = row;
  const asn = NUMBER.exec(third);
  const place = asn === null ? third : fourth;
  const country = countryText(place);
  if (asn === null) {
    if (country === undefined) return third === "" || COUNTRY.test(third);
    return addRange(table.countries, first, last, country);
  }
  const number = Number(asn[1]);
  // iptoasn: asn, country, name; others: asn, name.
  const withCountry = row.length >= 5 && (COUNTRY.test(fourth) || fourth === "None");
  const name = (withCountry ? fifth : fourth).trim();
  if (withCountry && country !== undefined && !addRange(table.countries, first, last, country))
    return false;
  // 0 stands for "not routed".
  if (number === 0) return true;
  if (name !== "" && !table.names.has(number)) table.names.set(number, name);
  return addRange(table.networks, first, last, number);
}

function address(text: string): Ip | undefined {
  if (!/^\d+$/.test(text)) return parseIp(text);
  if (text.length > MAX_NUMBER) return undefined;
  const number = BigInt(text);
  const word = (shift: bigint) => Number((number >> shift) & 0xffffffffn);
  if (number >> 128n !== 0n) return undefined;
  const family = number >> 32n === 0n ? 4 : 6;
  return family === 4
    ? { family, w0: 0, w1: 0, w2: 0xffff, w3: word(0n) }
    : { family, w0: word(96n), w1: word(64n), w2: word(32n), w3: word(0n) };
}
