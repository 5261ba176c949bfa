import { formatIp, type Ip } from "@arcjet/ip";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ip } from "../../test/address.ts";
import { mmdbFile } from "../../test/mmdb-file.ts";
import { GeoError } from "../geo-error.ts";
import { compilePack } from "./compile.ts";
import { readPack, writePack } from "./format.ts";
import { openPackBytes } from "./open.ts";
import { openPack } from "./provider.ts";
import type { PackSource } from "./sources.ts";

const table = (data: string, name = "table"): PackSource => ({ kind: "table", name, data });
const lookup = (sources: readonly PackSource[], address: string) =>
  openPackBytes(compilePack(sources)).lookup(ip(address));

const TABLE = table(`
1.0.0.0,1.0.0.255,13335,US,"Cloudflare, Inc."
1.0.4.0,1.0.7.255,64500,AU,Müller Telekom
2.0.0.0,2.15.255.255,64501,FR,Orange S.A.
2.0.5.0,2.0.5.255,64500,AU,Müller Telekom
2001:db8::,2001:db8:0:ffff:ffff:ffff:ffff:ffff,64501,FR,Orange S.A.
2001:db8:1::,2001:db8:1:0:0:0:0:7,64502,DE,Universität Beispiel
2001:db8:1::8,2001:db8:1::8,64501,FR,Orange S.A.
2001:db8:1:1::,2001:db8:1:1:ffff:ffff:ffff:ffff,64502,DE,Universität Beispiel
`);
const CLOUDFLARE = {
  country: "US",
  asn: "13335",
  asnName: "Cloudflare, Inc.",
  asnType: "hosting",
  asnCountry: "US",
  service: "Cloudflare",
  isHosting: true,
};
const MUELLER = {
  country: "AU",
  asn: "64500",
  asnName: "Müller Telekom",
  asnType: "isp",
  asnCountry: "AU",
  isHosting: false,
};
const ORANGE = {
  ...MUELLER,
  country: "FR",
  asn: "64501",
  asnName: "Orange S.A.",
  asnCountry: "FR",
};
const SCHOOL = {
  ...MUELLER,
  country: "DE",
  asn: "64502",
  asnName: "Universität Beispiel",
  asnType: "education",
  asnCountry: "DE",
};

describe("a pack of tables", () => {
  it.each<[address: string, facts: object | undefined]>([
    ["0.255.255.255", undefined],
    ["1.0.0.0", CLOUDFLARE],
    ["1.0.0.255", CLOUDFLARE],
    ["1.0.1.0", undefined],
    ["1.0.7.255", MUELLER],
    ["2.0.4.255", ORANGE],
    ["2.0.5.0", MUELLER],
    ["2.0.6.0", ORANGE],
    ["2.9.0.1", ORANGE],
    ["2.16.0.0", undefined],
    ["255.255.255.255", undefined],
    ["::ffff:1.0.0.1", CLOUDFLARE],
    ["::1.0.0.1", undefined],
    ["2001:db8::", ORANGE],
    ["2001:db8:0:7::", ORANGE],
    ["2001:db8:1::7", SCHOOL],
    ["2001:db8:1::8", ORANGE],
    ["2001:db8:1::9", undefined],
    ["2001:db8:1:1::", SCHOOL],
    ["2001:db8:1:2::", undefined],
    ["2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", undefined],
    ["::", undefined],
    ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", undefined],
  ])("knows %s", (address, facts) => {
    expect(lookup([TABLE], address)).toEqual(facts);
  });

  it("counts the earlier of two tables, field by field", () => {
    const countries = table("1.0.0.0,1.0.0.127,DE", "countries");
    expect(lookup([countries, TABLE], "1.0.0.1")).toMatchObject({ country: "DE", asn: "13335" });
    expect(lookup([countries, TABLE], "1.0.0.200")).toMatchObject({ country: "US" });
  });

  it("takes the main country of the network for an address of which no table has one", () => {
    const networks = table("3.0.0.0,3.0.3.255,64500,Net\n4.0.0.0,4.0.0.255,64501,Other");
    const countries = table("3.0.0.0,3.0.0.255,AT\n3.0.1.0,3.0.1.15,DE", "countries");
    const country = (text: string) => lookup([countries, networks], text)?.country;
    expect(["3.0.0.1", "3.0.1.1", "3.0.2.1", "4.0.0.1"].map(country)).toEqual([
      "AT",
      "DE",
      "AT",
      undefined,
    ]);
  });

  it("takes names and countries of networks from a list of networks before those of tables", () => {
    const listed: PackSource = {
      kind: "networks",
      name: "as.csv",
      data: "64500,EX,Example University,CH\n64501,EX2,Example Cloud,ZZ\n64502,EX3,Nobody,AT",
    };
    const ranges = table(
      "1.0.0.0\t1.0.0.255\t64500\tDE\tEX\n1.0.1.0\t1.0.1.255\t64501\tDE\tEX2\n1.0.2.0\t1.0.2.255\t64503\tCH\tEX4",
    );
    const facts = (text: string) => lookup([ranges, listed], text);
    expect(facts("1.0.0.1")).toMatchObject({
      country: "DE",
      asnName: "Example University",
      asnType: "education",
      asnCountry: "CH",
    });
    expect(facts("1.0.1.1")).toMatchObject({ asnName: "Example Cloud", asnCountry: "DE" });
    expect(facts("1.0.2.1")).toMatchObject({ asnName: "EX4", asnCountry: "CH" });
  });

  it("is read from MMDB files as well", () => {
    const data = mmdbFile([
      ["192.0.2.0/24", { country_code: "AT" }],
      ["2001:db8::/32", { autonomous_system_number: 64500, autonomous_system_organization: "Net" }],
    ]);
    const source: PackSource = { kind: "table", name: "a.mmdb", data };
    expect(lookup([source], "192.0.2.1")).toEqual({ country: "AT" });
    expect(lookup([source], "2001:db8::1")).toMatchObject({ asn: "64500", asnName: "Net" });
  });
});

