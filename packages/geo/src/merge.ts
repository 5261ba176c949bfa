// Facts of several providers become one answer. The first provider that knows a field wins; what belongs
// together stays together: a city of one provider is not put into the country of another.
import type { IpFacts } from "@arcjet/ip";
import type { Draft } from "./compact.ts";

type Fields = ReadonlySet<string>;
const fields = (...names: readonly (keyof IpFacts)[]): Fields => new Set<string>(names);

/** Fields that are only true of the country the same provider names. */
const OF_COUNTRY = fields(
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
);
/** Fields that are only true of the coordinates the same provider gives. */
const OF_COORDINATES = fields("longitude", "accuracyRadius");
/** Fields that are only true of the network the same provider names. */
const OF_NETWORK = fields("asnName", "asnDomain", "asnType", "asnCountry");

/** Joins answers, the most important one first. */
export function mergeFacts(answers: readonly IpFacts[]): Draft {
  const merged: Draft = {};
  for (const facts of answers) {
    const left: Fields[] = [];
    if (differs(merged.country, facts.country)) left.push(OF_COUNTRY);
    if (merged.latitude !== undefined) left.push(OF_COORDINATES);
    if (differs(merged.asn, facts.asn)) left.push(OF_NETWORK);
    addMissing(merged, facts, left);
  }
  return merged;
}

/** Adds what is not there yet and not among the fields to be left out. */
function addMissing(merged: Draft, facts: IpFacts, left: readonly Fields[]): void {
  const target: Record<string, unknown> = merged;
  for (const [field, value] of Object.entries(facts))
    if (target[field] === undefined && !left.some((group) => group.has(field)))
      target[field] = value;
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
