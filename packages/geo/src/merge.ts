// Facts of several providers become one answer. The first provider that knows a field wins; what belongs
// together stays together: a city of one provider is not put into the country of another.
import type { IpFacts } from "@arcjet/ip";
import type { Draft } from "./compact.ts";

/** Fields that are only true of the country the same provider names. */
const OF_COUNTRY = [
  "countryName",
  "continent",
  "continentName",
  "isEuMember",
  "region",
  "city",
  "postalCode",
  "latitude",
  "longitude",
  "accuracyRadius",
  "timezone",
] as const satisfies readonly (keyof IpFacts)[];
/** Fields that are only true of the coordinates the same provider gives. */
const OF_COORDINATES = [
  "longitude",
  "accuracyRadius",
] as const satisfies readonly (keyof IpFacts)[];
/** Fields that are only true of the network the same provider names. */
const OF_NETWORK = [
  "asnName",
  "asnDomain",
  "asnType",
  "asnCountry",
] as const satisfies readonly (keyof IpFacts)[];

/** Joins answers, the most important one first. */
export function mergeFacts(answers: readonly IpFacts[]): Draft {
  let merged: Draft = {};
  for (const facts of answers) {
    const other: Draft = { ...facts };
    if (differs(merged.country, facts.country)) for (const field of OF_COUNTRY) delete other[field];
    if (merged.latitude !== undefined) for (const field of OF_COORDINATES) delete other[field];
    if (differs(merged.asn, facts.asn)) for (const field of OF_NETWORK) delete other[field];
    merged = { ...other, ...merged };
  }
  return merged;
}

function differs(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

/** An address is of one kind; a surer kind takes the place of a coarser one. */
export function applyPrecedence(facts: Draft): void {
  if (facts.isRelay === true) deny(facts, "isTor", "isVpn", "isHosting");
  else if (facts.isTor === true) deny(facts, "isVpn", "isHosting");
  else if (facts.isVpn === true) deny(facts, "isHosting");
  if (facts.isCrawler === true) deny(facts, "isHosting");
}

function deny(facts: Draft, ...flags: readonly ("isTor" | "isVpn" | "isHosting")[]): void {
  for (const flag of flags) if (facts[flag] !== undefined) facts[flag] = false;
}
