// The published JavaScript client, unchanged, against this server.
import official, {
  createRemoteClient,
  detectBot,
  filter,
  fixedWindow,
  sensitiveInfo,
  shield,
  slidingWindow,
  tokenBucket,
  validateEmail,
} from "arcjet-node-official";
import { describe, expect, test } from "vitest";
import { quiet, start, type Started } from "./harness.ts";

const BROWSER = {
  host: "example.com",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "accept-language": "en-US,en;q=0.5",
  "accept-encoding": "gzip, deflate, br",
};
const GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

interface Asked {
  readonly url?: string;
  readonly ip?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

function request({ url = "/", ip = "93.184.216.34", headers = {} }: Asked = {}) {
  const all = Object.entries({ ...BROWSER, ...headers }).filter(([, value]) => value !== undefined);
  return { method: "GET", url, headers: Object.fromEntries(all), socket: { remoteAddress: ip } };
}

interface OfficialResult {
  readonly ruleId: string;
  readonly fingerprint: string;
  readonly ttl: number;
  readonly state: string;
  readonly conclusion: string;
  readonly reason: Readonly<Record<string, unknown>> & { readonly type?: string };
}

interface OfficialDecision extends Omit<OfficialResult, "ruleId" | "fingerprint" | "state"> {
  readonly id: string;
  readonly results: readonly OfficialResult[];
  readonly ip: Readonly<Record<string, unknown>> & { isHosting(): boolean; isVpn(): boolean };
}

/** A client with these rules, and what it decides about a request. */
function clientOf(
  { url, key }: Pick<Started, "url" | "key">,
  rules: readonly unknown[],
  characteristics: readonly string[] = [],
) {
  const aj = official({
    key,
    client: createRemoteClient({ baseUrl: url, timeout: 5_000 }),
    log: quiet,
    rules: rules as never,
    ...(characteristics.length > 0 && { characteristics }),
  });
  return async (asked?: Asked, props?: Readonly<Record<string, unknown>>) =>
    (await aj.protect(request(asked) as never, props as never)) as unknown as OfficialDecision;
}

describe("limits", () => {
  test.each([
    ["fixed window", fixedWindow({ mode: "LIVE", window: 60, max: 2 }), 60],
    ["sliding window", slidingWindow({ mode: "LIVE", interval: 60, max: 2 }), undefined],
    ["token bucket", tokenBucket({ mode: "LIVE", refillRate: 1, interval: 60, capacity: 2 }), 60],
  ])(
    "of a %s deny the third request, and the fourth from the client's own memory",
    async (_, rule, reset) => {
      const ask = clientOf(await start(), [rule]);
      const props = { requested: 1 };
      expect((await ask({}, props)).reason).toMatchObject({
        type: "RATE_LIMIT",
        max: 2,
        remaining: 1,
      });
      expect((await ask({}, props)).conclusion).toBe("ALLOW");
      const third = await ask({}, props);
      expect(third).toMatchObject({
        conclusion: "DENY",
        reason: { type: "RATE_LIMIT", remaining: 0 },
      });
      expect(third.id).toMatch(/^req_[0-9a-hjkmnp-tv-z]{26}$/);
      expect(third.results[0]).toMatchObject({ state: "RUN", ttl: third.ttl });
      if (reset !== undefined) expect(third.ttl).toBe(reset);
      const fourth = await ask({}, props);
      expect(fourth.id).toMatch(/^lreq_/);
      expect(fourth.results[0]).toMatchObject({
        state: "CACHED",
        conclusion: "DENY",
        ruleId: third.results[0]!.ruleId,
      });
      expect((await ask({ ip: "8.8.4.4" }, props)).conclusion).toBe("ALLOW");
    },
  );

  test("in DRY_RUN report what they would deny, and deny nothing, not even from memory", async () => {
    const ask = clientOf(await start(), [fixedWindow({ mode: "DRY_RUN", window: 60, max: 1 })]);
    await ask();
    for (let i = 0; i < 2; i++) {
      const decision = await ask();
      expect(decision.conclusion).toBe("ALLOW");
      expect(decision.results[0]).toMatchObject({ state: "DRY_RUN", conclusion: "DENY", ttl: 0 });
    }
  });

  test("count again when their window has passed", async () => {
    const started = await start();
    const rules = [fixedWindow({ mode: "LIVE", window: 60, max: 1 })];
    await clientOf(started, rules)();
    expect((await clientOf(started, rules)()).conclusion).toBe("DENY");
    started.advance(60_000);
    expect((await clientOf(started, rules)()).conclusion).toBe("ALLOW");
  });

  test("are shared by clients whose other rules differ", async () => {
    const started = await start();
    const rule = fixedWindow({ mode: "LIVE", window: 60, max: 1 });
    await clientOf(started, [rule])();
    expect((await clientOf(started, [shield({ mode: "LIVE" }), rule])()).conclusion).toBe("DENY");
  });

  test("take the units that are asked for, and are not remembered for more than they are", async () => {
    const ask = clientOf(await start(), [
      tokenBucket({ mode: "LIVE", refillRate: 1, interval: 60, capacity: 10 }),
    ]);
    expect((await ask({}, { requested: 7 })).conclusion).toBe("ALLOW");
    expect((await ask({}, { requested: 7 })).conclusion).toBe("DENY");
    const small = await ask({}, { requested: 3 });
    expect(small).toMatchObject({ conclusion: "ALLOW", reason: { remaining: 0 } });
  });

  test("count by characteristics of the application's own", async () => {
    const ask = clientOf(await start(), [
      fixedWindow({ mode: "LIVE", window: 60, max: 1, characteristics: ["userId"] }),
    ]);
    expect((await ask({}, { userId: "a" })).conclusion).toBe("ALLOW");
    expect((await ask({}, { userId: "b" })).conclusion).toBe("ALLOW");
    expect((await ask({ ip: "8.8.4.4" }, { userId: "a" })).conclusion).toBe("DENY");
  });

  test("tell users apart whose values only read the same when they are put together", async () => {
    const ask = clientOf(await start(), [
      fixedWindow({ mode: "LIVE", window: 60, max: 1, characteristics: ["a", "ab"] }),
    ]);
    expect((await ask({}, { a: "1", ab: "2" })).conclusion).toBe("ALLOW");
    expect((await ask({}, { a: "1ab", ab: "2" })).conclusion).toBe("ALLOW");
  });
});

describe("bots", () => {
  const only = [detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE"] })];

  test("of a search engine are verified at its own address and spoofed elsewhere", async () => {
    const ask = clientOf(await start(), only);
    const headers = { "user-agent": GOOGLEBOT };
    const own = await ask({ ip: "66.249.66.1", headers });
    expect(own.results[0]?.reason).toMatchObject({ type: "BOT", verified: true, spoofed: false });
    expect(own.conclusion).toBe("ALLOW");
    const elsewhere = await ask({ ip: "93.184.216.34", headers });
    expect(elsewhere.results[0]?.reason).toMatchObject({ verified: false, spoofed: true });
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
  });
});

describe("e-mail addresses", () => {
  test.each([
    ["FREE", "someone@gmail.com"],
    ["DISPOSABLE", "someone@mailinator.com"],
    ["INVALID", "someone"],
  ] as const)("that are %s are denied", async (type, email) => {
    const ask = clientOf(await start(), [validateEmail({ mode: "LIVE", deny: [type] })]);
    const decision = await ask({}, { email });
    expect(decision).toMatchObject({ conclusion: "DENY", reason: { type: "EMAIL" } });
    expect(decision.reason.emailTypes).toContain(type);
  });

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

  test("in DRY_RUN report their match", async () => {
    const ask = clientOf(await start(), [
      filter({ mode: "DRY_RUN", deny: ['http.request.uri.path eq "/a"'] }),
    ]);
    const decision = await ask({ url: "/a" });
    expect(decision.conclusion).toBe("ALLOW");
    expect(decision.results[0]).toMatchObject({ state: "DRY_RUN", conclusion: "DENY" });
  });
});

describe("shield", () => {
  test("denies an attack at once", async () => {
    const ask = clientOf(await start(), [shield({ mode: "LIVE" })]);
    const decision = await ask({ url: "/?q=%27%20UNION%20SELECT%20password%20FROM%20users--%20" });
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

  test("in DRY_RUN blocks nobody", async () => {
    const ask = clientOf(await start(), [shield({ mode: "DRY_RUN" })]);
    const decision = await ask({ url: "/?q=%27%20UNION%20SELECT%20password%20FROM%20users--%20" });
    expect(decision.conclusion).toBe("ALLOW");
    expect(decision.results[0]).toMatchObject({ state: "DRY_RUN", conclusion: "DENY" });
  });
});

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
      onDecision: (decision) => void seen.push(JSON.stringify(decision.request.props)),
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
    const started = await start({ onDecision: reported.resolve });
    const ask = clientOf(started, [detectBot({ mode: "LIVE", allow: [] })]);
    expect((await ask({ headers: { "user-agent": "curl/8.5.0" } })).id).toMatch(/^lreq_/);
    expect(await reported.promise).toMatchObject({
      site: "shop",
      source: "report",
      decision: { conclusion: "DENY", reason: { type: "BOT", denied: ["CURL"] } },
    });
  });
});

describe("a client that cannot be served", () => {
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
