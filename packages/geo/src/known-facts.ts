// What somebody else's function says of an address, held to the types that rules rely on.
import type { IpFacts } from "@arcjet/ip";
import { compact } from "./compact.ts";

type FieldOf<Type> = {
  [Key in keyof IpFacts]-?: Required<IpFacts>[Key] extends Type ? Key : never;
}[keyof IpFacts];

const TEXTS: readonly FieldOf<string>[] = [
  "countryName",
  "continentName",
  "region",
  "city",
  "postalCode",
  "timezone",
  "asnName",
  "asnDomain",
  "asnType",
  "service",
  "crawlerName",
];
const COUNTRIES: readonly FieldOf<string>[] = ["country", "asnCountry"];
const FLAGS: readonly FieldOf<boolean>[] = [
  "isEuMember",
  "isHosting",
  "isVpn",
  "isProxy",
  "isTor",
  "isRelay",
  "isMobile",
  "isAbuser",
  "isCrawler",
];

/** Coordinates that are on the globe, and a radius that is not longer than half the way around it. */
const NUMBERS: readonly (readonly [FieldOf<number>, least: number, most: number])[] = [
  ["latitude", -90, 90],
  ["longitude", -180, 180],
  ["accuracyRadius", 0, 20_038],
];

const ASN = /^(?:AS)?0*([1-9]\d{0,9})$/;

/** AS number in decimal digits, from a number or text such as `AS15169`; undefined when it is none. */
export function asnText(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const digits = ASN.exec(String(value))?.[1];
  return digits !== undefined && Number(digits) <= 0xffffffff ? digits : undefined;
}

/** Two upper-case letters; undefined for anything else. */
export function codeText(value: unknown): string | undefined {
  return typeof value === "string" && /^[A-Z]{2}$/.test(value) ? value : undefined;
}

/** What tables write where they know no country, or only a part of the world. */
const NO_COUNTRY: ReadonlySet<string> = new Set(["AP", "EU", "XX", "ZZ"]);

/** The two-letter code of a country; undefined for anything else, and for codes that stand for no country. */
export function countryText(value: unknown): string | undefined {
  const code = codeText(value);
  return code === undefined || NO_COUNTRY.has(code) ? undefined : code;
}

/** The facts of an answer; undefined when it holds none. */
export function knownFacts(answer: unknown): IpFacts | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const get = (field: keyof IpFacts): unknown => Reflect.get(answer, field);
  const facts: Partial<Record<keyof IpFacts, unknown>> = { asn: asnText(get("asn")) };
  for (const field of COUNTRIES) facts[field] = countryText(get(field));
  facts.continent = codeText(get("continent"));
  for (const field of TEXTS) {
    const value = get(field);
    if (typeof value === "string") facts[field] = value;
  }
  for (const field of FLAGS) {
    const value = get(field);
    if (typeof value === "boolean") facts[field] = value;
  }
  for (const [field, least, most] of NUMBERS) {
    const value = get(field);
    if (typeof value === "number" && value >= least && value <= most) facts[field] = value;
  }
  // Every member was checked above to be of its type.
  const known = compact(facts as IpFacts);
  return Object.keys(known).length === 0 ? undefined : known;
}
