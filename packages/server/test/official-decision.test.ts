// Whole decisions, as the published JavaScript client sees them, and what it sends.
import {
  detectBot,
  filter,
  fixedWindow,
  protectSignup,
  sensitiveInfo,
  shield,
  slidingWindow,
  validateEmail,
} from "arcjet-node-official";
import { describe, expect, test } from "vitest";
import type { SiteDecision } from "../src/index.ts";
import { start } from "./harness.ts";
import { clientOf } from "./official-client.ts";

describe("a decision", () => {
  test("has its results in the order in which the client sent the rules", async () => {
    const ask = clientOf(await start(), [
      detectBot({ mode: "LIVE", allow: [] }),
      fixedWindow({ mode: "LIVE", window: 60, max: 5 }),
      slidingWindow({ mode: "DRY_RUN", interval: 60, max: 7 }),
      filter({ mode: "LIVE", deny: ["ip.src.tor"] }),
      shield({ mode: "LIVE" }),
    ]);
    const { results, conclusion } = await ask();
    expect(conclusion).toBe("ALLOW");
    expect(results.map(({ reason, state }) => [reason.type, state])).toEqual([
      ["FILTER", "RUN"],
      ["SHIELD", "RUN"],
      ["RATE_LIMIT", "RUN"],
      ["RATE_LIMIT", "DRY_RUN"],
      ["BOT", "RUN"],
    ]);
    expect(results.map(({ reason }) => reason.max)).toEqual([
      undefined,
      undefined,
      5,
      7,
      undefined,
    ]);
  });

  test("says what is known about the address", async () => {
    const ask = clientOf(await start(), [shield({ mode: "LIVE" })]);
    const { ip } = await ask({ ip: "8.8.8.8" });
    expect(ip).toMatchObject({ country: "US", asn: "15169" });
    expect([ip.isHosting(), ip.isVpn()]).toEqual([true, false]);
  });

  test("says where an address is, where that is known to be 0° north and 0° east too", async () => {
    const facts = { latitude: 0, longitude: 0, accuracyRadius: 50, city: "Buoy" };
    const ask = clientOf(await start({ geo: () => facts }), [shield({ mode: "LIVE" })]);
    expect((await ask()).ip).toMatchObject(facts);
    const vague = clientOf(await start({ geo: () => ({ city: "Buoy" }) }), [
      shield({ mode: "LIVE" }),
    ]);
    expect((await vague()).ip.latitude).toBeUndefined();
  });

  test("denies for a live rule alone, whatever those in DRY_RUN say", async () => {
    const ask = clientOf(await start(), [
      fixedWindow({ mode: "DRY_RUN", window: 60, max: 1 }),
      fixedWindow({ mode: "LIVE", window: 60, max: 3 }),
    ]);
    const dry = (conclusion: string) => ({ state: "DRY_RUN", conclusion });
    expect(await ask()).toMatchObject({ conclusion: "ALLOW", results: [dry("ALLOW"), {}] });
    for (let i = 0; i < 2; i++)
      expect(await ask()).toMatchObject({ conclusion: "ALLOW", results: [dry("DENY"), {}] });
    expect(await ask()).toMatchObject({
      conclusion: "DENY",
      reason: { type: "RATE_LIMIT", max: 3 },
      results: [dry("DENY"), { state: "RUN", conclusion: "DENY" }],
    });
  });

  test("judges a signup by its limit, its bots and its address", async () => {
    const rules = protectSignup({
      rateLimit: { mode: "LIVE", interval: 60, max: 2 },
      bots: { mode: "LIVE", allow: [] },
      email: { mode: "LIVE", deny: ["DISPOSABLE"] },
    });
    const ask = clientOf(await start(), [rules]);
    const decision = await ask({}, { email: "someone@mailinator.com" });
    expect(decision).toMatchObject({ conclusion: "DENY", reason: { type: "EMAIL" } });
    expect(decision.results.map(({ reason }) => reason.type)).toEqual([
      "RATE_LIMIT",
      "BOT",
      "EMAIL",
    ]);
    expect((await ask({}, { email: "ada@example.org" })).conclusion).toBe("ALLOW");
    expect(await ask({}, { email: "ada@example.org" })).toMatchObject({
      conclusion: "DENY",
      reason: { type: "RATE_LIMIT" },
    });
  });

  test("about an address of which nothing is known has nothing to say of it", async () => {
    const ask = clientOf(await start({ geo: () => undefined }), [shield({ mode: "LIVE" })]);
    const decision = await ask();
    expect(decision.conclusion).toBe("ALLOW");
    expect(decision.ip.country).toBeUndefined();
  });

  test("says that sensitive information was not looked for here", async () => {
    const ask = clientOf(await start(), [sensitiveInfo({ mode: "LIVE", deny: ["EMAIL"] })]);
    const decision = await ask({}, { sensitiveInfoValue: "nothing to see" });
    expect(decision.conclusion).toBe("ALLOW");
    expect(decision.results[0]).toMatchObject({ state: "NOT_RUN", conclusion: "ALLOW" });
  });

  test("tells an option that no rule can have as the error of that rule alone", async () => {
    const ask = clientOf(await start(), [
      fixedWindow({ mode: "LIVE", window: 60, max: 0 }),
      slidingWindow({ mode: "LIVE", interval: 60, max: 5 }),
    ]);
    const decision = await ask();
    expect(decision.conclusion).toBe("ERROR");
    expect(String(decision.results[0]?.reason.message)).toContain("`max`");
    expect(decision.results[1]).toMatchObject({ conclusion: "ALLOW", reason: { remaining: 4 } });
  });
});

