import { compilePack, cidrList, custom, type mmdb, openPack, type GeoProvider } from "@arcjet/geo";
import { crawlerRanges, crawlerRangesDate } from "@arcjet/bots";
import { describe, expect, expectTypeOf, it } from "vitest";
import arcjet from "./arcjet.ts";
import type { ArcjetOptions } from "./arcjet-options.ts";
import type { Logger } from "./log.ts";
import { detectBot } from "./rules/detect-bot.ts";
import { filter } from "./rules/filter.ts";
import { fakeRequest } from "./testing.ts";

const NOW = Date.parse("2026-09-01");
const warnings: string[] = [];
const silent = (): void => {};
const log: Logger = {
  debug: silent,
  info: silent,
  warn: (_, message) => void warnings.push(message),
  error: silent,
};

const TABLE = `
8.8.8.0,8.8.8.255,15169,US,Google LLC
66.249.64.0,66.249.95.255,15169,US,Google LLC
185.100.0.0,185.100.255.255,64500,CH,Example Broadband AG
2a02:100::,2a02:100:ffff:ffff:ffff:ffff:ffff:ffff,64501,DE,Example Hosting GmbH
`;
const lists = cidrList(
  {
    vpn: ["185.100.7.0/24"],
    tor: ["185.100.7.9"],
    mobile: ["185.100.8.0/24"],
    crawlers: crawlerRanges,
  },
  { date: crawlerRangesDate },
);
const pack = (date = "2026-08-20") =>
  openPack(compilePack([{ kind: "table", name: "example", data: TABLE, date }]));
const office = custom((ip) => (ip === "185.100.1.1" ? { service: "Office", asn: "64999" } : {}));
const everything = [office, lists, pack()];

const client = (expression: string, geo: ArcjetOptions["geo"]) =>
  arcjet({
    rules: [filter({ mode: "LIVE", deny: [expression] })],
    ...(geo && { geo }),
    log,
    clock: () => NOW,
  });

async function isDenied(ip: string, expression: string): Promise<boolean> {
  return (await client(expression, everything).protect(fakeRequest({ ip }))).isDenied();
}

describe("fields of filters, from a list of providers", () => {
  it.each([
    ["8.8.8.8", 'ip.src.country eq "US" and ip.src.country.name eq "United States"', true],
    ["8.8.8.8", 'ip.src.continent eq "NA" and ip.src.continent.name eq "North America"', true],
    ["8.8.8.8", 'ip.src.asnum eq 15169 and ip.src.asnum.name eq "Google LLC"', true],
    ["8.8.8.8", 'ip.src.asnum.type eq "hosting" and ip.src.hosting', true],
    ["8.8.8.8", 'ip.src.asnum.country eq "US" and ip.src.service eq "Google"', true],
    ["8.8.8.8", "ip.src.crawler or ip.src.vpn or ip.src.tor or ip.src.mobile", false],
    ["66.249.66.1", 'ip.src.crawler and ip.src.crawler.name eq "Googlebot"', true],
    ["66.249.66.1", "ip.src.hosting", false],
    ["185.100.7.1", "ip.src.vpn and not ip.src.tor and not ip.src.hosting", true],
    ["185.100.7.9", "ip.src.tor and not ip.src.vpn", true],
    ["185.100.8.1", 'ip.src.mobile and ip.src.asnum.type eq "isp"', true],
    ["185.100.1.1", 'ip.src.service eq "Office" and ip.src.asnum eq 64999', true],
    ["2a02:100::1", 'ip.src.country in {"DE"} and ip.src.hosting', true],
    // The lists hold no block of IPv6 of a VPN, so that nobody knows: a deny list does not deny.
    ["2a02:100::1", "ip.src.vpn or not ip.src.vpn", false],
  ])("%s: %s is %s", async (ip, expression, expected) => {
    expect(await isDenied(ip, expression)).toBe(expected);
  });
});

