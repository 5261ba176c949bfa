// What is special about each rule but the limits, as the published JavaScript client sees them.
import { isMissingUserAgent, isSpoofedBot, isVerifiedBot } from "arcjet-inspect-official";
import { detectBot, filter, shield, validateEmail } from "arcjet-node-official";
import { describe, expect, test } from "vitest";
import { start } from "./harness.ts";
import { ATTACK, clientOf, GOOGLEBOT } from "./official-client.ts";

describe("bots", () => {
  const only = [detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE"] })];

  test("of a search engine are verified at its own address and spoofed elsewhere", async () => {
    const ask = clientOf(await start(), only);
    const headers = { "user-agent": GOOGLEBOT };
    const own = await ask({ ip: "66.249.66.1", headers });
    expect(own.results[0]?.reason).toMatchObject({ type: "BOT", verified: true, spoofed: false });
    expect(own.conclusion).toBe("ALLOW");
    expect(own.results.map((result) => isVerifiedBot(result as never))).toEqual([true]);
    const elsewhere = await ask({ ip: "93.184.216.34", headers });
    expect(elsewhere.results[0]?.reason).toMatchObject({ verified: false, spoofed: true });
    expect(elsewhere.results.map((result) => isSpoofedBot(result as never))).toEqual([true]);
  });

  test("that are not allowed are denied, by this server when the client does not know them", async () => {
    const ask = clientOf(await start(), only);
    const decision = await ask({ headers: { accept: undefined, "accept-language": undefined } });
    expect(decision).toMatchObject({
      conclusion: "DENY",
      reason: { type: "BOT", denied: ["UNKNOWN_BOT"] },
    });
  });

  test("in DRY_RUN are judged here, since the server's results replace the client's", async () => {
    const ask = clientOf(await start(), [detectBot({ mode: "DRY_RUN", allow: [] })]);
    const decision = await ask({ headers: { "user-agent": "curl/8.5.0" } });
    expect(decision.conclusion).toBe("ALLOW");
    expect(decision.results[0]).toMatchObject({
      state: "DRY_RUN",
      conclusion: "DENY",
      reason: { denied: ["CURL"] },
    });
  });

  test("a request without a user agent is an error whose text its helpers recognise", async () => {
    const ask = clientOf(await start(), only);
    const decision = await ask({ headers: { "user-agent": undefined } });
    expect(decision.conclusion).toBe("ERROR");
    expect(String(decision.results[0]?.reason.message)).toContain("missing User-Agent header");
    expect(decision.results.map((result) => isMissingUserAgent(result as never))).toEqual([true]);
  });
});

describe("e-mail addresses", () => {
  test("never have a type that the client has no name for", async () => {
    const ask = clientOf(await start(), [validateEmail({ mode: "LIVE", deny: ["INVALID"] })]);
    const decision = await ask({}, { email: "admin@example.org" });
    expect(decision.conclusion).toBe("ALLOW");
    expect(decision.results[0]?.reason).toMatchObject({ type: "EMAIL" });
  });
});

describe("filters", () => {
  test("on IP data, which only the server has, deny", async () => {
    const ask = clientOf(await start(), [
      filter({ mode: "LIVE", deny: ['ip.src.country eq "AU" and ip.src.vpn'] }),
    ]);
    expect((await ask({ ip: "8.8.8.8" })).conclusion).toBe("ALLOW");
    const denied = await ask({ ip: "1.1.1.1" });
    expect(denied).toMatchObject({ conclusion: "DENY", reason: { type: "FILTER" } });
    expect(denied.reason.matchedExpressions).toHaveLength(1);
    expect(denied.ttl).toBe(0);
  });
});

describe("shield", () => {
  test("denies an attack at once", async () => {
    const ask = clientOf(await start(), [shield({ mode: "LIVE" })]);
    const decision = await ask({ url: ATTACK });
    expect(decision).toMatchObject({
      conclusion: "DENY",
      reason: { type: "SHIELD", shieldTriggered: true },
    });
  });

  test("blocks a client within five suspicious requests, and only that client", async () => {
    const ask = clientOf(await start(), [shield({ mode: "LIVE" })]);
    const headers = { "x-arcjet-suspicious": "true" };
    const conclusions: string[] = [];
    for (let i = 0; i < 6; i++) conclusions.push((await ask({ headers })).conclusion);
    expect(conclusions.slice(0, 4)).toEqual(["ALLOW", "ALLOW", "ALLOW", "ALLOW"]);
    expect(conclusions[5]).toBe("DENY");
    expect((await ask()).conclusion).toBe("DENY");
    expect((await ask({ ip: "8.8.4.4" })).conclusion).toBe("ALLOW");
  });
});
