import { formatIp, parseCidr } from "@arcjet/ip";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ip } from "../../test/address.ts";
import { Double, type FileOptions, mmdbFile, type Value } from "../../test/mmdb-file.ts";
import { GeoError } from "../geo-error.ts";
import { buildDay, isMmdb, openMmdb } from "./reader.ts";
import { walkMmdb } from "./walk.ts";

const AUSTRIA: Value = { country: "AT" };
const file = (options: FileOptions = {}) => mmdbFile([["192.0.2.0/24", AUSTRIA]], options);
const saying = (metadata: { [key: string]: Value }) => file({ metadata });

describe("opening a file", () => {
  it("reads what it says of itself", () => {
    const reader = openMmdb(file({ databaseType: "Test-City", buildEpoch: 1_700_000_000 }));
    expect(reader.metadata).toMatchObject({
      databaseType: "Test-City",
      ipVersion: 6,
      recordSize: 24,
      buildEpoch: 1_700_000_000,
    });
    expect(buildDay(reader.metadata)).toBe("2023-11-14");
    expect(buildDay({ buildEpoch: 0 })).toBeUndefined();
    expect(buildDay({ buildEpoch: 1e300 })).toBeUndefined();
  });

  it("works on a part of a larger buffer", () => {
    const bytes = file();
    const larger = new Uint8Array(bytes.length + 7);
    larger.set(bytes, 3);
    const reader = openMmdb(larger.subarray(3, 3 + bytes.length));
    expect(reader.read(reader.find(ip("192.0.2.1")))).toEqual(AUSTRIA);
  });

  it.each([
    ["nothing", new Uint8Array(), "is no MMDB file"],
    ["text", new TextEncoder().encode("192.0.2.0/24\n"), "is no MMDB file"],
    ["another format version", saying({ binary_format_major_version: 3 }), "format version"],
    ["an unknown IP version", saying({ ip_version: 5 }), "ip_version"],
    ["an unknown record size", saying({ record_size: 20 }), "record_size"],
    ["no nodes", saying({ node_count: 0 }), "node_count"],
    ["half a node", saying({ node_count: new Double(0.5) }), "node_count"],
    ["more nodes than bytes", saying({ node_count: 5000 }), "cut off"],
  ])("refuses %s with a message that names the file", (_, bytes, message) => {
    expect(() => openMmdb(bytes, "a.mmdb")).toThrow(GeoError);
    expect(() => openMmdb(bytes, "a.mmdb")).toThrow(message);
    expect(() => openMmdb(bytes, "a.mmdb")).toThrow(/^a\.mmdb is/);
  });

  it("refuses a file that is cut off anywhere", () => {
    const whole = file();
    for (let length = 0; length < whole.length; length++)
      expect(() => openMmdb(whole.subarray(0, length))).toThrow(GeoError);
  });

  it("tells an MMDB file from others by its mark", () => {
    expect(isMmdb(file())).toBe(true);
    expect(isMmdb(new TextEncoder().encode("1.0.0.0,1.0.0.255,AU"))).toBe(false);
  });
});

const blocks = fc.uniqueArray(
  fc
    .tuple(fc.ipV4(), fc.integer({ min: 1, max: 32 }))
    .map(([address, bits]) => parseCidr(`${address}/${bits}`))
    .map((cidr) => (cidr === undefined ? "" : `${formatIp(cidr.first)}/${cidr.bits}`)),
  { minLength: 1, maxLength: 12 },
);

describe("lookups", () => {
  it("find the most specific block, as reading all ranges in order does", () => {
    fc.assert(
      fc.property(blocks, fc.ipV4(), fc.constantFrom<4 | 6>(4, 6), (list, address, ipVersion) => {
        const sorted = list.toSorted((a, b) => Number(a.split("/")[1]) - Number(b.split("/")[1]));
        const reader = openMmdb(
          mmdbFile(
            sorted.map((block): [string, Value] => [block, { country: block }]),
            { ipVersion },
          ),
        );
        const number = ip(address).w3;
        const expected = sorted.findLast((block) => {
          const cidr = parseCidr(block);
          return cidr !== undefined && cidr.first.w3 <= number && number <= cidr.last.w3;
        });
        const offset = reader.find(ip(address));
        const record = offset < 0 ? undefined : reader.read(offset);
        expect(record?.["country"]).toBe(expected);
        const walked = walkMmdb(reader, "file", (at) =>
          at < 0 ? undefined : reader.read(at)?.["country"],
        );
        const range = walked.v4.find(({ first, last }) => first <= number && number <= last);
        expect(range?.value).toBe(expected);
      }),
    );
  });
});

describe("reading all ranges", () => {
  it("gives each family its own, without the aliases of IPv4", () => {
    const reader = openMmdb(
      mmdbFile([
        ["192.0.2.0/24", AUSTRIA],
        ["2001:db8::/32", { country: "DE" }],
      ]),
    );
    const found = walkMmdb(reader, "file", (at) =>
      at < 0 ? undefined : reader.read(at)?.["country"],
    );
    expect(found.v4).toEqual([{ first: 0xc0000200, last: 0xc00002ff, value: "AT" }]);
    expect(found.v6).toEqual([
      { first: 0x20010db8n << 96n, last: ((0x20010db8n + 1n) << 96n) - 1n, value: "DE" },
    ]);
  });

  it("stops at a tree that leads back to itself", () => {
    const bytes = file({ ipVersion: 4 });
    // Both records of the root lead to the root: 2^32 ways through one node.
    bytes.fill(0, 0, 6);
    const reader = openMmdb(bytes);
    expect(() => walkMmdb(reader, "bad.mmdb", () => "AT")).toThrow("bad.mmdb is damaged");
    expect(reader.find(ip("1.2.3.4"))).toBe(-1);
  });
});
