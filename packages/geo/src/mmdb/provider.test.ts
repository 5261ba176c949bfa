import { describe, expect, it, vi } from "vitest";
import { ip } from "../../test/address.ts";
import { playedFile } from "../../test/played-file.ts";
import { Double, mmdbFile, type Value } from "../../test/mmdb-file.ts";
import { mmdb } from "./provider.ts";

const VIENNA = {
  country: "AT",
  countryName: "Austria",
  continent: "EU",
  continentName: "Europe",
  region: "Vienna",
  city: "Vienna",
  postalCode: "1010",
  latitude: 48.2,
  longitude: 16.37,
  timezone: "Europe/Vienna",
};

const nested: Value = {
  country: { iso_code: "AT", names: { en: "Austria", de: "Österreich" } },
  continent: { code: "EU", names: { en: "Europe" } },
  subdivisions: [{ iso_code: "9", names: { en: "Vienna" } }],
  city: { names: { en: "Vienna" } },
  postal: { code: "1010" },
  location: {
    latitude: new Double(48.2),
    longitude: new Double(16.37),
    accuracy_radius: 20,
    time_zone: "Europe/Vienna",
  },
};

describe("records of different makers", () => {
  it.each<[maker: string, record: Value, facts: object, databaseType?: string]>([
    ["MaxMind City", nested, { ...VIENNA, accuracyRadius: 20 }],
    [
      "flat ip-location-db city",
      {
        country_code: "AT",
        state1: "Vienna",
        city: "Vienna",
        postcode: "1010",
        latitude: new Double(48.2),
        longitude: new Double(16.37),
        timezone: "Europe/Vienna",
      },
      {
        country: "AT",
        region: "Vienna",
        city: "Vienna",
        postalCode: "1010",
        latitude: 48.2,
        longitude: 16.37,
        timezone: "Europe/Vienna",
      },
    ],
    [
      "IPinfo Lite",
      {
        country: "Austria",
        country_code: "AT",
        continent: "Europe",
        continent_code: "EU",
        asn: "AS8447",
        as_name: "A1 Telekom Austria AG",
        as_domain: "a1.net",
      },
      {
        country: "AT",
        countryName: "Austria",
        continent: "EU",
        continentName: "Europe",
        asn: "8447",
        asnName: "A1 Telekom Austria AG",
        asnDomain: "a1.net",
      },
    ],
    [
      "a code that is no country",
      { country: { iso_code: "ZZ" }, continent: { code: "EU" } },
      { continent: "EU" },
    ],
    ["IPinfo country", { country: "AT", continent: "EU" }, { country: "AT", continent: "EU" }],
    [
      "IPinfo ASN",
      { asn: "AS8447", name: "A1", domain: "a1.net", type: "isp", country: "AT" },
      { asn: "8447", asnName: "A1", asnDomain: "a1.net", asnType: "isp", asnCountry: "AT" },
    ],
    [
      "IPinfo with a place and a network",
      {
        geo: { city: "Vienna", country_code: "AT", country: "Austria" },
        as: { asn: "AS8447", name: "A1", domain: "a1.net", type: "hosting" },
        is_hosting: true,
        anonymous: { is_vpn: true, is_proxy: false, is_tor: false, is_relay: false },
      },
      {
        country: "AT",
        countryName: "Austria",
        city: "Vienna",
        asn: "8447",
        asnName: "A1",
        asnDomain: "a1.net",
        asnType: "hosting",
        isHosting: true,
        isVpn: true,
        isProxy: false,
        isTor: false,
        isRelay: false,
      },
    ],
    [
      "MaxMind ASN",
      { autonomous_system_number: 8447, autonomous_system_organization: "A1" },
      { asn: "8447", asnName: "A1" },
    ],
    [
      "MaxMind Enterprise",
      {
        traits: {
          autonomous_system_number: 8447,
          user_type: "cellular",
          connection_type: "Cellular",
          is_anonymous_vpn: false,
        },
      },
      { asn: "8447", asnType: "isp", isMobile: true, isVpn: false },
    ],
    [
      "MaxMind Anonymous IP",
      { is_anonymous: true, is_hosting_provider: true, is_residential_proxy: true },
      { isHosting: true, isVpn: false, isProxy: true, isTor: false },
      "GeoIP2-Anonymous-IP",
    ],
    ["MaxMind Connection Type", { connection_type: "Cellular" }, { isMobile: true }],
    ["MaxMind Connection Type of cable", { connection_type: "Cable/DSL" }, { isMobile: false }],
    [
      "IPinfo privacy, booleans as text",
      { vpn: "true", proxy: "", tor: "false", relay: "", hosting: "true", service: "Some VPN" },
      {
        isVpn: true,
        isProxy: false,
        isTor: false,
        isRelay: false,
        isHosting: true,
        service: "Some VPN",
      },
    ],
    ["IPinfo carrier", { carrier: { name: "A1", mcc: "232", mnc: "01" } }, { isMobile: true }],
    ["the reserved network 0", { autonomous_system_number: 0 }, {}],
    ["coordinates off the globe", { lat: "91", lng: "0" }, {}],
    ["a coordinate alone", { lat: "48.2" }, {}],
    ["a code that is none", { country: { iso_code: "austria" } }, {}],
  ])("are read from %s", (_, record, facts, databaseType = "Test") => {
    const provider = mmdb(mmdbFile([["192.0.2.0/24", record]], { databaseType }));
    expect(provider.lookup(ip("192.0.2.7"))).toEqual(facts);
  });
});

