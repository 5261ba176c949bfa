import type { IpFacts } from "@arcjet/ip";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { createGeo, STALE_DAYS } from "./create-geo.ts";
import { custom } from "./custom.ts";
import { GeoError } from "./geo-error.ts";
import { cidrList } from "./lists/cidr-list.ts";
import type { FlagCoverage, GeoProvider } from "./provider.ts";
import { timezoneOf } from "./timezone.ts";

const NOW = Date.parse("2026-11-24");
const quiet = { warn: () => {}, now: () => NOW };
const says = (facts: IpFacts, name = "test") => custom(() => facts, { name });
const joined = (...answers: readonly IpFacts[]) =>
  createGeo(
    answers.map((facts) => says(facts)),
    quiet,
  )("192.0.2.1");

describe("joining answers", () => {
  it.each<[rule: string, answers: readonly IpFacts[], facts: IpFacts]>([
    [
      "the first answer of a field wins",
      [{ service: "A" }, { service: "B", asnType: "isp" }],
      { service: "A", asnType: "isp" },
    ],
    ["a false is an answer", [{ isVpn: false }, { isVpn: true }], { isVpn: false }],
    [
      "what belongs to another country is left out",
      [
        { country: "QX" },
        { country: "YY", city: "Ypsilon", latitude: 1, longitude: 2, timezone: "Y" },
        { country: "QX", city: "Iks" },
      ],
      { country: "QX", city: "Iks" },
    ],
    [
      "coordinates stay with their radius",
      [
        { latitude: 1, longitude: 2 },
        { latitude: 3, longitude: 4, accuracyRadius: 5 },
      ],
      { latitude: 1, longitude: 2 },
    ],
    [
      "what belongs to another network is left out",
      [{ asn: "1" }, { asn: "2", asnName: "Two", asnType: "isp" }, { asn: "1", asnName: "One" }],
      { asn: "1", asnName: "One" },
    ],
    [
      "a network and a place come from different providers",
      [
        { asn: "1", asnName: "One" },
        { country: "QX", city: "Iks" },
      ],
      { asn: "1", asnName: "One", country: "QX", city: "Iks" },
    ],
  ])("%s", (_, answers, facts) => {
    expect(joined(...answers)).toEqual({ ...facts, ...(facts.country && { isEuMember: false }) });
  });

  it.each<[kind: string, facts: IpFacts, expected: IpFacts]>([
    [
      "a relay is no Tor exit, VPN or host",
      { isRelay: true, isTor: true, isVpn: true, isHosting: true },
      { isRelay: true, isTor: false, isVpn: false, isHosting: false },
    ],
    [
      "a Tor exit is no VPN or host",
      { isTor: true, isVpn: true, isHosting: true },
      { isTor: true, isVpn: false, isHosting: false },
    ],
    ["a VPN is no host", { isVpn: true, isHosting: true }, { isVpn: true, isHosting: false }],
    [
      "a crawler is no host",
      { isCrawler: true, isHosting: true },
      { isCrawler: true, isHosting: false },
    ],
    ["a host is a host", { isHosting: true, isVpn: false }, { isHosting: true, isVpn: false }],
    ["what is unknown stays unknown", { isVpn: true }, { isVpn: true }],
  ])("%s", (_, facts, expected) => {
    expect(joined(facts)).toEqual(expected);
    const [first, ...rest] = Object.entries(facts);
    // The same when the flags come from different providers.
    expect(joined(Object.fromEntries([first ?? []]), Object.fromEntries(rest))).toEqual(expected);
  });

  it("adds names, continent, membership and zone, and never changes what was said", () => {
    const geo = createGeo(says({ country: "AT", latitude: 48.2, longitude: 16.4 }), {
      ...quiet,
      timezone: timezoneOf,
    });
    expect(geo("192.0.2.1")).toEqual({
      country: "AT",
      countryName: "Austria",
      continent: "EU",
      continentName: "Europe",
      isEuMember: true,
      latitude: 48.2,
      longitude: 16.4,
      timezone: "Europe/Vienna",
    });
    expect(joined({ country: "AT", countryName: "Österreich", isEuMember: false })).toMatchObject({
      countryName: "Österreich",
      isEuMember: false,
    });
    expect(
      joined({ country: "AT", timezone: "Europe/Berlin", latitude: 1, longitude: 1 }),
    ).toMatchObject({ timezone: "Europe/Berlin" });
  });

  it.each([
    ["US", "United States", "NA", false],
    ["DE", "Germany", "EU", true],
    ["GB", "United Kingdom", "EU", false],
    ["XK", "Kosovo", "EU", false],
    ["TW", "Taiwan", "AS", false],
    ["AQ", "Antarctica", "AN", false],
  ])("names %s %s", (country, countryName, continent, isEuMember) => {
    expect(joined({ country })).toMatchObject({ countryName, continent, isEuMember });
  });

  it("names no country that does not exist", () => {
    expect(joined({ country: "QQ" })).toEqual({ country: "QQ", isEuMember: false });
  });

  it("gives out what cannot be changed, the same object for the same answer", () => {
    const facts = Object.freeze({ country: "AT" });
    const provider: GeoProvider = {
      source: { name: "shared", date: undefined },
      lookup: () => facts,
      dispose: () => {},
    };
    const geo = createGeo(provider, quiet);
    expect(geo("192.0.2.1")).toBe(geo("192.0.2.2"));
    expect(Object.isFrozen(geo("192.0.2.1"))).toBe(true);
    expect(Object.isFrozen(joined({ country: "AT" }, { asn: "1" }))).toBe(true);
  });
});

