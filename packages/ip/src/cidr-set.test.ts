import { BlockList } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseIp } from "./address.ts";
import { parseCidr } from "./cidr.ts";
import { CidrSet } from "./cidr-set.ts";
import { formatIp } from "./format.ts";

describe("parseCidr", () => {
  it.each([
    ["10.0.0.0/8", "10.0.0.0", "10.255.255.255", 8, true],
    ["10.0.0.1/8", "10.0.0.0", "10.255.255.255", 8, false],
    ["8.8.8.8", "8.8.8.8", "8.8.8.8", 32, true],
    ["0.0.0.0/0", "0.0.0.0", "255.255.255.255", 0, true],
    ["2001:db8::/33", "2001:db8::", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff", 33, true],
    ["::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 0, true],
    ["::ffff:10.0.0.0/104", "10.0.0.0", "10.255.255.255", 8, true],
  ])("reads %s", (text, first, last, bits, exact) => {
    const cidr = parseCidr(text)!;
    expect([formatIp(cidr.first), formatIp(cidr.last), cidr.bits, cidr.exact]).toEqual([
      first,
      last,
      bits,
      exact,
    ]);
  });

  it.each([
    "",
    "/8",
    "10/8",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/08",
    "10.0.0.0/-1",
    "10.0.0.0/8/8",
    "::/129",
    "::/1e1",
    "10.0.0.0/8 ",
    "a/8",
  ])("refuses %j", (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});

describe("CidrSet", () => {
  it("merges what overlaps", () => {
    const set = new CidrSet(["10.0.0.0/8", "10.1.0.0/16", "10.0.0.1", "fd00::/8", "fd00::1"]);
    expect(set.size).toBe(2);
  });

  it("takes a mapped address for the IPv4 address it holds", () => {
    const set = new CidrSet(["10.0.0.0/8"]);
    expect([set.has("::ffff:10.1.1.1"), set.has("::10.1.1.1"), set.has("nobody")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("names the entry that is no block", () => {
    expect(() => new CidrSet(["10.0.0.0/8", "10.0.0.0/40"])).toThrow(
      'invalid address block "10.0.0.0/40"',
    );
  });

  it("agrees with the runtime's block list", () => {
    const four = fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 32 }), fc.constant("ipv4" as const));
    const six = fc.tuple(
      fc.constantFrom("2001:db8::", "2001:db8::1", "fe80::", "2606:4700::"),
      fc.integer({ min: 3, max: 128 }),
      fc.constant("ipv6" as const),
    );
    const probe = fc.oneof(
      fc.ipV4(),
      fc.constantFrom("2001:db8::1", "2001:db8:1::", "fe80::ffff", "2606:4700::1"),
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(four, six), { maxLength: 20 }),
        fc.array(probe, { minLength: 1 }),
        (blocks, probes) => {
          const list = new BlockList();
          for (const [address, bits, family] of blocks) list.addSubnet(address, bits, family);
          const set = new CidrSet(blocks.map(([address, bits]) => `${address}/${bits}`));
          const edges = blocks.flatMap(([address, bits]) => {
            const { first, last } = parseCidr(`${address}/${bits}`)!;
            return [formatIp(first), formatIp(last)];
          });
          for (const text of [...probes, ...edges]) {
            const family = parseIp(text)!.family === 4 ? "ipv4" : "ipv6";
            expect({ text, has: set.has(text) }).toEqual({ text, has: list.check(text, family) });
          }
        },
      ),
    );
  });
});
