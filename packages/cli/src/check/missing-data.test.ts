import { filter } from "@arcjet/core";
import { cidrList, custom, type GeoProvider } from "@arcjet/geo";
import { describe, expect, test } from "vitest";
import { findMissingData } from "./missing-data.ts";

const NOW = Date.UTC(2026, 0, 31);
const find = (expression: string, geo?: GeoProvider | readonly GeoProvider[], side = "deny") => {
  const options = side === "deny" ? { deny: [expression] } : { allow: [expression] };
  const { spec } = filter({ mode: "LIVE", ...(options as { deny: string[] }) });
  const config = { rules: [], ...(geo && { geo }) };
  return findMissingData([spec], config, NOW).map(({ level, message }) => `${level}: ${message}`);
};
const tor = cidrList({ tor: ["8.8.8.8"] });

test("facts that nothing provides are an error, and what that means depends on the list", () => {
  expect(find('ip.src.tor or ip.src.country eq "AT"')).toEqual([
    expect.stringMatching(/^error: reads ip\.src\.tor, ip\.src\.country, .*never matches/),
  ]);
  expect(find("ip.src.tor", undefined, "allow")).toEqual([
    expect.stringContaining("is an error for every request"),
  ]);
  expect(find("ip.src in {8.8.8.8}")).toEqual([]);
});

describe("a flag that only a list can answer", () => {
  test.each([
    ["is there", "ip.src.tor", tor, 0],
    ["is not there", "ip.src.vpn", tor, 1],
    ["is in another source", "ip.src.vpn", [tor, cidrList({ vpn: ["8.8.8.8"] })], 0],
    ["may be known to a source that does not say", "ip.src.vpn", [tor, custom(() => ({}))], 0],
    ["is not the country", 'ip.src.country eq "AT"', tor, 0],
  ])("%s", (_, expression, geo, count) => {
    const found = find(expression, geo);
    expect(found).toHaveLength(count);
    for (const problem of found) expect(problem).toMatch(/^warning: reads ip\.src\.vpn/);
  });
});

test.each([
  ["2026-01-01", 0],
  ["2025-12-31", 1],
])("data of %s is warned of %d times", (date, count) => {
  expect(
    find(
      "ip.src.tor",
      custom(() => ({}), { date }),
    ),
  ).toHaveLength(count);
});
