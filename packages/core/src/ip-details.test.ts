import { inspect } from "node:util";
import type { IpFacts } from "@arcjet/ip";
import { describe, expect, it } from "vitest";
import { createIpDetails } from "./ip-details.ts";

const all: Required<IpFacts> = {
  country: "CH",
  countryName: "Switzerland",
  continent: "EU",
  continentName: "Europe",
  isEuMember: false,
  region: "Bern",
  city: "Bern",
  postalCode: "3011",
  latitude: 46.9,
  longitude: 7.4,
  accuracyRadius: 20,
  timezone: "Europe/Zurich",
  asn: "64500",
  asnName: "Example Net",
  asnDomain: "example.net",
  asnType: "isp",
  asnCountry: "CH",
  service: "Example Cloud",
  isHosting: true,
  isVpn: true,
  isProxy: true,
  isTor: true,
  isRelay: true,
  isMobile: true,
  isAbuser: true,
  isCrawler: true,
  crawlerName: "EXAMPLE_CRAWLER",
};

const questions = [
  "hasLatitude",
  "hasLongitude",
  "hasAccuracyRadius",
  "hasTimezone",
  "hasPostalCode",
  "hasCity",
  "hasRegion",
  "hasCountry",
  "hasContinent",
  "hasAsn",
  "hasASN",
  "hasService",
  "isHosting",
  "isVpn",
  "isProxy",
  "isTor",
  "isRelay",
  "isMobile",
  "isAbuser",
  "isCrawler",
] as const;

const values = [
  "country",
  "countryName",
  "continent",
  "continentName",
  "region",
  "city",
  "postalCode",
  "latitude",
  "longitude",
  "accuracyRadius",
  "timezone",
  "asn",
  "asnName",
  "asnDomain",
  "asnType",
  "asnCountry",
  "service",
  "crawlerName",
] as const;

describe("createIpDetails", () => {
  it.each(questions)(
    "answers %s() with true when it is known and with false when it is not",
    (name) => {
      expect(createIpDetails(all)[name]()).toBe(true);
      expect(createIpDetails({})[name]()).toBe(false);
      expect(createIpDetails(undefined)[name]()).toBe(false);
    },
  );

  it.each(values)("gives %s, and undefined when it is unknown", (name) => {
    expect(createIpDetails(all)[name]).toBe(all[name]);
    expect(createIpDetails(undefined)[name]).toBeUndefined();
  });

  it("says of a member of the EU that it is one, and of no other country", () => {
    expect(createIpDetails({ isEuMember: true }).isEuMember()).toBe(true);
    expect(createIpDetails(all).isEuMember()).toBe(false);
    expect(createIpDetails(undefined).isEuMember()).toBe(false);
  });

  it("answers with false where a flag is known to be false", () => {
    expect(createIpDetails({ isVpn: false }).isVpn()).toBe(false);
  });

  it("counts the coordinates 0, 0 as known", () => {
    const details = createIpDetails({ latitude: 0, longitude: 0 });
    expect([details.hasLatitude(), details.hasLongitude()]).toEqual([true, true]);
  });

  it("names a country by its code where no name is known", () => {
    const details = createIpDetails({ country: "CH", continent: "EU" });
    expect([details.countryName, details.continentName]).toEqual(["CH", "EU"]);
  });

  it("prints and serialises as the plain facts", () => {
    expect(JSON.parse(JSON.stringify(createIpDetails(all)))).toEqual(all);
    expect(JSON.stringify(createIpDetails(undefined))).toBe("{}");
    expect(inspect(createIpDetails({ country: "CH" }))).toBe("{ country: 'CH' }");
  });

  it("does not let its reader change the facts", () => {
    const details = createIpDetails({ country: "CH" });
    Object.assign(details.toJSON(), { country: "AT" });
    expect(details.country).toBe("CH");
  });
});
