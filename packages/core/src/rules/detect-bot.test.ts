import { botVerifier, type BotVerifier, type Resolver, type SignatureVerdict } from "@arcjet/bots";
import { describe, expect, test, vi } from "vitest";
import { normalizeRequest } from "../normalize.ts";
import type { RuleContext, Verdict } from "../rule.ts";
import { fakeRequest, type FakeRequestOptions } from "../testing.ts";
import { detectBot, type DetectBotOptions } from "./detect-bot.ts";

const GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
const GOOGLE_IP = "66.249.66.1";
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

function contextOf(
  options: FakeRequestOptions & { readonly userAgent?: string | undefined },
): RuleContext {
  const { userAgent, headers, ...rest } = options;
  const all = "userAgent" in options ? { "user-agent": userAgent, ...headers } : headers;
  const parts = fakeRequest({ ...rest, ...(all && { headers: all }) });
  const surroundings = {
    proxies: undefined,
    platform: undefined,
    development: false,
    ignoreCase: false,
  };
  return {
    request: normalizeRequest(parts, surroundings),
    props: undefined,
    facts: () => undefined,
    identify: () => {
      throw new Error("not used");
    },
    record: () => {},
    now: () => 0,
    log: quiet,
    development: false,
  };
}

function judge(options: DetectBotOptions, request: Parameters<typeof contextOf>[0]) {
  // A bot rule asks no store, so what it gives is a verdict or a promise of one.
  return detectBot(options).evaluate(contextOf(request)) as Verdict | Promise<Verdict>;
}

const noDns = botVerifier({ resolver: null });
const allowNone: DetectBotOptions = { allow: [], verifier: noDns };
const nothing = {
  type: "BOT",
  allowed: [],
  denied: [],
  verified: false,
  spoofed: false,
  signals: [],
};

describe("lists", () => {
  test("a browser is allowed by every list", () => {
    for (const options of [allowNone, { deny: ["CATEGORY:UNKNOWN"] }] satisfies DetectBotOptions[])
      expect(judge(options, {})).toEqual({ conclusion: "ALLOW", reason: nothing });
  });

  test.each<[string, DetectBotOptions, string, "ALLOW" | "DENY"]>([
    ["an allowed bot", { allow: ["CURL"] }, "curl/8.5.0", "ALLOW"],
    ["any other bot", { allow: ["CURL"] }, "Wget/1.21", "DENY"],
    ["a bot of an allowed category", { allow: ["CATEGORY:TOOL"] }, "curl/8.5.0", "ALLOW"],
    ["every bot when none is allowed", { allow: [] }, "curl/8.5.0", "DENY"],
    ["a denied bot", { deny: ["CURL"] }, "curl/8.5.0", "DENY"],
    ["a bot that is not denied", { deny: ["CURL"] }, "Wget/1.21", "ALLOW"],
    ["no bot when none is denied", { deny: [] }, "curl/8.5.0", "ALLOW"],
    ["an allowed bot beside one that is not", { allow: ["CURL"] }, "curl/8.5.0 bingbot", "DENY"],
    ["a denied bot beside one that is not", { deny: ["CURL"] }, "curl/8.5.0 bingbot", "DENY"],
    ["a bot nobody has named", { allow: ["CURL"] }, "AcmeCrawler/1.0", "DENY"],
    [
      "a bot nobody has named, allowed",
      { allow: ["CATEGORY:UNKNOWN"] },
      "AcmeCrawler/1.0",
      "ALLOW",
    ],
    ["a bot with two names, one allowed", { allow: ["CCBOT_CRAWLER"] }, "CCBot/2.0", "ALLOW"],
    ["a bot with two names, one denied", { deny: ["CCBOT_CRAWLER"] }, "CCBot/2.0", "DENY"],
  ])("%s", (_, options, userAgent, expected) => {
    expect(judge({ ...options, verifier: noDns }, { userAgent })).toHaveProperty(
      "conclusion",
      expected,
    );
  });

  test("the reason names what was allowed and what was denied", () => {
    const options: DetectBotOptions = { allow: ["CURL"], verifier: noDns };
    expect(judge(options, { userAgent: "curl/8.5.0 bingbot" })).toEqual({
      conclusion: "DENY",
      reason: { ...nothing, allowed: ["CURL"], denied: ["BING_CRAWLER"] },
    });
  });
});

