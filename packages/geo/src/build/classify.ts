// The kind of an autonomous system: that of the largest ones is known by number, that of the others is told
// from the name they are registered under. Words decide, strong ones before weak ones; who has no telling
// name is a business.
import type { AsnType } from "./asn-type.ts";
import { KNOWN_NETWORKS } from "./known-networks.ts";
import { SERVICES } from "./services.ts";
import {
  BUSINESS,
  EDUCATION,
  HOSTING_COMPANIES,
  STRONG_HOSTING,
  STRONG_ISP,
  WEAK_HOSTING,
  WEAK_ISP,
} from "./words.ts";

/** The kind of an autonomous system, and the service that owns it where one is known by name. */
export interface Classification {
  readonly type: AsnType;
  readonly service: string | undefined;
}

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
  const type = KNOWN_NETWORKS.get(asn) ?? typeByName(text, service);
  return { type, service: type === "hosting" ? service : undefined };
}

function typeByName(text: string, service: string | undefined): AsnType {
  if (EDUCATION.test(text)) return "education";
  return service === undefined ? typeByWords(text) : "hosting";
}

function typeByWords(text: string): AsnType {
  if (HOSTING_COMPANIES.test(text) || STRONG_HOSTING.test(text)) return "hosting";
  if (BUSINESS.test(text)) return "business";
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
