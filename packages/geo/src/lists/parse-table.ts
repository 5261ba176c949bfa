// Tables of ranges: `first,last,…` in CSV or TSV, addresses as text or as plain numbers. Columns behind
// the range are told by their number and look: a country, an AS number with a name, or all three.
import { type Ip, parseIp } from "@arcjet/ip";
import { GeoError } from "../geo-error.ts";
import { addRange, emptyRanges, type RangeSet } from "../ranges/range.ts";

/** The longest row that is read. */
const MAX_ROW = 2048;
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
  let right = 0;
  let wrong = 0;
  for (let at = 0; at < text.length;) {
    let end = text.indexOf("\n", at);
    if (end < 0) end = text.length;
    const row = end - at > MAX_ROW ? "?" : text.slice(at, end).trimEnd();
    at = end + 1;
    if (row === "" || row.startsWith("#")) continue;
    if (addRow(table, columns(row))) right++;
    else wrong++;
  }
  if (right === 0 || wrong > right)
    throw new GeoError(
      "INVALID_DATA",
      `${name} is no table of ranges: ${right} rows can be read and ${wrong} cannot; expected first,last,country or first,last,asn,name`,
    );
  return table;
}

const COUNTRY = /^[A-Z]{2}$/;
const NUMBER = /^(?:AS)?(\d{1,10})$/;

function addRow(table: Table, row: readonly string[]): boolean {
  const first = address(row[0] ?? "");
  const last = address(row[1] ?? "");
  if (first === undefined || last === undefined) return false;
  const [, , third = "", fourth = "", fifth = ""] = row;
  const asn = NUMBER.exec(third);
  if (asn === null)
    return COUNTRY.test(third)
      ? addRange(table.countries, first, last, third)
      : // A row without a country says nothing, which is no mistake.
        third === "";
  const number = Number(asn[1]);
  // iptoasn: asn, country, name; others: asn, name.
  const withCountry = row.length >= 5 && (COUNTRY.test(fourth) || fourth === "None");
  const name = withCountry ? fifth : fourth;
  if (withCountry && COUNTRY.test(fourth) && !addRange(table.countries, first, last, fourth))
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

/** The columns of a row: by tabs where there are any, else by commas outside quotes (RFC 4180). */
function columns(row: string): readonly string[] {
  if (row.includes("\t")) return row.split("\t");
  if (!row.includes('"')) return row.split(",");
  const out: string[] = [];
  let field = "";
  let quoted = false;
  for (let at = 0; at < row.length; at++) {
    const char = row.charAt(at);
    if (char === '"') {
      if (quoted && row.charAt(at + 1) === '"') {
        field += char;
        at++;
      } else {
        quoted = !quoted;
      }
    } else if (char === "," && !quoted) {
      out.push(field);
      field = "";
    } else {
      field += char;
    }
  }
  return [...out, field];
}