describe("which addresses a file knows", () => {
  const record = { country: { iso_code: "AT" } };

  it.each([24, 28, 32] as const)("finds blocks in a tree with records of %i bits", (recordSize) => {
    const provider = mmdb(
      mmdbFile(
        [
          ["192.0.2.0/24", record],
          ["2001:db8::/32", { country: "DE" }],
          ["2001:db8:1::/48", { country: "FR" }],
        ],
        { recordSize },
      ),
    );
    expect(provider.lookup(ip("192.0.2.255"))).toEqual({ country: "AT" });
    expect(provider.lookup(ip("::ffff:192.0.2.255"))).toEqual({ country: "AT" });
    expect(provider.lookup(ip("192.0.3.0"))).toBeUndefined();
    expect(provider.lookup(ip("2001:db8::1"))).toEqual({ country: "DE" });
    expect(provider.lookup(ip("2001:db8:1::1"))).toEqual({ country: "FR" });
    expect(provider.lookup(ip("2001:db9::"))).toBeUndefined();
  });

  it("never answers for IPv6 from an IPv4-only file", () => {
    const provider = mmdb(
      mmdbFile([["0.0.0.0/1", record]], { ipVersion: 4, databaseType: "GeoIP2-Anonymous-IP" }),
    );
    expect(provider.lookup(ip("1.2.3.4"))?.country).toBe("AT");
    expect(provider.lookup(ip("::1.2.3.4"))).toBeUndefined();
    expect(provider.lookup(ip("102::"))).toBeUndefined();
    expect(provider.covers).toEqual({ v4: ["isHosting", "isVpn", "isProxy", "isTor"], v6: [] });
  });

  it("says which file it is and of which day", () => {
    const file = mmdbFile([["192.0.2.0/24", record]], {
      databaseType: "DBIP-City-Lite",
      buildEpoch: Date.UTC(2026, 10, 1) / 1000,
    });
    expect(mmdb(file).source).toEqual({ name: "DBIP-City-Lite", date: "2026-11-01" });
  });
});

describe("a file that is followed", () => {
  const old = mmdbFile([["192.0.2.0/24", { country: "AT" }]]);
  const address = ip("192.0.2.1");

  it("gives the new answers once the new file is sound, and the old ones until then", async () => {
    const file = playedFile(old);
    const provider = mmdb("a.mmdb", { fs: file.fs });
    const replaced = file.replace(mmdbFile([["192.0.2.0/24", { country: "DE" }]]));
    expect(provider.lookup(address)).toEqual({ country: "AT" });
    await replaced;
    expect(provider.lookup(address)).toEqual({ country: "DE" });
  });

  it("keeps the old data and says so when the new file is damaged", async () => {
    const file = playedFile(old);
    const warn = vi.fn<(message: string) => void>();
    const provider = mmdb("a.mmdb", { fs: file.fs, warn });
    await file.replace(old.slice(0, 40));
    expect(provider.lookup(address)).toEqual({ country: "AT" });
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/a\.mmdb is not used.*no MMDB file/)]]);
  });

  it("takes an empty file for one that is not written yet", async () => {
    const file = playedFile(old);
    const warn = vi.fn<(message: string) => void>();
    const provider = mmdb("a.mmdb", { fs: file.fs, warn });
    await file.replace(new Uint8Array());
    expect(provider.lookup(address)).toEqual({ country: "AT" });
    expect(warn).not.toHaveBeenCalled();
  });

  it("gives the newest of several that are read at once, and none after dispose()", async () => {
    const file = playedFile(old);
    const provider = mmdb("a.mmdb", { fs: file.fs });
    const countries = ["DE", "FR"].map((country) =>
      file.replace(mmdbFile([["192.0.2.0/24", { country }]])),
    );
    await Promise.all(countries);
    expect(provider.lookup(address)).toEqual({ country: "FR" });
    const late = file.replace(old);
    provider.dispose();
    await late;
    expect(provider.lookup(address)).toEqual({ country: "FR" });
  });

  it.each<[input: unknown, options: object, message: string]>([
    [undefined, {}, "expected a path, a file URL or bytes, got undefined"],
    ["", {}, "expected a path"],
    [new ArrayBuffer(8), {}, "got object"],
    ["a.mmdb", { interval: 0 }, "`interval` must be milliseconds from 1, got 0"],
    ["./is/not/there.mmdb", {}, "cannot read ./is/not/there.mmdb"],
  ])("%s is refused with %j", (input, options, message) => {
    expect(() => mmdb(input as string, options)).toThrow(message);
  });

  it("is not watched when that was refused, and no longer after dispose()", () => {
    const file = playedFile(old);
    mmdb("a.mmdb", { fs: file.fs, watch: false });
    expect(file.isWatched()).toBe(false);
    const provider = mmdb("a.mmdb", { fs: file.fs });
    expect(file.isWatched()).toBe(true);
    provider.dispose();
    expect(file.isWatched()).toBe(false);
  });
});