describe("a pack with lists", () => {
  const list = (kind: PackSource["kind"], data: string, label?: string): PackSource => ({
    kind,
    name: kind,
    data,
    label,
  });
  const sources = [
    TABLE,
    list("vpn", "1.0.4.0/24\n9.0.0.0/24\n"),
    list("crawler", "1.0.0.0/25\n", "Fetcher"),
    list("hosting", "1.0.0.0/24\n9.0.0.0/25\n", "Example Cloud"),
    list("relay", "9.0.0.1\n"),
    list("tor", "9.0.0.2\n"),
    list("proxy", "9.0.0.3\n"),
    list("mobile", "9.0.0.4\n"),
    list("abuser", "9.0.0.5\n"),
  ];

  it.each<[address: string, facts: object]>([
    ["1.0.0.1", { ...CLOUDFLARE, isCrawler: true, crawlerName: "Fetcher" }],
    ["1.0.0.200", { ...CLOUDFLARE, service: "Example Cloud" }],
    ["1.0.4.1", { ...MUELLER, isVpn: true }],
    ["9.0.0.1", { isRelay: true, isVpn: true, isHosting: true, service: "Example Cloud" }],
    ["9.0.0.2", { isTor: true, isVpn: true, isHosting: true, service: "Example Cloud" }],
    ["9.0.0.3", { isProxy: true, isVpn: true, isHosting: true, service: "Example Cloud" }],
    ["9.0.0.4", { isMobile: true, isVpn: true, isHosting: true, service: "Example Cloud" }],
    ["9.0.0.5", { isAbuser: true, isVpn: true, isHosting: true, service: "Example Cloud" }],
    ["9.0.0.200", { isVpn: true }],
  ])("knows %s", (address, facts) => {
    expect(lookup(sources, address)).toEqual(facts);
  });

  it("covers the kinds of its lists, for families of which there are blocks", () => {
    const { covers } = openPack(
      compilePack([TABLE, list("vpn", "1.0.4.0/24\n2001:db8::/32"), list("tor", "9.0.0.2")]),
    );
    expect(covers).toEqual({ v4: ["isTor", "isVpn"], v6: ["isVpn"] });
  });
});

