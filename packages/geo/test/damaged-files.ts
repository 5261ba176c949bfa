// One suite for damaged data files, run briefly with the tests and at length by hand.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GeoError } from "../src/geo-error.ts";
import { cidrList } from "../src/lists/cidr-list.ts";
import { mmdb } from "../src/mmdb/provider.ts";
import { openMmdb } from "../src/mmdb/reader.ts";
import { compilePack } from "../src/pack/compile.ts";
import { COLUMNS, writePack, readPack, type Column } from "../src/pack/format.ts";
import { openPack } from "../src/pack/provider.ts";
import type { SyncGeoProvider } from "../src/provider.ts";
import { ip } from "./address.ts";
import { changes, damage, isWellFormed } from "./damage.ts";
import { Double, mmdbFile } from "./mmdb-file.ts";
import { orRefused } from "./refused.ts";

const ADDRESSES = [
  "0.0.0.0",
  "1.0.0.1",
  "1.0.4.1",
  "2.0.5.9",
  "192.0.2.77",
  "255.255.255.255",
  "::",
  "2001:db8::1",
  "2001:db8:1::7",
  "2001:db8:1::8",
  "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
].map(ip);

const city = (name: string) => ({
  country: { iso_code: "AT", names: { en: "Austria" } },
  city: { names: { en: name } },
  location: { latitude: new Double(48.2), longitude: new Double(16.3), accuracy_radius: 5 },
  traits: { autonomous_system_number: 64500, is_anonymous_vpn: true },
});
const CITIES = [
  ["1.0.0.0/24", city("Wien")],
  ["1.0.4.0/22", city("Graz")],
  ["192.0.2.64/26", city("Linz")],
] as const;
const BOTH = mmdbFile([...CITIES, ["2001:db8::/32", city("Salzburg")]]);
const ONLY_IPV4 = mmdbFile(CITIES, { ipVersion: 4, recordSize: 28 });
const PACK = compilePack([
  {
    kind: "table",
    name: "table",
    data: "1.0.0.0,1.0.0.255,1,US,One\n2.0.0.0,2.0.5.255,2,DE,Zwei\n2001:db8:1::,2001:db8:1::7,3,FR,Trois\n",
  },
  { kind: "vpn", name: "vpn", data: "1.0.4.0/24\n2001:db8:1::8/128\n", label: "Example VPN" },
]);

/** Texts as they are published, and what reads them. */
const TEXTS: readonly (readonly [
  kind: string,
  text: string,
  open: (bytes: Uint8Array) => SyncGeoProvider,
])[] = [
  [
    "list of lines",
    "# exits\n1.0.0.0/24\n1.0.4.0 - 1.0.4.255\n2.0.5.9:9001\n2001:db8::/32\n",
    (bytes) => cidrList({ tor: bytes }),
  ],
  [
    "JSON list",
    '{"prefixes":[{"ipv4Prefix":"1.0.0.0/24"},{"ip_prefix":"192.0.2.64/26","tags":["a"]},{"ipv6Prefix":"2001:db8::/32"}]}',
    (bytes) => cidrList({ hosting: bytes }),
  ],
  [
    "CSV list",
    "1.0.0.0/24,US,US-CA,Cupertino,\n2001:db8::/64,AT,AT-9,Wien,\n",
    (bytes) => cidrList({ relay: bytes }),
  ],
  [
    "table",
    '1.0.0.0,1.0.0.255,64500,"One, Inc."\n16777728,16778239,AU\n2001:db8::,2001:db8:ff::,64501,Zwei\n',
    (data) => openPack(compilePack([{ kind: "table", name: "table", data }])),
  ],
  [
    "list of networks",
    '64500,EX,"Example, Inc.",AT\n64501,EX2,Example University,XX\n',
    (data) =>
      openPack(
        compilePack([
          { kind: "networks", name: "as.csv", data },
          { kind: "table", name: "table", data: "1.0.0.0\t1.0.0.255\t64500\tAT\tEX" },
        ]),
      ),
  ],
];

/** What a provider that may be refused says of every address, as far as it is not well-formed. */
function oddFacts(open: () => SyncGeoProvider): readonly unknown[] | "refused" {
  const provider = orRefused(open);
  if (provider === "refused") return provider;
  return ADDRESSES.map((ip) => provider.lookup(ip)).filter(
    (facts) => facts !== undefined && !isWellFormed(facts),
  );
}

/**
 * Holds so many damaged forms of a file to: one clear error at opening, or well-formed facts, or none. Gives
 * how many could be opened: damage that is always found at opening would prove nothing of lookups.
 */
function openDamaged(
  file: Uint8Array,
  open: (bytes: Uint8Array) => SyncGeoProvider,
  numRuns: number,
): number {
  let opened = 0;
  fc.assert(
    fc.property(changes, (list) => {
      const odd = oddFacts(() => open(damage(file, list)));
      if (odd === "refused") return;
      opened++;
      expect(odd).toEqual([]);
    }),
    { numRuns },
  );
  return opened;
}

/** Declares the suite with so many damaged files of each kind. */
export function damagedFiles(numRuns: number): void {
  describe(`${numRuns} damaged files of each kind`, () => {
    it.each([
      ["MMDB", BOTH],
      ["IPv4-only MMDB", ONLY_IPV4],
    ])("%s: give one clear error at opening, or well-formed facts, or none", (_, file) => {
      expect(openDamaged(file, mmdb, numRuns)).toBeGreaterThan(numRuns / 10);
    });

    it("IPv4-only MMDB: never answer for IPv6 while they say they are IPv4-only", () => {
      fc.assert(
        fc.property(changes, (list) => {
          const reader = orRefused(() => openMmdb(damage(ONLY_IPV4, list)));
          if (reader === "refused" || reader.metadata.ipVersion !== 4) return;
          const found = ADDRESSES.filter((ip) => ip.family === 6).map((ip) => reader.find(ip));
          expect(new Set(found)).toEqual(new Set([-1]));
        }),
        { numRuns },
      );
    });

    it.each(TEXTS)(
      "%s: gives one clear error at opening, or well-formed facts",
      (_, text, open) => {
        const file = new TextEncoder().encode(text);
        expect(openDamaged(file, open, numRuns)).toBeGreaterThan(numRuns / 10);
      },
    );

    it("packs: are refused at opening whatever was changed", () => {
      fc.assert(
        fc.property(changes, (list) => {
          const damaged = damage(PACK, list);
          if (Buffer.compare(damaged, PACK) === 0) return;
          expect(() => openPack(damaged)).toThrow(GeoError);
        }),
        { numRuns },
      );
    });

    it("packs that were damaged before they were sealed: give an error or well-formed facts", () => {
      const columns = readPack(PACK, "pack");
      fc.assert(
        fc.property(fc.constantFrom(...COLUMNS), changes, (name, list) => {
          const damaged: Record<Column, Uint8Array> = {
            ...columns,
            [name]: damage(columns[name], list),
          };
          const odd = oddFacts(() => openPack(writePack(damaged)));
          expect(odd === "refused" ? [] : odd).toEqual([]);
        }),
        { numRuns },
      );
    });
  });
}
