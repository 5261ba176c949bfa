// The kind of an autonomous system, told from the name it is registered under. Words decide, strong ones
// before weak ones; who has no telling name is a business.
import { SERVICES } from "./services.ts";
import {
  EDUCATION,
  HOSTING_COMPANIES,
  STRONG_HOSTING,
  STRONG_ISP,
  WEAK_HOSTING,
  WEAK_ISP,
} from "./words.ts";

/** What an autonomous system is for. */
export type AsnType = "isp" | "hosting" | "business" | "education";

/** Every type, in the order packs number them. */
export const ASN_TYPES: readonly AsnType[] = ["isp", "hosting", "business", "education"];

/** The kind of an autonomous system, and the service that owns it where one is known by name. */
export interface Classification {
  readonly type: AsnType;
  readonly service: string | undefined;
}

/** Systems whose name misleads. */
const BY_NUMBER: ReadonlyMap<number, AsnType> = new Map<number, AsnType>([
  [16591, "isp"],
  [8151, "isp"],
  [721, "business"],
  [27064, "business"],
  [714, "business"],
  [749, "business"],
  [559, "education"],
  [2907, "education"],
  [4538, "education"],
  [766, "education"],
  [553, "education"],
  [237, "education"],
  [378, "education"],
  [2018, "education"],
]);

/** Characters of a name that are looked at. */
export const MAX_NAME = 256;

/**
 * Classifies an autonomous system by its number and registered name.
 *
 * @example
 * classify(24940, "Hetzner Online GmbH"); // { type: "hosting", service: "Hetzner" }
 */
export function classify(asn: number, name: string): Classification {
  const text = name.slice(0, MAX_NAME).toLowerCase();
  const service = serviceOf(text);
  const known = BY_NUMBER.get(asn);
  if (known !== undefined) return { type: known, service: undefined };
  if (EDUCATION.test(text)) return { type: "education", service: undefined };
  if (service !== undefined) return { type: "hosting", service };
  return { type: typeByWords(text), service: undefined };
}

function typeByWords(text: string): AsnType {
  if (HOSTING_COMPANIES.test(text) || STRONG_HOSTING.test(text)) return "hosting";
  if (STRONG_ISP.test(text)) return "isp";
  if (WEAK_HOSTING.test(text)) return "hosting";
  return WEAK_ISP.test(text) ? "isp" : "business";
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const anyOf = (services: typeof SERVICES): RegExp =>
  new RegExp(
    `(?:^|[^a-z0-9])(?:${services.flatMap(([, list]) => list.map(escaped)).join("|")})`,
    "u",
  );
const ANY_SERVICE = /* @__PURE__ */ anyOf(SERVICES);

/** The first service of the table whose word begins a word of the name. */
function serviceOf(text: string): string | undefined {
  if (!ANY_SERVICE.test(text)) return undefined;
  for (const [service, list] of SERVICES)
    for (const word of list) {
      const at = text.indexOf(word);
      if (at === 0 || (at > 0 && !/[a-z0-9]/.test(text.charAt(at - 1)))) return service;
    }
  return undefined;
}
