// Lists of autonomous systems by number, which know their full names where tables of ranges have short
// handles ("Massachusetts Institute of Technology" and "MIT-GATEWAYS").
import { GeoError } from "../geo-error.ts";
import { countryText } from "../known-facts.ts";
import { NUMBER } from "./parse-table.ts";
import { readRows } from "./rows.ts";

/** What a list says of an autonomous system. */
export interface NamedNetwork {
  readonly name: string;
  /** Where it is registered, ISO 3166-1 alpha-2; undefined when the list does not say. */
  readonly country: string | undefined;
}

/**
 * Reads a list of autonomous systems: CSV as `asn,handle,description,country-code`, which is that of
 * ipverse/as-metadata, or `asn,name`. Refuses, with a {@link GeoError}, what has more wrong rows than right
 * ones.
 *
 * @example
 * parseNetworks("3,MIT-GATEWAYS,Massachusetts Institute of Technology,US", "as.csv").get(3)?.country; // "US"
 */
export function parseNetworks(text: string, name: string): Map<number, NamedNetwork> {
  const found = new Map<number, NamedNetwork>();
  const { right, wrong } = readRows(text, (row) => addNetwork(found, row));
  if (right === 0 || wrong > right)
    throw new GeoError(
      "INVALID_DATA",
      `${name} is no list of networks: ${right} rows can be read and ${wrong} cannot; expected asn,handle,description,country or asn,name`,
    );
  return found;
}

function addNetwork(found: Map<number, NamedNetwork>, row: readonly string[]): boolean {
  const [number = "", handle = "", description = "", country = ""] = row;
  const asn = Number(NUMBER.exec(number)?.[1] ?? Number.NaN);
  if (!(asn <= 0xffffffff) || handle === "") return false;
  if (asn > 0 && !found.has(asn))
    found.set(asn, {
      name: (description === "" ? handle : description).trim(),
      country: countryText(country),
    });
  return true;
}
