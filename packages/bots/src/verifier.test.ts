import { afterEach, describe, expect, test, vi } from "vitest";
import { dnsServer } from "../test/dns-server.ts";
import type { DnsServer } from "../test/dns-server.ts";
import { crawlerRanges, crawlerRangesDate } from "./crawler-ranges.ts";
import { nodeResolver } from "./node-resolver.ts";
import type { Resolver } from "./reverse-dns.ts";
import { MAX_PENDING, botVerifier } from "./verifier.ts";

const REAL = "203.0.113.7";
const FAKE = "203.0.113.8";
const LIAR = "203.0.113.9";
const OTHER = "203.0.113.10";
const BROKEN = "203.0.113.11";
const HALF = "203.0.113.12";
const SILENT = "203.0.113.13";
const SIX = "2001:db8::7";
const google = ["GOOGLE_CRAWLER"];

const records = {
  "PTR 7.113.0.203.in-addr.arpa": ["crawl-7.googlebot.com"],
  "A crawl-7.googlebot.com": ["198.51.100.1", REAL],
  "PTR 9.113.0.203.in-addr.arpa": ["crawl-9.googlebot.com"],
  "A crawl-9.googlebot.com": ["198.51.100.1"],
  "PTR 10.113.0.203.in-addr.arpa": ["crawl.googlebot.com.example.net", "notgooglebot.com"],
  "PTR 11.113.0.203.in-addr.arpa": "SERVFAIL",
  "PTR 12.113.0.203.in-addr.arpa": ["crawl-12.googlebot.com"],
  "A crawl-12.googlebot.com": "SERVFAIL",
  "PTR 13.113.0.203.in-addr.arpa": "SILENT",
  "PTR 7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa": [
    "six.google.com",
  ],
  "AAAA six.google.com": ["2001:db8::7"],
} as const;

describe("with a name server on loopback", () => {
  let server: DnsServer;
  afterEach(() => server.close());

  async function start(now?: () => number) {
    server = await dnsServer(records);
    const resolver = nodeResolver({ servers: [server.address], timeout: 200 })!;
    return botVerifier({ resolver, timeout: 400, ...(now && { now }) });
  }

  test.each([
    ["a name of the operator that leads back", REAL, "verified"],
    ["the same over IPv6", SIX, "verified"],
    ["no name at all", FAKE, "spoofed"],
    ["a name that does not lead back", LIAR, "spoofed"],
    ["names of others that only look alike", OTHER, "spoofed"],
    ["a reverse zone that fails", BROKEN, "unverifiable"],
    ["a forward zone that fails", HALF, "unverifiable"],
    ["a server that does not answer", SILENT, "unverifiable"],
  ])("%s", async (_, ip, expected) => {
    const verifier = await start();
    expect(await verifier.verify(ip, google)).toBe(expected);
  });

  test("does not hold up who only checks, and knows the answer later", async () => {
    const verifier = await start();
    expect(verifier.check(REAL, google)).toBe("unverifiable");
    expect(await verifier.verify(REAL, google)).toBe("verified");
    expect(verifier.check(REAL, google)).toBe("verified");
    expect(server.questions).toEqual(["PTR 7.113.0.203.in-addr.arpa", "A crawl-7.googlebot.com"]);
  });

  test("asks again after a day, and after ten minutes when the answer was not yes", async () => {
    let time = 0;
    const verifier = await start(() => time);
    await verifier.verify(REAL, google);
    await verifier.verify(FAKE, google);
    const asked = server.questions.length;
    time = 10 * 60_000 - 1;
    await verifier.verify(FAKE, google);
    expect(server.questions).toHaveLength(asked);
    time = 10 * 60_000;
    await verifier.verify(FAKE, google);
    await verifier.verify(REAL, google);
    expect(server.questions).toHaveLength(asked + 1);
    time = 24 * 60 * 60_000;
    await verifier.verify(REAL, google);
    expect(server.questions).toHaveLength(asked + 3);
  });
});

