import type { Ip, IpFacts, IpLookup } from "@arcjet/ip";
import type { GeoOptions } from "./create-geo.ts";

/** Where facts come from. */
export interface GeoSource {
  readonly name: string;
  /** Day the data was made, ISO 8601; undefined when the data does not say. */
  readonly date: string | undefined;
  /** What has to be said to whom when the data is used. */
  readonly attribution?: string;
}

/** Yes or no questions about an address. */
export type FlagField =
  | "isHosting"
  | "isVpn"
  | "isProxy"
  | "isTor"
  | "isRelay"
  | "isMobile"
  | "isAbuser"
  | "isCrawler";

/** Flags by the family of the address they are known of. */
export interface FlagCoverage {
  readonly v4: readonly FlagField[];
  readonly v6: readonly FlagField[];
}

/** Something that knows facts about addresses. Answers are never changed after they were given. */
export interface GeoProvider {
  readonly source: GeoSource;
  /** Flags that are known to be false where this provider, and every other, is silent. */
  readonly covers?: FlagCoverage;
  /** What is known about the address; undefined when nothing is. */
  lookup(ip: Ip): IpFacts | undefined | Promise<IpFacts | undefined>;
  /**
   * `createGeo`, which each provider of this package brings along: so a program that is given providers
   * need not carry what joins them until it has one.
   */
  readonly join?: (providers: readonly GeoProvider[], options: GeoOptions) => IpLookup;
  /** Stops watching files. */
  dispose(): void;
}

/** A provider that never waits. */
export interface SyncGeoProvider extends GeoProvider {
  lookup(ip: Ip): IpFacts | undefined;
}
