import type { Ip, IpFacts } from "@arcjet/ip";

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
  /** Stops watching files. */
  dispose(): void;
}

/** A provider that never waits. */
export interface SyncGeoProvider extends GeoProvider {
  lookup(ip: Ip): IpFacts | undefined;
}