describe("a request without a user agent", () => {
  test.each([undefined, "", "   "])("is an error by default (%j)", (userAgent) => {
    const verdict = judge(allowNone, { userAgent }) as Verdict;
    expect(verdict.conclusion).toBe("ERROR");
    expect(verdict.reason).toMatchObject({ type: "ERROR" });
    expect(JSON.stringify(verdict.reason)).toContain("missing User-Agent header");
  });

  test("is denied or allowed where the rule says so", () => {
    const signals = ["missing-user-agent"];
    const asked = { userAgent: undefined };
    expect(judge({ ...allowNone, missingUserAgent: "deny" }, asked)).toEqual({
      conclusion: "DENY",
      reason: { ...nothing, denied: ["UNKNOWN_BOT"], signals },
    });
    expect(judge({ ...allowNone, missingUserAgent: "allow" }, asked)).toEqual({
      conclusion: "ALLOW",
      reason: { ...nothing, allowed: ["UNKNOWN_BOT"], signals },
    });
  });
});

describe("signals beyond the user agent", () => {
  test("make a bot of a browser that sends no Accept", () => {
    expect(judge(allowNone, { headers: { accept: undefined } })).toEqual({
      conclusion: "DENY",
      reason: { ...nothing, denied: ["UNKNOWN_BOT"], signals: ["missing-accept"] },
    });
  });

  test("are not drawn from headers that an access log does not hold", () => {
    const request = { headers: { accept: undefined }, complete: false };
    expect(judge(allowNone, request)).toHaveProperty("conclusion", "ALLOW");
  });

  test("stand beside the names of a bot", () => {
    const userAgent = `${fakeRequest().headers.get("user-agent")} Googlebot/2.1`;
    expect(judge(allowNone, { userAgent, headers: { accept: undefined } })).toMatchObject({
      reason: { denied: ["GOOGLE_CRAWLER"], signals: ["missing-accept"] },
    });
  });
});

describe("verification by address", () => {
  const resolver = (reverse: Resolver["reverse"]): BotVerifier =>
    botVerifier({ resolver: { reverse, addresses: async () => [] } });
  const nameless = async () => [];

  test("is immediate where the address is known", () => {
    expect(judge(allowNone, { userAgent: GOOGLE, ip: GOOGLE_IP })).toMatchObject({
      conclusion: "DENY",
      reason: { verified: true, spoofed: false },
    });
  });

  test("goes on behind the scenes by default, and is known to a later request", async () => {
    const options: DetectBotOptions = { allow: ["GOOGLE_CRAWLER"], verifier: resolver(nameless) };
    const rule = detectBot(options);
    const context = contextOf({ userAgent: GOOGLE });
    expect(rule.evaluate(context)).toMatchObject({ reason: { spoofed: false, verified: false } });
    await vi.waitFor(() =>
      expect(rule.evaluate(context)).toMatchObject({
        conclusion: "ALLOW",
        reason: { spoofed: true },
      }),
    );
  });

  test("holds the request up where the rule says so", async () => {
    const options: DetectBotOptions = {
      allow: ["GOOGLE_CRAWLER"],
      verify: "await",
      verifier: resolver(nameless),
    };
    const verdict = judge(options, { userAgent: GOOGLE });
    expect(verdict).toBeInstanceOf(Promise);
    expect(await verdict).toMatchObject({ conclusion: "ALLOW", reason: { spoofed: true } });
  });

  test("denies a spoofed bot only where the rule says so", async () => {
    const options: DetectBotOptions = {
      allow: ["GOOGLE_CRAWLER"],
      denySpoofed: true,
      verify: "await",
      verifier: resolver(nameless),
    };
    expect(await judge(options, { userAgent: GOOGLE })).toMatchObject({
      conclusion: "DENY",
      reason: { allowed: [], denied: ["GOOGLE_CRAWLER"], spoofed: true },
    });
  });

  test("never calls a bot spoofed because a name server failed", async () => {
    const failing = resolver(() => Promise.reject(new Error("SERVFAIL")));
    const options: DetectBotOptions = {
      deny: [],
      denySpoofed: true,
      verify: "await",
      verifier: failing,
    };
    expect(await judge(options, { userAgent: GOOGLE })).toMatchObject({
      conclusion: "ALLOW",
      reason: { verified: false, spoofed: false },
    });
  });

  test.each<[string, Partial<DetectBotOptions>, Parameters<typeof contextOf>[0]]>([
    ["where the rule forbids it", { verify: "off" }, { userAgent: GOOGLE }],
    [
      "of an address nobody vouches for",
      {},
      { userAgent: GOOGLE, ip: "10.0.0.1", headers: { "x-forwarded-for": "93.184.216.34" } },
    ],
    ["of a browser", {}, {}],
  ])("asks nobody %s", (_, options, request) => {
    const reverse = vi.fn<Resolver["reverse"]>(nameless);
    const judged = judge(
      { ...options, deny: [], verifier: resolver(reverse) } as DetectBotOptions,
      request,
    );
    expect(judged).toMatchObject({
      conclusion: "ALLOW",
      reason: { verified: false, spoofed: false },
    });
    expect(reverse).not.toHaveBeenCalled();
  });
});

