// What a record of an MMDB file says, whatever its maker calls things: MaxMind and DB-IP nest maps, IPinfo
// and ip-location-db write flat ones, IPinfo writes numbers and booleans as text.
import type { IpFacts } from "@arcjet/ip";
import { compact } from "../compact.ts";
import { asnText, codeText, countryText } from "../known-facts.ts";
import type { MmdbRecord, MmdbValue } from "./decode.ts";
import type { MmdbMetadata } from "./reader.ts";

type Value = MmdbValue | undefined;

/** Reads the facts of a record. */
export function recordFacts(
  record: MmdbRecord,
  { databaseType }: Pick<MmdbMetadata, "databaseType">,
): IpFacts {
  return compact({
    ...(isNetwork(record) ? {} : place(record)),
    ...network(record, databaseType),
    ...flags(record, databaseType),
  });
}

/** IPinfo's files of networks: a bare `country` there is that of the network, not of the address. */
function isNetwork(record: MmdbRecord): boolean {
  return ["asn", "name", "domain", "type"].every((key) => typeof record[key] === "string");
}

function place(whole: MmdbRecord) {
  // IPinfo puts the place beside the network in its larger files.
  const record = child(whole["geo"]) ?? whole;
  const country = child(record["country"]);
  const continent = child(record["continent"]);
  const location = child(record["location"]);
  const subdivision = child(first(record["subdivisions"]));
  // IPinfo: `country` is a code in older files and a name beside `country_code` in newer ones.
  const flatCode = countryText(record["country_code"]) ?? countryText(record["country"]);
  const flatContinent = codeText(record["continent_code"]) ?? codeText(record["continent"]);
  return {
    country: countryText(country?.["iso_code"]) ?? flatCode,
    countryName: english(country) ?? text(record["country_name"]) ?? longName(record["country"]),
    continent: codeText(continent?.["code"]) ?? flatContinent,
    continentName:
      english(continent) ?? text(record["continent_name"]) ?? longName(record["continent"]),
    region: english(subdivision) ?? text(record["region"]) ?? text(record["state1"]),
    city: english(child(record["city"])) ?? text(record["city"]),
    postalCode:
      text(child(record["postal"])?.["code"]) ??
      text(record["postal_code"]) ??
      text(record["postcode"]),
    ...coordinates(
      location?.["latitude"] ?? record["latitude"] ?? record["lat"],
      location?.["longitude"] ?? record["longitude"] ?? record["lng"],
    ),
    accuracyRadius: number(
      location?.["accuracy_radius"] ?? record["accuracy_radius"] ?? record["radius"],
    ),
    timezone:
      text(location?.["time_zone"]) ?? text(record["timezone"]) ?? text(record["time_zone"]),
  };
}

/** Coordinates only in pairs, and only on the globe. */
function coordinates(north: Value, east: Value) {
  const latitude = number(north);
  const longitude = number(east);
  if (latitude === undefined || longitude === undefined) return {};
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return {};
  return { latitude, longitude };
}

function network(record: MmdbRecord, databaseType: string) {
  const traits = child(record["traits"]) ?? record;
  const own = child(record["as"]);
  const asn = asnText(traits["autonomous_system_number"] ?? record["asn"] ?? own?.["asn"]);
  return {
    asn,
    asnName:
      text(traits["autonomous_system_organization"]) ??
      text(record["as_name"]) ??
      text(own?.["name"]) ??
      (asn === undefined ? undefined : text(record["name"])),
    asnDomain:
      text(record["as_domain"]) ??
      text(own?.["domain"]) ??
      (asn === undefined && !/domain/i.test(databaseType) ? undefined : text(record["domain"])),
    asnType: networkType(
      text(record["as_type"]) ??
        text(own?.["type"]) ??
        text(traits["user_type"]) ??
        ownType(record, asn),
    ),
    asnCountry:
      countryText(record["as_country"]) ??
      countryText(record["as_country_code"]) ??
      (isNetwork(record) ? countryText(record["country"]) : undefined),
    service: text(record["service"]),
  };
}

/** In files of networks, a bare `type` is that of the network. */
function ownType(record: MmdbRecord, asn: string | undefined): string | undefined {
  return asn === undefined ? undefined : text(record["type"]);
}

/** Makers' words for what a network is for; what is none of ours stays unknown. */
function networkType(word: string | undefined) {
  switch (word) {
    case "isp":
    case "residential":
    case "cellular":
    case "dialup":
      return "isp";
    case "hosting":
    case "content_delivery_network":
      return "hosting";
    case "education":
    case "college":
    case "school":
    case "library":
      return "education";
    case "business":
    case "government":
    case "military":
      return "business";
    default:
      return undefined;
  }
}

function flags(record: MmdbRecord, databaseType: string) {
  const traits = child(record["traits"]) ?? record;
  // A file of anonymous addresses leaves out what is not so; in others a missing flag is unknown. Relays
  // are none of its questions.
  const absent = /anonymous/i.test(databaseType) ? false : undefined;
  const privacy = child(record["privacy"]) ?? record;
  const anonymous = child(record["anonymous"]);
  const told = (...values: readonly Value[]) => {
    const known = values.map(flag);
    return known.includes(true) ? true : known.includes(false) ? false : undefined;
  };
  const yes = (...values: readonly Value[]) => told(...values) ?? absent;
  const connection = text(traits["connection_type"]) ?? text(record["connection_type"]);
  const carrier =
    traits["mobile_country_code"] ??
    child(record["carrier"] ?? record["mobile"])?.["mcc"] ??
    record["mcc"];
  return {
    isHosting: yes(traits["is_hosting_provider"], privacy["hosting"], record["is_hosting"]),
    isVpn: yes(traits["is_anonymous_vpn"], privacy["vpn"], record["is_vpn"], anonymous?.["is_vpn"]),
    isProxy: yes(
      traits["is_public_proxy"],
      traits["is_residential_proxy"],
      privacy["proxy"],
      record["is_proxy"],
      anonymous?.["is_proxy"],
    ),
    isTor: yes(traits["is_tor_exit_node"], privacy["tor"], record["is_tor"], anonymous?.["is_tor"]),
    isRelay: told(privacy["relay"], record["is_relay"], anonymous?.["is_relay"]),
    isMobile:
      carrier !== undefined ||
      (connection === undefined ? flag(record["is_mobile"]) : connection === "Cellular"),
  };
}

function child(value: Value): MmdbRecord | undefined {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Uint8Array)
    ? value
    : undefined;
}

function first(value: Value): Value {
  return Array.isArray(value) ? value[0] : undefined;
}

function english(value: MmdbRecord | undefined): string | undefined {
  return text(child(value?.["names"])?.["en"]);
}

function text(value: Value): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function longName(value: Value): string | undefined {
  const name = text(value);
  return name !== undefined && name.length > 2 ? name : undefined;
}

function number(value: Value): number | undefined {
  const parsed = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof parsed === "number" && Number.isFinite(parsed) ? parsed : undefined;
}

function flag(value: Value): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (value === "true" || value === 1) return true;
  return value === "false" || value === "" || value === 0 ? false : undefined;
}
