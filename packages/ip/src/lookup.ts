import type { IpFacts } from "./facts.ts";

/** Finds what is known about an address; undefined when nothing is. */
export type IpLookup = (ip: string) => IpFacts | undefined | Promise<IpFacts | undefined>;
