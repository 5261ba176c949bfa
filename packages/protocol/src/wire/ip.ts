// Facts about an address ↔ IpDetails. On the wire a zero is "unknown", so a fact that is false or 0 is
// named besides: a filter must be able to tell "no VPN" from "nobody knows".
import { create } from "@bufbuild/protobuf";
import type { IpFacts } from "@arcjet/ip";
import { IpDetailsSchema, IpField, type IpDetails } from "../gen/decide/v1alpha1/decide_pb.js";

const FLAGS = [
  ["isHosting", IpField.IS_HOSTING],
  ["isVpn", IpField.IS_VPN],
  ["isProxy", IpField.IS_PROXY],
  ["isTor", IpField.IS_TOR],
  ["isRelay", IpField.IS_RELAY],
  ["isMobile", IpField.IS_MOBILE],
  ["isAbuser", IpField.IS_ABUSER],
  ["isCrawler", IpField.IS_CRAWLER],
  ["isEuMember", IpField.IS_EU_MEMBER],
] as const;

const TEXTS = [
  "timezone",
  "postalCode",
  "city",
  "region",
  "country",
  "countryName",
  "continent",
  "continentName",
  "asn",
  "asnName",
  "asnDomain",
  "asnType",
  "asnCountry",
  "service",
  "crawlerName",
] as const satisfies readonly (keyof IpFacts)[];

/** The message for what is known. Coordinates travel as a pair, a radius only with them, rounded up to whole kilometres. */
export function ipToWire(facts: IpFacts): IpDetails {
  const message = create(IpDetailsSchema);
  for (const name of TEXTS) message[name] = facts[name] ?? "";
  for (const [name, field] of FLAGS) {
    const value = facts[name];
    message[name] = value ?? false;
    if (value === false) message.knownZero.push(field);
  }
  const { latitude, longitude, accuracyRadius } = facts;
  if (latitude !== undefined && longitude !== undefined) {
    message.latitude = latitude;
    message.longitude = longitude;
    message.accuracyRadius = Math.ceil(accuracyRadius ?? 0);
    if (latitude === 0 && longitude === 0) message.knownZero.push(IpField.COORDINATES);
  }
  return message;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** What a message says is known. */
export function ipFromWire(message: IpDetails | undefined): IpFacts {
  const facts: Writable<IpFacts> = {};
  if (message === undefined) return facts;
  for (const name of TEXTS) if (message[name] !== "") facts[name] = message[name];
  for (const [name, field] of FLAGS)
    if (message[name] || message.knownZero.includes(field)) facts[name] = message[name];
  const { latitude, longitude, accuracyRadius } = message;
  if (
    latitude !== 0 ||
    longitude !== 0 ||
    accuracyRadius !== 0 ||
    message.knownZero.includes(IpField.COORDINATES)
  ) {
    facts.latitude = latitude;
    facts.longitude = longitude;
    if (accuracyRadius !== 0) facts.accuracyRadius = accuracyRadius;
  }
  return facts;
}