describe("what the client sends", () => {
  test("holds no secret in the clear", async () => {
    const seen: string[] = [];
    const started = await start({
      sinks: [({ request }) => void seen.push(JSON.stringify(request.props))],
    });
    const ask = clientOf(started, [
      sensitiveInfo({ mode: "LIVE", deny: ["CREDIT_CARD_NUMBER"] }),
      filter({ mode: "LIVE", deny: ['local["a"] eq "b"'] }),
    ]);
    await ask({}, { sensitiveInfoValue: "4111 secret", filterLocal: { a: "secret" } });
    expect(seen).toHaveLength(1);
    expect(seen[0]).not.toContain("secret");
    expect(seen[0]).toContain("<redacted>");
  });

  test("is a report when it decides by itself, and the server takes it", async () => {
    const reported = Promise.withResolvers<unknown>();
    const started = await start({ sinks: [reported.resolve] });
    const ask = clientOf(started, [
      detectBot({ mode: "LIVE", allow: [] }),
      validateEmail({ mode: "LIVE", deny: ["FREE"] }),
    ]);
    const asked = { headers: { "user-agent": "curl/8.5.0" } };
    expect((await ask(asked, { email: "ada@example.org" })).id).toMatch(/^lreq_/);
    expect(await reported.promise).toMatchObject({
      site: "shop",
      source: "report",
      decision: {
        conclusion: "DENY",
        reason: { type: "BOT", denied: ["CURL"] },
        results: [
          { type: "BOT", state: "RUN" },
          { type: "EMAIL", state: "NOT_RUN" },
        ],
      },
    });
  });
});

describe("a client that cannot be served", () => {
  test("reports what it decided without the server", async () => {
    const reported = Promise.withResolvers<SiteDecision>();
    const started = await start({ sinks: [reported.resolve] });
    // A characteristic that only this server refuses.
    const ask = clientOf(started, [shield({ mode: "LIVE" })], ["http.request.cookie.x.y"]);
    const decision = await ask({}, { "http.request.cookie.x.y": "a" });
    expect(decision.conclusion).toBe("ERROR");
    const { source, decision: told } = await reported.promise;
    expect([source, told.conclusion, told.id]).toEqual(["report", "ERROR", decision.id]);
  });

  test("that has more rules than there may be lets requests through, and reports that", async () => {
    const reported = Promise.withResolvers<SiteDecision>();
    const started = await start({ sinks: [reported.resolve] });
    const rules = Array.from({ length: 11 }, (_, max) =>
      fixedWindow({ mode: "LIVE", window: 60, max: max + 1 }),
    );
    expect((await clientOf(started, rules)()).conclusion).toBe("ERROR");
    expect(await reported.promise).toMatchObject({ source: "report", specs: [] });
  });

  test("lets requests through with an error when its key is wrong", async () => {
    const ask = clientOf({ ...(await start()), key: "ajkey_wrong_wrong_wrong" }, [
      shield({ mode: "LIVE" }),
    ]);
    const decision = await ask();
    expect(decision.conclusion).toBe("ERROR");
    expect(String(decision.reason.message)).toContain("unauthenticated");
  });

  test("lets requests through with an error when the server is gone", async () => {
    const started = await start();
    const ask = clientOf(started, [shield({ mode: "LIVE" })]);
    expect((await ask()).conclusion).toBe("ALLOW");
    await started.server.close(0);
    expect((await ask()).conclusion).toBe("ERROR");
  });
});
