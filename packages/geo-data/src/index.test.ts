import { readFileSync, statSync } from "node:fs";
import { createGeo } from "@arcjet/geo";
import { packInfo } from "@arcjet/geo/node";
import { parseIp } from "@arcjet/ip";
import { describe, expect, it } from "vitest";
import { pack, packUrl } from "./index.ts";

const MAX_BYTES = 8_000_000;

describe("the default pack", () => {
  const provider = pack();
  const lookup = (text: string) => {
    const ip = parseIp(text);
    return ip === undefined ? undefined : provider.lookup(ip);
  };

  it("is small enough to be installed without a thought", () => {
    expect(statSync(packUrl).size).toBeLessThanOrEqual(MAX_BYTES);
  });

  it("says where its data comes from and of which day it is", () => {
    expect(provider.source.name).toContain("iptoasn-country.mmdb");
    expect(provider.source.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(provider.source.attribution).toContain("RouteViews");
    const said = readFileSync(new URL("../ATTRIBUTION.md", import.meta.url), "utf8");
    for (const name of ["IPtoASN", "RouteViews", "DB-IP", "NRO"]) expect(said).toContain(name);
  });

  it.each([
    ["9.9.9.9", "19281", "business", false],
    ["151.101.1.1", "54113", "hosting", true],
    ["2a01:4f9::1", "24940", "hosting", true],
    ["80.187.100.1", "3320", "isp", false],
    ["129.132.1.1", "559", "education", false],
    ["13.107.42.14", "8068", "hosting", true],
  ])("knows the network of %s", (ip, asn, asnType, isHosting) => {
    expect(lookup(ip)).toMatchObject({ asn, asnType, isHosting });
  });

  it.each(["10.0.0.1", "127.0.0.1", "192.0.2.1", "fc00::1", "::1"])(
    "knows nothing of %s, which is nobody's",
    (ip) => {
      expect(lookup(ip)).toBeUndefined();
    },
  );

  it("answers with names when it is joined into a lookup", () => {
    const geo = createGeo(provider, { warn: () => {}, now: () => Date.parse("2026-06-20") });
    expect(geo("88.198.0.1")).toMatchObject({
      country: "DE",
      countryName: "Germany",
      continent: "EU",
      continentName: "Europe",
      isEuMember: true,
      service: "Hetzner",
    });
  });

  it("tells a crawler from a rented machine", () => {
    const geo = createGeo(provider, { warn: () => {} });
    expect(geo("66.249.66.1")).toMatchObject({
      isCrawler: true,
      crawlerName: "Googlebot",
      isHosting: false,
    });
    expect(geo("88.198.0.1")).toMatchObject({ isCrawler: false, isHosting: true });
  });

  it("is as full as it was made", () => {
    const { networks, segments } = packInfo(packUrl);
    expect(networks).toBeGreaterThan(80_000);
    expect(segments.v4).toBeGreaterThan(400_000);
    expect(segments.v6).toBeGreaterThan(150_000);
  });

  it("gives the mapped form of an address the same answer", () => {
    expect(lookup("::ffff:9.9.9.9")).toEqual(lookup("9.9.9.9"));
  });
});