describe("decision.ip", () => {
  it("answers with what the providers know", async () => {
    const { ip } = await client("ip.src.tor", everything).protect(
      fakeRequest({ ip: "185.100.7.9" }),
    );
    expect(ip.hasCountry() && [ip.country, ip.countryName]).toEqual(["CH", "Switzerland"]);
    expect([ip.isTor(), ip.isVpn(), ip.isHosting(), ip.isEuMember()]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect([ip.asn, ip.asnName]).toEqual(["64500", "Example Broadband AG"]);
    expect(JSON.parse(JSON.stringify(ip))).toMatchObject({ country: "CH", isTor: true });
  });

  it("knows nothing without a provider that does", async () => {
    const { ip } = await client("ip.src.tor", [pack()]).protect(fakeRequest({ ip: "9.9.9.9" }));
    expect([ip.hasCountry(), ip.isTor(), ip.toJSON()]).toEqual([false, false, {}]);
  });

  it("waits for a provider that has to be waited for", async () => {
    const slow = custom(async () => ({ city: "Bern" }));
    const { ip } = await client("ip.src.tor", [slow, pack()]).protect(
      fakeRequest({ ip: "185.100.3.3" }),
    );
    expect([ip.city, ip.country]).toEqual(["Bern", "CH"]);
  });

  it("goes without a provider that fails, and says so once", async () => {
    warnings.length = 0;
    const broken = custom(
      () => {
        throw new Error("no connection");
      },
      { name: "broken" },
    );
    const aj = client("ip.src.tor", [broken, pack()]);
    for (let i = 0; i < 3; i++) {
      const decision = await aj.protect(fakeRequest({ ip: "8.8.8.8" }));
      expect(decision.ip.country).toBe("US");
    }
    expect(warnings).toEqual([expect.stringMatching(/broken failed.*no connection/)]);
  });
});

describe("bots and the lists of their operators", () => {
  it("verifies a crawler by the blocks that fill ip.src.crawler", async () => {
    const aj = arcjet({
      rules: [detectBot({ mode: "LIVE", allow: ["GOOGLE_CRAWLER"], denySpoofed: true })],
      geo: everything,
      log,
      clock: () => NOW,
    });
    const headers = {
      "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    };
    const decision = await aj.protect(fakeRequest({ ip: "66.249.66.1", headers }));
    expect(decision.isAllowed()).toBe(true);
    expect(decision.reason).toMatchObject({ type: "BOT", verified: true, spoofed: false });
    expect([decision.ip.isCrawler(), decision.ip.crawlerName]).toEqual([true, "Googlebot"]);
  });
});

describe("the geo option", () => {
  it("warns once, in the log, of data that is older than 30 days", async () => {
    warnings.length = 0;
    const aj = client("ip.src.tor", [pack("2026-07-01"), pack("2026-08-31")]);
    await aj.protect(fakeRequest());
    await aj.protect(fakeRequest());
    const stale = warnings.filter((text) => text.includes("days old"));
    expect(stale).toEqual([
      expect.stringMatching(/62 days old \(2026-07-01\).*arcjet data update/),
    ]);
  });

  it.each([[[]], [[{}]], [{}], ["./ip.pack"], [[() => undefined]]])("refuses %j", (geo) => {
    expect(() => client("ip.src.tor", geo as unknown as GeoProvider[])).toThrow(/`geo`/);
  });

  it("takes one provider, several, or a function", () => {
    expectTypeOf<ReturnType<typeof mmdb>>().toExtend<NonNullable<ArcjetOptions["geo"]>>();
    expectTypeOf<(ip: string) => undefined>().toExtend<NonNullable<ArcjetOptions["geo"]>>();
    expect(() => client("ip.src.tor", pack())).not.toThrow();
    expect(() => client("ip.src.tor", () => undefined)).not.toThrow();
  });
});

it.each([
  ["ip.src.tor", undefined, 1],
  ["ip.src.tor", lists, 0],
  ['ip.src eq 192.0.2.1 or http.host eq "a"', undefined, 0],
])("a filter on %s is told of when nothing knows of addresses", (expression, geo, count) => {
  warnings.length = 0;
  client(expression, geo);
  expect(warnings).toEqual(Array(count).fill(expect.stringContaining("until `geo` names one")));
});
