import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { botsUpdate, MAX_BLOCKS, parseRangeList, rangeSources } from "./update.ts";
import { botVerifier } from "./verifier.ts";

const list = (...blocks: string[]) =>
  JSON.stringify({
    creationTime: "2026-01-01T00:00:00.000000",
    prefixes: blocks.map((block) =>
      block.includes(":") ? { ipv6Prefix: block } : { ipv4Prefix: block },
    ),
  });

describe("parseRangeList", () => {
  test("reads both families and bare addresses", () => {
    expect(parseRangeList(list("203.0.113.0/24", "2001:db8::/32", "198.51.100.1"))).toEqual([
      "203.0.113.0/24",
      "2001:db8::/32",
      "198.51.100.1",
    ]);
  });

  test.each([
    ["not JSON", "<html>", "JSON"],
    ["no list", "{}", "no `prefixes`"],
    ["an empty list", list(), "no blocks"],
    ["no address block", list("203.0.113.0/24", "somewhere"), "not an address block"],
    ["half of the world", list("0.0.0.0/1"), "implausibly large"],
    ["a whole region of IPv6", list("2000::/3"), "implausibly large"],
  ])("refuses %s", (_, text, message) => {
    expect(() => parseRangeList(text)).toThrow(message);
  });

  test("accepts as many blocks as it may, and not one more", () => {
    const blocks = Array.from(
      { length: MAX_BLOCKS + 1 },
      (_, at) => `203.0.${(at >> 8) & 255}.${at & 255}`,
    );
    expect(parseRangeList(list(...blocks.slice(1)))).toHaveLength(MAX_BLOCKS);
    expect(() => parseRangeList(list(...blocks))).toThrow("more than");
  });

  test("accepts prefixes as short as it may, and not one shorter", () => {
    expect(parseRangeList(list("203.0.0.0/8", "2001::/20"))).toHaveLength(2);
    expect(() => parseRangeList(list("202.0.0.0/7"))).toThrow("implausibly large");
    expect(() => parseRangeList(list("2000::/19"))).toThrow("implausibly large");
  });

  test("refuses any other JSON with an error", () => {
    const other = fc.json().filter((text) => !text.includes("Prefix"));
    fc.assert(
      fc.property(other, (text) => {
        expect(() => parseRangeList(text)).toThrow(Error);
      }),
    );
  });
});

describe("botsUpdate", () => {
  const answers =
    (map: Record<string, string>): typeof fetch =>
    (input) =>
      Promise.resolve(
        String(input) in map ? new Response(map[String(input)]) : new Response("", { status: 404 }),
      );
  const sources = [
    { name: "GPTBot", url: "https://a.example/1.json" },
    { name: "GPTBot", url: "https://a.example/2.json" },
    { name: "DuckDuckBot", url: "https://b.example/3.json" },
  ];
  const all = {
    "https://a.example/1.json": list("203.0.113.0/25"),
    "https://a.example/2.json": list("203.0.113.0/25", "203.0.113.128/25"),
    "https://b.example/3.json": list("198.51.100.1/32"),
  };

  test("joins the lists of a crawler, for the verifier", async () => {
    const update = await botsUpdate({ sources, fetch: answers(all), now: () => 0 });
    expect(update).toEqual({
      date: "1970-01-01T00:00:00.000Z",
      ranges: [
        { name: "GPTBot", ranges: ["203.0.113.0/25", "203.0.113.128/25"], complete: true },
        { name: "DuckDuckBot", ranges: ["198.51.100.1/32"], complete: true },
      ],
      failed: [],
    });
    const verifier = botVerifier({ resolver: null, ranges: update.ranges });
    expect(verifier.check("198.51.100.1", ["DUCKDUCKGO_CRAWLER"])).toBe("verified");
    expect(verifier.check("198.51.100.2", ["DUCKDUCKGO_CRAWLER"])).toBe("spoofed");
  });

  test("reports what it could not read and does not call the rest complete", async () => {
    const { "https://a.example/2.json": _, ...some } = all;
    const update = await botsUpdate({ sources, fetch: answers(some) });
    expect(update.failed).toEqual([{ ...sources[1], message: "HTTP status 404" }]);
    expect(update.ranges[0]).toEqual({
      name: "GPTBot",
      ranges: ["203.0.113.0/25"],
      complete: false,
    });
    expect(update.ranges[1]?.complete).toBe(true);
  });

  test("reads nothing over http", async () => {
    const fetch: typeof globalThis.fetch = () => Promise.reject(new Error("must not be asked"));
    const update = await botsUpdate({ sources: [{ name: "X", url: "http://a.example/" }], fetch });
    expect(update.failed[0]?.message).toBe("only https is read");
  });

  test("has https sources for crawlers the verifier knows", async () => {
    expect(rangeSources.every(({ url }) => url.startsWith("https://"))).toBe(true);
    const fetch: typeof globalThis.fetch = () => Promise.reject(new Error("offline"));
    const update = await botsUpdate({ fetch });
    expect(update.ranges).toEqual([]);
    expect(update.failed).toHaveLength(rangeSources.length);
  });
});
