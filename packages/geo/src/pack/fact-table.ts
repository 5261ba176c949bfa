// The rows of facts of a pack: each combination of network, country, flags and label that occurs is one row.
import { ASN_TYPES } from "../build/asn-type.ts";
import { classify } from "../build/classify.ts";
import { GeoError } from "../geo-error.ts";
import { type NetworkRow, splitValues, toBytes } from "./encode.ts";
import { FLAGS, type ListKind, MAX_FACTS } from "./format.ts";
import { oneBased, type PackLayers } from "./sources.ts";

/** Layers come in this order: countries, networks, then one for each kind of list. */
export const KINDS = Object.keys(FLAGS) as readonly ListKind[]; // FLAGS is a literal, so its keys are exactly these

/** So many networks can be told apart in the key of a row, which stays an exact number. */
const MAX_NETWORKS = 2 ** 21 - 1;

/** What the layers say of a stretch of addresses. */
type LayerValues = readonly (number | undefined)[];

/** Numbers rows as they are asked for. */
export class FactTable {
  readonly services: string[];
  readonly #layers: PackLayers;
  readonly #networkOf: ReadonlyMap<number, number>;
  readonly #rows = new Map<number, number>();
  readonly #columns: Record<"network" | "country" | "flags" | "label", number[]> = {
    network: [],
    country: [],
    flags: [],
    label: [],
  };
  /** How many addresses of each network are in each country. */
  readonly #weights = new Map<number, Map<number, number>>();

  constructor(layers: PackLayers) {
    if (layers.asns.length > MAX_NETWORKS)
      throw new GeoError("INVALID_DATA", `the sources name more than ${MAX_NETWORKS} networks`);
    this.services = [...layers.services];
    this.#layers = layers;
    this.#networkOf = new Map(layers.asns.map((asn, i) => [asn, i + 1]));
  }

  get size(): number {
    return this.#rows.size;
  }

  /** The one-based row of what the layers say; 0 for nothing. `size` is how much it counts. */
  row(values: LayerValues, size: number): number {
    const { tables } = this.#layers;
    const country = firstOf(values, 0, tables);
    const network = this.#networkOf.get(firstOf(values, tables, tables * 2)) ?? 0;
    const { flags, label } = readLists(values, tables * 2);
    if (network > 0 && country > 0) this.#weigh(network, country, size);
    if (country === 0 && network === 0 && flags === 0) return 0;
    const key = ((network * 256 + country) * 256 + flags) * 65536 + label;
    const found = this.#rows.get(key);
    if (found !== undefined) return found;
    const number = this.#columns.network.push(network);
    if (number > MAX_FACTS)
      throw new GeoError("INVALID_DATA", "too many different facts for a pack");
    this.#columns.country.push(country);
    this.#columns.flags.push(flags);
    this.#columns.label.push(label);
    this.#rows.set(key, number);
    return number;
  }

  /** The networks, each with the country it is registered in, or else most of its addresses are in. */
  networks(): readonly NetworkRow[] {
    const { asns, names, homes } = this.#layers;
    return asns.map((asn, i) => {
      const name = names.get(asn) ?? "";
      const { type, service } = classify(asn, name);
      return {
        asn,
        name,
        type: ASN_TYPES.indexOf(type),
        service: service === undefined ? 0 : oneBased(this.services, service),
        country: homes.get(asn) ?? heaviest(this.#weights.get(i + 1)),
      };
    });
  }

  encode() {
    const { network, country, flags, label } = this.#columns;
    const { low, high } = splitValues(network);
    // Few rows have flags, and only those have a label.
    const flagged = Array.from(flags.keys()).filter((row) => flags[row] !== 0);
    return {
      factNetwork: low,
      factNetworkHigh: high,
      factCountry: Uint8Array.from(country),
      factFlagged: toBytes(Uint32Array.from(flagged)),
      factFlags: Uint8Array.from(flagged, (row) => flags[row] ?? 0),
      factLabel: toBytes(Uint16Array.from(flagged, (row) => label[row] ?? 0)),
    };
  }

  #weigh(network: number, country: number, size: number): void {
    const own = this.#weights.get(network) ?? new Map<number, number>();
    this.#weights.set(network, own.set(country, (own.get(country) ?? 0) + size));
  }
}

function firstOf(values: LayerValues, from: number, to: number): number {
  for (let i = from; i < to; i++) if (values[i] !== undefined) return values[i] ?? 0;
  return 0;
}

/** A crawler's name goes before that of a service, and a service on an earlier kind before a later one. */
function readLists(values: LayerValues, from: number): { flags: number; label: number } {
  let flags = 0;
  let label = 0;
  for (const [i, kind] of KINDS.entries()) {
    const value = values[from + i];
    if (value === undefined) continue;
    flags |= FLAGS[kind];
    if (kind === "crawler") label = value;
    else if (label === 0 && (flags & FLAGS.crawler) === 0) label = value;
  }
  return { flags, label };
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