describe("any pack", () => {
  const start = fc.oneof(fc.nat({ max: 0xffff }), fc.integer({ min: 0xff0000, max: 0x10000ff }));
  const rows = fc.array(
    fc.tuple(
      start,
      fc.oneof(fc.constant(0), fc.nat({ max: 70_000 })),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom("AT", "DE"),
    ),
    { minLength: 1, maxLength: 15 },
  );
  const text4 = (number: number) => formatIp({ family: 4, w0: 0, w1: 0, w2: 0xffff, w3: number });

  /** Addresses of IPv6 with the number spread over the words around the border of a /64. */
  const spread = (number: number): Ip => ({
    family: 6,
    w0: 0x20010db8,
    w1: number >>> 16,
    w2: ((number & 0xff00) << 16) >>> 0,
    w3: number & 0xff,
  });

  it.each<[family: string, write: (number: number) => Ip]>([
    ["IPv4", (number) => ip(text4(number))],
    ["IPv6", spread],
  ])("says of every address of %s what its rows say", (_, write) => {
    fc.assert(
      fc.property(rows, fc.array(start, { maxLength: 30 }), (list, others) => {
        const ranges = list.map(([first, length, asn, country]) => ({
          first,
          last: first + length,
          asn,
          country,
        }));
        const text = ranges.map(
          ({ first, last, asn, country }) =>
            `${formatIp(write(first))},${formatIp(write(last))},${asn},${country},Net ${asn}`,
        );
        const pack = openPackBytes(compilePack([table(text.join("\n"))]));
        const ends = ranges.flatMap(({ first, last }) => [first - 1, first, last, last + 1]);
        for (const number of [...ends, ...others]) {
          if (number < 0) continue;
          const best = ranges
            .filter(({ first, last }) => first <= number && number <= last)
            .toSorted((a, b) => b.first - a.first || a.last - b.last)[0];
          const facts = pack.lookup(write(number));
          expect([facts?.country, facts?.asn]).toEqual([
            best?.country,
            best === undefined ? undefined : String(best.asn),
          ]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("keeps names whatever they are written with, cut where they are too long", () => {
    const name = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
      .map((text) => text.replaceAll(/[\s"#]/gu, "_") || "x");
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 150 }), (names) => {
        const text = names.map((name, i) => `${text4(i)},${text4(i)},${i + 1},AT,"${name}"`);
        const pack = openPackBytes(compilePack([table(text.join("\n"))]));
        for (const [i, name] of names.entries())
          expect(pack.lookup(ip(text4(i)))?.asnName).toBe(name);
      }),
      { numRuns: 60 },
    );
    const long = lookup([table(`1.0.0.0,1.0.0.0,1,AT,${"é".repeat(400)}`)], "1.0.0.0");
    expect(long?.asnName ?? "").toMatch(/^é*$/);
  });
});

describe("what a pack says of itself", () => {
  it("is its sources, their attribution, and the day of the oldest", () => {
    const pack = openPack(
      compilePack([
        { ...TABLE, name: "a", date: "2026-11-02", attribution: "A, CC BY" },
        { kind: "tor", name: "b", data: "9.9.9.9", date: "2026-11-01", attribution: "B" },
        { kind: "vpn", name: "c", data: "9.9.9.8", attribution: "A, CC BY" },
      ]),
    );
    expect(pack.source).toEqual({
      name: "pack of a, b, c",
      date: "2026-11-01",
      attribution: "A, CC BY; B",
    });
  });

  it("names three sources and counts the others", () => {
    const sources = ["a", "b", "c", "d", "e"].map((name) => ({ ...TABLE, name }));
    const nameOf = (count: number) => openPack(compilePack(sources.slice(0, count))).source.name;
    expect([3, 4, 5].map(nameOf)).toEqual([
      "pack of a, b, c",
      "pack of a, b, c and 1 more",
      "pack of a, b, c and 2 more",
    ]);
  });

  it("is a day of one's own choice when that is given", () => {
    expect(openPack(compilePack([TABLE], { date: "2026-01-01" })).source.date).toBe("2026-01-01");
    expect(openPack(compilePack([TABLE])).source.date).toBeUndefined();
  });

  it.each<[what: string, sources: readonly PackSource[]]>([
    ["no source", []],
    ["a table of nothing", [table("1.0.0.0,1.0.0.255,\n")]],
    ["a list that is none", [{ kind: "vpn", name: "vpn", data: "<html>" }]],
  ])("is nothing, and an error, for %s", (_, sources) => {
    expect(() => compilePack(sources)).toThrow(GeoError);
  });
});

describe("a damaged pack", () => {
  const bytes = compilePack([TABLE, { kind: "vpn", name: "vpn", data: "1.0.4.0/24" }]);

  it("is refused wherever a bit was changed", () => {
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 7 }), (at, bit) => {
        const changed = bytes.with(at, (bytes[at] ?? 0) ^ (1 << bit));
        expect(() => openPackBytes(changed, "a.pack")).toThrow(/^a\.pack is no usable pack/);
      }),
      { numRuns: 500 },
    );
  });

  it("is refused wherever it was cut off, and with bytes behind it", () => {
    for (let length = 0; length < bytes.length; length += 97)
      expect(() => openPackBytes(bytes.subarray(0, length))).toThrow(GeoError);
    expect(() => openPackBytes(Uint8Array.from([...bytes, 0, 0, 0, 0]))).toThrow(GeoError);
  });

  it("ends every search, also where an index leads far beyond its column", () => {
    const columns = readPack(bytes, "pack");
    for (const name of ["index4", "index6"] as const) {
      const far = new Uint8Array(columns[name].length).fill(0xff);
      const { lookup } = openPackBytes(writePack({ ...columns, [name]: far }));
      expect([lookup(ip("1.0.0.1")), lookup(ip("2001:db8:1::7"))]).toHaveLength(2);
    }
  });

  it("is not one that merely lies at an odd place of a larger buffer", () => {
    const larger = new Uint8Array(bytes.length + 8);
    larger.set(bytes, 1);
    const part = larger.subarray(1, 1 + bytes.length);
    expect(openPackBytes(part).lookup(ip("1.0.0.1"))).toEqual(CLOUDFLARE);
    const buffer = Buffer.from(larger.buffer).subarray(1, 1 + bytes.length);
    expect(openPackBytes(buffer).lookup(ip("1.0.0.1"))).toEqual(CLOUDFLARE);
  });
});