it("joins answers the same way however often and in whatever order addresses come", () => {
  const address = fc
    .tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 }))
    .map(([a, b]) => `10.0.${a}.${b}`);
  const shared = (facts: readonly IpFacts[], part: number): GeoProvider => ({
    source: { name: "shared", date: undefined },
    lookup: (ip) => facts[(ip.w3 >>> part) & 3],
    dispose: () => {},
  });
  const places = ["AT", "DE", "FR"].map((country) => Object.freeze({ country }));
  const networks = ["1", "2", "3"].map((asn) => Object.freeze({ asn }));
  const providers = [shared(places, 8), shared(networks, 0)];
  const geo = createGeo(providers, quiet);
  fc.assert(
    fc.property(fc.array(address, { maxLength: 50 }), (addresses) => {
      for (const text of addresses) expect(geo(text)).toEqual(createGeo(providers, quiet)(text));
    }),
    { numRuns: 30 },
  );
});

describe("flags that lists cover", () => {
  const geo = createGeo(
    [
      cidrList({ vpn: ["192.0.2.0/24"], tor: ["192.0.2.9", "2001:db8::/32"] }),
      custom((ip) => (ip === "192.0.2.1" ? { country: "AT" } : undefined)),
    ],
    quiet,
  );

  it.each([
    ["192.0.2.1", { isVpn: true, isTor: false }],
    ["198.51.100.1", { isVpn: false, isTor: false }],
    ["2001:db8::1", { isVpn: undefined, isTor: true }],
    ["2001:db9::1", { isVpn: undefined, isTor: false }],
    ["::ffff:198.51.100.1", { isVpn: false, isTor: false }],
  ])("are false for %s where no provider says otherwise, by family", (ip, facts) => {
    const { isVpn, isTor } = (geo(ip) as IpFacts | undefined) ?? {};
    expect({ isVpn, isTor }).toEqual(facts);
  });

  it("follow a provider whose data was replaced", () => {
    const facts = { country: "AT" };
    let covers: FlagCoverage = { v4: [], v6: [] };
    const provider: GeoProvider = {
      source: { name: "live", date: undefined },
      get covers() {
        return covers;
      },
      lookup: () => facts,
      dispose: () => {},
    };
    const lookup = createGeo(provider, quiet);
    expect(lookup("192.0.2.1")).not.toHaveProperty("isVpn");
    covers = { v4: ["isVpn"], v6: [] };
    expect(lookup("192.0.2.1")).toMatchObject({ country: "AT", isVpn: false });
    expect(lookup("2001:db8::1")).not.toHaveProperty("isVpn");
  });
});

