import { formatIp, type IpFacts } from "@arcjet/ip";
import { createGeo } from "./create-geo.ts";
import { GeoError } from "./geo-error.ts";
import { knownFacts } from "./known-facts.ts";
import type { GeoProvider, GeoSource } from "./provider.ts";

/** What is known of a function's data. */
export interface CustomOptions {
  /** Name shown where the answer is explained. Default: `custom`. */
  readonly name?: string;
  /** Day the data was made, ISO 8601. */
  readonly date?: string;
}

/**
 * A function as a provider, synchronous or not. It is given the canonical text of the address; of what it
 * gives back, members that are no facts, or of the wrong type, are left out.
 *
 * Throws a {@link GeoError} when it is given no function.
 *
 * @example
 * custom((ip) => (ip === "192.0.2.1" ? { service: "Our office" } : undefined));
 */
export function custom(
  lookup: (ip: string) => IpFacts | undefined | Promise<IpFacts | undefined>,
  options: CustomOptions = {},
): GeoProvider {
  if (typeof lookup !== "function")
    throw new GeoError("INVALID_OPTION", "custom() needs a function from an address to facts");
  const source: GeoSource = { name: options.name ?? "custom", date: options.date };
  return {
    source,
    lookup(ip) {
      const answer = lookup(formatIp(ip));
      return isThenable(answer) ? Promise.resolve(answer).then(knownFacts) : knownFacts(answer);
    },
    join: createGeo,
    dispose: () => {},
  };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value;
}