describe("verification by signature", () => {
  const headers = {
    "signature-agent": '"https://bot.example"',
    "signature-input": "sig1=()",
    signature: "sig1=::",
  };
  const signedBy = (verdict: SignatureVerdict): BotVerifier => ({
    ...noDns,
    signatures: { applies: () => true, verify: () => Promise.resolve(verdict) },
  });
  const signer = ["OPENAI_CRAWLER_USER"];

  test("names the bot behind the user agent of a browser", async () => {
    const verifier = signedBy({ verification: "verified", bots: signer });
    expect(await judge({ allow: ["OPENAI_CRAWLER_USER"], verifier }, { headers })).toEqual({
      conclusion: "ALLOW",
      reason: { ...nothing, allowed: signer, verified: true, signals: ["signature-agent"] },
    });
  });

  test("does not verify a bot the signer does not answer for", async () => {
    const verifier = signedBy({ verification: "verified", bots: signer });
    expect(await judge({ allow: [], verifier }, { userAgent: GOOGLE, headers })).toMatchObject({
      conclusion: "DENY",
      reason: { denied: ["GOOGLE_CRAWLER"], verified: false },
    });
  });

  test("shows a wrong signature as spoofed", async () => {
    const verifier = signedBy({ verification: "spoofed", bots: signer });
    expect(await judge({ deny: [], denySpoofed: true, verifier }, { headers })).toMatchObject({
      conclusion: "DENY",
      reason: { denied: ["UNKNOWN_BOT"], spoofed: true },
    });
  });

  test("leaves it to the address where it proves nothing", async () => {
    const verifier = signedBy({ verification: "unverifiable", bots: [] });
    const request = { userAgent: GOOGLE, headers, ip: GOOGLE_IP };
    expect(await judge({ deny: [], verifier }, request)).toMatchObject({
      reason: { verified: true },
    });
  });

  test("is no reason to wait where nobody checks signatures", () => {
    expect(judge(allowNone, { headers })).toMatchObject({
      conclusion: "DENY",
      reason: { denied: ["UNKNOWN_BOT"], signals: ["signature-agent"] },
    });
  });
});

describe("detectBot", () => {
  test("describes itself", () => {
    expect(detectBot({ mode: "LIVE", allow: ["CURL"] }).spec).toEqual({
      type: "BOT",
      mode: "LIVE",
      allow: ["CURL"],
      missingUserAgent: "error",
      denySpoofed: false,
    });
    expect(detectBot({ deny: [] }).spec).toMatchObject({ mode: "DRY_RUN", deny: [] });
  });

  test.each<[string, unknown, string]>([
    ["no options", undefined, "expected object"],
    ["no list", {}, "allow"],
    ["two lists", { allow: [], deny: [] }, "deny"],
    ["a list that is none", { allow: "CURL" }, "`allow`"],
    ["an unknown name", { allow: ["CURLL"] }, 'Did you mean "CURL"?'],
    ["an unknown mode", { mode: "live", allow: [] }, "`mode`"],
    ["an unknown option", { allow: [], block: [] }, "`block`"],
    ["an unknown answer", { allow: [], missingUserAgent: "block" }, "`missingUserAgent`"],
    ["an unknown time", { allow: [], verify: "always" }, "`verify`"],
    ["no verifier", { allow: [], verifier: {} }, "`verifier`"],
    ["null for one", { allow: [], verifier: null }, "`verifier`"],
  ])("refuses %s", (_, options, message) => {
    // A caller without types may pass anything.
    expect(() => detectBot(options as DetectBotOptions)).toThrow(message);
  });
});