describe("botVerifier", () => {
  const never: Resolver = { reverse: () => new Promise(() => {}), addresses: async () => [] };
  const empty: Resolver = { reverse: async () => [], addresses: async () => [] };

  test.each([
    ["66.249.66.1", google],
    ["2001:4860:4801:10::1", google],
    ["157.55.39.1", ["BING_CRAWLER"]],
    ["20.171.206.9", ["OPENAI_CRAWLER"]],
  ])("knows %s by the embedded blocks without asking", (ip, ids) => {
    expect(botVerifier({ resolver: null }).check(ip, ids)).toBe("verified");
  });

  test("takes blocks for what they are: only complete ones speak against a client", () => {
    const ranges = [{ name: "GPTBot", ranges: ["203.0.113.0/24"] }];
    const partial = botVerifier({ resolver: null, ranges });
    const complete = botVerifier({ resolver: null, ranges: [{ ...ranges[0]!, complete: true }] });
    expect(partial.check("203.0.113.1", ["OPENAI_CRAWLER"])).toBe("verified");
    expect(partial.check("198.51.100.1", ["OPENAI_CRAWLER"])).toBe("unverifiable");
    expect(complete.check("198.51.100.1", ["OPENAI_CRAWLER"])).toBe("spoofed");
  });

  test("asks about those outside complete blocks whose operator has host names", async () => {
    const ranges = [{ name: "Googlebot", ranges: ["203.0.113.0/24"], complete: true }];
    expect(await botVerifier({ resolver: empty, ranges }).verify("198.51.100.1", google)).toBe(
      "spoofed",
    );
    expect(await botVerifier({ resolver: null, ranges }).verify("198.51.100.1", google)).toBe(
      "unverifiable",
    );
  });

  test.each(["", "127.0.0.1", "10.1.2.3", "192.168.1.1", "::1", "fd00::1", "fe80::1"])(
    "cannot say anything about %s",
    async (ip) => {
      expect(await botVerifier({ resolver: empty }).verify(ip, google)).toBe("unverifiable");
    },
  );

  test("cannot say anything about bots that have no addresses of their own", async () => {
    const verifier = botVerifier({ resolver: empty });
    expect(await verifier.verify("198.51.100.1", ["CURL", "UNKNOWN_BOT"])).toBe("unverifiable");
  });

  test("does not blame a phone for the names in its previews", () => {
    const ranges = [{ name: "Meta", ranges: ["203.0.113.0/24"], complete: true }];
    const verifier = botVerifier({ resolver: null, ranges });
    expect(verifier.check("198.51.100.1", ["FACEBOOK_CRAWLER"])).toBe("spoofed");
    expect(verifier.check("198.51.100.1", ["FACEBOOK_CRAWLER", "IMESSAGE_PREVIEW"])).toBe(
      "unverifiable",
    );
    expect(verifier.check("203.0.113.1", ["FACEBOOK_CRAWLER", "IMESSAGE_PREVIEW"])).toBe(
      "verified",
    );
  });

  test("gives up after its time", async () => {
    vi.useFakeTimers();
    try {
      const answer = botVerifier({ resolver: never }).verify("198.51.100.1", google);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(await answer).toBe("unverifiable");
    } finally {
      vi.useRealTimers();
    }
  });

  test("asks about no more clients at one time than it may", () => {
    const reverse = vi.fn<Resolver["reverse"]>(never.reverse);
    vi.useFakeTimers();
    const verifier = botVerifier({ resolver: { ...never, reverse } });
    for (let client = 0; client <= MAX_PENDING; client++)
      verifier.check(`198.51.100.${client}`, google);
    verifier.check("198.51.100.0", google);
    vi.useRealTimers();
    expect(reverse).toHaveBeenCalledTimes(MAX_PENDING);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses a timeout of %s", (timeout) => {
    expect(() => botVerifier({ timeout })).toThrow("Invalid `timeout`");
  });

  test("refuses blocks that are none", () => {
    expect(() => botVerifier({ ranges: [{ name: "GPTBot", ranges: ["1.2.3.4/33"] }] })).toThrow(
      "1.2.3.4/33",
    );
  });
});

test("the embedded blocks are dated, few and of known crawlers", () => {
  expect(crawlerRangesDate).toMatch(/^20\d\d-\d\d-\d\d$/);
  expect(crawlerRanges.map(({ name }) => name)).toContain("Googlebot");
  expect(crawlerRanges.flatMap(({ ranges }) => ranges).length).toBeLessThan(100);
});