describe("lookups", () => {
  it.each(["", "192.0.2", "192.0.2.1:80", "[::1]", "0300.0.0.1", "x".repeat(10_000)])(
    "know nothing of %j, which is no address",
    (text) => {
      expect(createGeo(says({ country: "AT" }), quiet)(text)).toBeUndefined();
    },
  );

  it("wait only for providers that have to be waited for", async () => {
    const slow = custom(async () => ({ city: "Wien" }));
    expect(createGeo(says({ country: "AT" }), quiet)("192.0.2.1")).toMatchObject({ country: "AT" });
    const answer = createGeo([says({ country: "AT" }), slow], quiet)("192.0.2.1");
    expect(answer).toBeInstanceOf(Promise);
    expect(await answer).toMatchObject({ country: "AT", city: "Wien" });
  });

  it("go on without a provider that throws or rejects, and say so once", async () => {
    const warn = vi.fn<(message: string) => void>();
    const throws = custom(() => {
      throw new Error("broken");
    });
    const rejects = custom(() => Promise.reject(new Error("no line")), { name: "remote" });
    const geo = createGeo([throws, rejects, says({ country: "AT" })], { ...quiet, warn });
    for (let i = 0; i < 3; i++) expect(await geo("192.0.2.1")).toMatchObject({ country: "AT" });
    expect(warn.mock.calls.map(([text]) => text)).toEqual([
      "the IP data provider custom failed: Error: broken",
      "the IP data provider remote failed: Error: no line",
    ]);
  });

  it("give custom providers the canonical address, and believe only what has the right type", () => {
    const asked: string[] = [];
    const odd = custom((ip) => {
      asked.push(ip);
      return {
        country: "at",
        asn: "AS015169",
        latitude: 91,
        longitude: 1,
        isVpn: "yes",
        city: "",
        extra: 1,
      } as unknown as IpFacts;
    });
    const geo = createGeo(odd, quiet);
    expect(geo("::ffff:192.0.2.1")).toEqual({ asn: "15169", longitude: 1 });
    geo("2001:DB8:0:0::1");
    expect(asked).toEqual(["192.0.2.1", "2001:db8::1"]);
    for (const answer of [null, 7, "AT", [], {}])
      expect(
        createGeo(
          custom(() => answer as IpFacts),
          quiet,
        )("192.0.2.1"),
      ).toBeUndefined();
  });

  it("are explained field by field", async () => {
    const geo = createGeo(
      [
        cidrList({ vpn: ["192.0.2.0/24"] }, { name: "mine", date: "2026-11-20" }),
        says({ country: "AT" }),
      ],
      quiet,
    );
    expect(await geo.explain("192.0.2.1")).toMatchObject({
      isVpn: { value: true, source: { name: "mine", date: "2026-11-20" } },
      country: { value: "AT", source: { name: "test" } },
      countryName: { value: "Austria", source: undefined },
    });
    expect(await geo.explain("nonsense")).toEqual({});
    expect(geo.sources().map(({ name }) => name)).toEqual(["mine", "test"]);
  });
});

describe("stale data", () => {
  const dated = (date: string | undefined, name = "data") =>
    custom(() => undefined, { name, ...(date !== undefined && { date }) });
  const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString();

  it.each([
    [daysAgo(STALE_DAYS), 0],
    [daysAgo(STALE_DAYS + 1), 1],
    [undefined, 0],
    ["long ago", 0],
  ])("of %s is warned of %i times", (date, times) => {
    const warn = vi.fn<(message: string) => void>();
    const geo = createGeo(dated(date), { ...quiet, warn });
    for (let i = 0; i < 70_000; i++) geo("192.0.2.1");
    const said = expect.stringMatching(/data is 31 days old.*arcjet data update/);
    expect(warn.mock.calls).toEqual(Array.from({ length: times }, () => [said]));
  });

  it("is noticed while the process runs, once for each provider", () => {
    const warn = vi.fn<(message: string) => void>();
    let now = NOW;
    const geo = createGeo([dated(daysAgo(1), "a"), dated(daysAgo(2), "b")], {
      warn,
      now: () => now,
    });
    expect(warn).not.toHaveBeenCalled();
    now += 40 * 86_400_000;
    for (let i = 0; i < 140_000; i++) geo("192.0.2.1");
    expect(warn).toHaveBeenCalledTimes(2);
  });
});

describe("what is no provider", () => {
  it.each([[undefined], [[{}]], [["./a.mmdb"]], [() => undefined]])(
    "is refused: %s",
    (providers) => {
      expect(() => createGeo(providers as unknown as GeoProvider)).toThrow(GeoError);
    },
  );

  it("is refused by custom() as well", () => {
    expect(() => custom("x" as unknown as () => undefined)).toThrow(GeoError);
  });
});

describe("dispose()", () => {
  it("reaches every provider", () => {
    const dispose = vi.fn<() => void>();
    const provider: GeoProvider = {
      source: { name: "x", date: undefined },
      lookup: () => undefined,
      dispose,
    };
    createGeo([provider, provider], quiet).dispose();
    expect(dispose).toHaveBeenCalledTimes(2);
  });
});

describe("time zones of coordinates", () => {
  it.each([
    [52.52, 13.4, "Europe/Berlin"],
    [-33.87, 151.2, "Australia/Sydney"],
    [91, 0, undefined],
    [0, -181, undefined],
    [Number.NaN, 0, undefined],
  ])("%d, %d is in %s", (latitude, longitude, zone) => {
    expect(timezoneOf(latitude, longitude)).toBe(zone);
  });
});
