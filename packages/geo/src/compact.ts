import type { IpFacts } from "@arcjet/ip";

/** Facts while they are put together. */
export type Draft = { -readonly [Key in keyof IpFacts]: IpFacts[Key] };

/** Facts whose unknown members are left out. */
type Loose = { readonly [Key in keyof IpFacts]: IpFacts[Key] | undefined };

/** Leaves out what is unknown. */
export function compact(facts: Loose): IpFacts {
  const entries = Object.entries(facts).filter(([, value]) => value !== undefined && value !== "");
  // Only undefined members were removed, which is what IpFacts asks for.
  return Object.freeze(Object.fromEntries(entries)) as IpFacts;
}
