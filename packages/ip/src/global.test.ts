import { describe, expect, it } from "vitest";
import { parseIp } from "./address.ts";
import { parseCidr } from "./cidr.ts";
import { formatIp } from "./format.ts";
import { isGlobal } from "./global.ts";
import { rateLimitKey } from "./key.ts";

describe("isGlobal", () => {
  it.each([
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.0.9",
    "192.167.255.255",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2606:4700::1",
    "2001:4860::8888",
    "64:ff9b::8.8.8.8",
    "2002:808:808::1",
    "::ffff:8.8.8.8",
  ])("says yes to %s", (text) => {
    expect(isGlobal(parseIp(text)!)).toBe(true);
  });

  it.each([
    "0.0.0.0",
    "0.255.255.255",
    "10.0.0.0",
    "100.64.0.0",
    "100.127.255.255",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.0",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.168.255.255",
    "198.18.0.0",
    "198.51.100.1",
    "203.0.113.7",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fc00::1",
    "fe80::1",
    "ff02::1",
    "2001:db8::1",
    "2001:0:1::",
    "3fff::1",
    "64:ff9b::10.0.0.1",
    "2002:a00:1::",
    "::ffff:127.0.0.1",
  ])("says no to %s", (text) => {
    expect(isGlobal(parseIp(text)!)).toBe(false);
  });
});

/**
 * The special-purpose registries of IANA, whole: each block and whether it is globally reachable. Of those
 * for which they say "not applicable", Teredo and ORCHID are not, and 6to4 is as its IPv4 address is.
 * https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry
 */
const REGISTRY: readonly (readonly [block: string, reachable: boolean])[] = [
  ["0.0.0.0/8", false],
  ["10.0.0.0/8", false],
  ["100.64.0.0/10", false],
  ["127.0.0.0/8", false],
  ["169.254.0.0/16", false],
  ["172.16.0.0/12", false],
  ["192.0.0.0/29", false],
  ["192.0.0.8/32", false],
  ["192.0.0.9/32", true],
  ["192.0.0.10/32", true],
  ["192.0.0.11/32", false],
  ["192.0.0.170/32", false],
  ["192.0.0.171/32", false],
  ["192.0.0.255/32", false],
  ["192.0.2.0/24", false],
  ["192.31.196.0/24", true],
  ["192.52.193.0/24", true],
  ["192.88.99.2/32", false],
  ["192.168.0.0/16", false],
  ["192.175.48.0/24", true],
  ["198.18.0.0/15", false],
  ["198.51.100.0/24", false],
  ["203.0.113.0/24", false],
  ["240.0.0.0/4", false],
  ["::/128", false],
  ["::1/128", false],
  ["::ffff:10.0.0.0/104", false],
  ["64:ff9b::808:808/128", true],
  ["64:ff9b:1::/48", false],
  ["100::/64", false],
  ["100:0:0:1::/64", false],
  ["2001::/32", false],
  ["2001:1::/128", false],
  ["2001:1::1/128", true],
  ["2001:1::2/128", true],
  ["2001:1::3/128", true],
  ["2001:1::4/128", false],
  ["2001:2::/48", false],
  ["2001:3::/32", true],
  ["2001:4:111::/48", false],
  ["2001:4:112::/48", true],
  ["2001:4:113::/48", false],
  ["2001:10::/28", false],
  ["2001:20::/28", true],
  ["2001:30::/28", true],
  ["2001:40::/28", false],
  ["2001:1ff::/32", false],
  ["2001:200::/32", true],
  ["2001:db8::/32", false],
  ["2002:c0a8::/32", false],
  ["2002:808::/32", true],
  ["2620:4f:8000::/48", true],
  ["3fff::/20", false],
  ["3fff:1000::/20", true],
  ["5f00::/16", false],
  ["fc00::/7", false],
  ["fe80::/10", false],
];

it.each(REGISTRY)("the whole of %s is judged as the registry does: %s", (block, reachable) => {
  const { first, last } = parseCidr(block)!;
  expect([first, last].map((ip) => [formatIp(ip), isGlobal(ip)])).toEqual(
    [first, last].map((ip) => [formatIp(ip), reachable]),
  );
});

describe("rateLimitKey", () => {
  it.each([
    ["8.8.8.8", "8.8.8.8"],
    ["2606:4700:1:2:3:4:5:6", "2606:4700:1:2::/64"],
    ["2606:4700:1:2::", "2606:4700:1:2::/64"],
    ["::ffff:8.8.8.8", "8.8.8.8"],
    ["64:ff9b::8.8.8.8", "8.8.8.8"],
    ["", "unknown"],
    ["nobody", "unknown"],
  ])("counts %j by %s", (text, key) => {
    expect(rateLimitKey(text)).toBe(key);
  });
});
