import { describe, expect, it } from "vitest";
import { memoryStore, type Store } from "@arcjet/rate-limit";
import arcjet from "./arcjet.ts";
import type { ArcjetOptions } from "./arcjet-options.ts";
import { createClient } from "./client.ts";
import { readHeaders } from "./headers.ts";
import type { Logger } from "./log.ts";
import type { Rule, Verdict } from "./rule.ts";
import { filter } from "./rules/filter.ts";
import { fixedWindow } from "./rules/fixed-window.ts";
import { slidingWindow } from "./rules/sliding-window.ts";
import { tokenBucket } from "./rules/token-bucket.ts";
import type { DecisionRecord } from "./sink.ts";
import { fakeClock, fakeRequest } from "./testing.ts";

const warnings: string[] = [];
const note = (_: unknown, message: string): void => void warnings.push(message);
const log: Logger = { debug: note, info: note, warn: note, error: note };

type Plain = Rule<{ readonly requested?: number }>;
const client = (rules: readonly Plain[], more: Partial<ArcjetOptions<readonly Plain[]>> = {}) =>
  arcjet({ rules, log, ...more });

function custom(
  conclusion: Verdict["conclusion"] | "throw" | "hang",
  mode: "LIVE" | "DRY_RUN" = "LIVE",
) {
  let calls = 0;
  const rule: Plain = {
    spec: { type: "CUSTOM", mode, name: conclusion },
    reads: [],
    evaluate: () => {
      calls++;
      if (conclusion === "throw") throw new Error("broken");
      if (conclusion === "hang") return new Promise(() => {});
      return { conclusion, reason: { type: "CUSTOM", name: conclusion } };
    },
  };
  return { rule, calls: () => calls };
}

const bucket = (capacity: number, mode: "LIVE" | "DRY_RUN" = "LIVE") =>
  tokenBucket({ mode, refillRate: 1, interval: 10, capacity });
const windowOf = (max: number, mode: "LIVE" | "DRY_RUN" = "LIVE") =>
  fixedWindow({ mode, window: 60, max });

describe("a decision", () => {
  it("allows when every live rule allows", async () => {
    const decision = await client([custom("ALLOW").rule, custom("DENY", "DRY_RUN").rule]).protect(
      fakeRequest(),
    );
    expect(decision.isAllowed()).toBe(true);
    expect(decision.results.map(({ state, conclusion }) => [state, conclusion])).toEqual([
      ["RUN", "ALLOW"],
      ["DRY_RUN", "DENY"],
    ]);
  });

  it("takes its reason from the first live denial, and does not run live rules after it", async () => {
    const later = custom("DENY");
    const dry = custom("ALLOW", "DRY_RUN");
    const decision = await client([
      custom("ALLOW").rule,
      custom("DENY").rule,
      later.rule,
      dry.rule,
    ]).protect(fakeRequest());
    expect(decision.isDenied()).toBe(true);
    expect(decision.results.map(({ state }) => state)).toEqual([
      "RUN",
      "RUN",
      "NOT_RUN",
      "DRY_RUN",
    ]);
    expect([later.calls(), dry.calls()]).toEqual([0, 1]);
  });

  it("keeps the declared order of results whatever the order of evaluation", async () => {
    const decision = await client([custom("ALLOW").rule, bucket(1)]).protect(fakeRequest());
    expect(decision.results.map(({ type }) => type)).toEqual(["CUSTOM", "RATE_LIMIT"]);
  });

  it("prints and serialises as plain data", async () => {
    const decision = await client([bucket(3)]).protect(fakeRequest());
    const data = JSON.parse(JSON.stringify(decision));
    expect(data).toMatchObject({
      conclusion: "ALLOW",
      reason: { type: "RATE_LIMIT", max: 3, remaining: 2 },
      results: [
        { type: "RATE_LIMIT", state: "RUN", fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) },
      ],
      ip: {},
    });
    expect(Object.keys(decision.reason)).not.toContain("isRateLimit");
    expect(decision.reason.isRateLimit() && decision.reason.remaining).toBe(2);
    expect(decision.id).toBe(data.id);
  });

  it("is made without a promise when nothing has to be waited for", () => {
    expect(
      client([bucket(3), windowOf(3), custom("ALLOW").rule]).decide(fakeRequest()),
    ).not.toBeInstanceOf(Promise);
  });
});

describe("failure", () => {
  it.each([
    ["allow", "throw", "ERROR", true],
    ["deny", "throw", "DENY", false],
    ["allow", "hang", "ERROR", true],
    ["deny", "hang", "DENY", false],
  ] as const)(
    "with onError %j and a rule that does %j concludes %s",
    async (onError, kind, conclusion, allowed) => {
      const decision = await client([custom("ALLOW").rule, custom(kind).rule], {
        onError,
        timeout: 5,
      }).protect(fakeRequest());
      expect([decision.conclusion, decision.isAllowed()]).toEqual([conclusion, allowed]);
      expect(decision.reason.isError() && decision.reason.message).toBe(
        kind === "throw" ? "broken" : "no answer within 5 ms",
      );
    },
  );

  it("of a rule in DRY_RUN does not change the conclusion", async () => {
    const decision = await client([custom("ALLOW").rule, custom("throw", "DRY_RUN").rule]).protect(
      fakeRequest(),
    );
    expect(decision.conclusion).toBe("ALLOW");
  });

  it("never outweighs a denial", async () => {
    const decision = await client([custom("throw").rule, custom("DENY").rule]).protect(
      fakeRequest(),
    );
    expect(decision.conclusion).toBe("DENY");
  });

  it.each([
    [
      "throws",
      (): never => {
        throw new Error("store away");
      },
    ],
    ["rejects", () => Promise.reject(new Error("store away"))],
  ])("of a store that %s is an error of each limit", async (_, take) => {
    const store: Store = { take, peek: take, reset: () => {} };
    const decision = await client([bucket(1), windowOf(1)], { store }).protect(fakeRequest());
    expect(decision.results.map(({ conclusion }) => conclusion)).toEqual(["ERROR", "ERROR"]);
    expect(decision.isErrored()).toBe(true);
  });

  it("of a sink is only logged", async () => {
    warnings.length = 0;
    const sinks = [
      () => {
        throw new Error("sink");
      },
      () => Promise.reject(new Error("sink")),
    ];
    const decision = await client([custom("ALLOW").rule], { sinks }).protect(fakeRequest());
    await Promise.resolve();
    expect(decision.isAllowed()).toBe(true);
    expect(warnings).toEqual(["a sink failed", "a sink failed"]);
  });

  it("of reading the request follows onError", async () => {
    const read = (): never => {
      throw new Error("no request");
    };
    const aj = createClient({ rules: [custom("ALLOW").rule], onError: "deny", log }, { read });
    const decision = await aj.protect({});
    expect([decision.isDenied(), decision.reason.isError()]).toEqual([true, true]);
  });
});

describe("limits", () => {
  it("ask the store once for a request, whatever their number", async () => {
    let calls = 0;
    const clock = fakeClock();
    const inner = {
      limits: [[0, 0, 0].map(() => ({ allowed: true, remaining: 1, resetMs: 0, retryAfterMs: 0 }))],
      strikes: [],
    };
    const store: Store = { take: () => (calls++, inner), peek: () => inner, reset: () => {} };
    await client([bucket(5), windowOf(5), slidingWindow({ mode: "LIVE", interval: 60, max: 5 })], {
      store,
      clock,
    }).protect(fakeRequest());
    expect(calls).toBe(1);
  });

  it("charge nothing when one of them denies", async () => {
    const aj = client([windowOf(1), bucket(5)]);
    await aj.protect(fakeRequest());
    await aj.protect(fakeRequest());
    expect(await aj.peek({ "ip.src": "93.184.216.34" })).toMatchObject([
      { allowed: false, remaining: 0 },
      { allowed: true, remaining: 4 },
    ]);
  });

  it("of one layer count the same in every client that has it", async () => {
    const aj = client([windowOf(2)]);
    const more = aj.withRule(bucket(10));
    await aj.protect(fakeRequest());
    await more.protect(fakeRequest());
    expect((await more.protect(fakeRequest())).isDenied()).toBe(true);
    expect((await aj.protect(fakeRequest())).isDenied()).toBe(true);
  });

  it("are forgotten by reset, for one client", async () => {
    const aj = client([windowOf(1)]);
    await aj.protect(fakeRequest());
    await aj.protect(fakeRequest({ ip: "8.8.8.8" }));
    await aj.reset({ "ip.src": "8.8.8.8" });
    expect((await aj.protect(fakeRequest({ ip: "8.8.8.8" }))).isAllowed()).toBe(true);
    expect((await aj.protect(fakeRequest())).isDenied()).toBe(true);
  });

  it("take what is requested", async () => {
    const aj = client([bucket(10)]);
    expect((await aj.protect(fakeRequest(), { requested: 8 })).isAllowed()).toBe(true);
    expect((await aj.protect(fakeRequest(), { requested: 3 })).isDenied()).toBe(true);
    expect((await aj.protect(fakeRequest(), { requested: 0 })).isErrored()).toBe(true);
  });

  it("follow the clock", async () => {
    const clock = fakeClock();
    const aj = client([windowOf(1)], { clock });
    const conclusions = [];
    for (const wait of [0, 59_999, 1]) {
      clock.advance(wait);
      conclusions.push((await aj.protect(fakeRequest())).conclusion);
    }
    expect(conclusions).toEqual(["ALLOW", "DENY", "ALLOW"]);
  });
});

describe("the same request", () => {
  it("is judged once by each rule, and again when it asks for units", async () => {
    const rule = custom("ALLOW");
    const aj = client([rule.rule, bucket(3)]);
    const request = fakeRequest();
    await aj.protect(request);
    await aj.protect(request);
    expect(rule.calls()).toBe(1);
    const decision = await aj.protect(request, { requested: 2 });
    expect(decision.reason.isRateLimit() && decision.reason.remaining).toBe(0);
    expect(rule.calls()).toBe(1);
  });

  it("is judged again by a rule whose property has changed", async () => {
    const calls: unknown[] = [];
    const rule: Rule<{ readonly email: string }> = {
      spec: { type: "CUSTOM", mode: "LIVE", name: "mail" },
      reads: ["email"],
      evaluate: ({ props }) => (
        calls.push(props.email),
        { conclusion: "ALLOW", reason: { type: "NONE" } }
      ),
    };
    const aj = arcjet({ rules: [rule], log });
    const request = fakeRequest();
    for (const email of ["a", "a", "b"]) await aj.protect(request, { email });
    expect(calls).toEqual(["a", "b"]);
  });
});

describe("what a request was judged by", () => {
  const perUser = fixedWindow({ mode: "LIVE", window: 60, max: 1 });

  it("counts again for a characteristic of the client that has changed", async () => {
    const aj = arcjet({ rules: [perUser], characteristics: ["userId"], log });
    const request = fakeRequest();
    const conclusions = [];
    for (const userId of ["a", "a", "b"])
      conclusions.push((await aj.protect(request, { userId })).conclusion);
    expect(conclusions).toEqual(["ALLOW", "ALLOW", "ALLOW"]);
    const again = await aj.protect(fakeRequest(), { userId: "b" });
    expect(again.conclusion).toBe("DENY");
  });

  it("is judged again for an address that the application gives later", async () => {
    const rule = filter({ mode: "LIVE", deny: ["ip.src eq 8.8.8.8"] });
    const aj = arcjet({ rules: [rule], log });
    const request = fakeRequest();
    expect((await aj.protect(request)).conclusion).toBe("ALLOW");
    expect((await aj.protect(request, { ipSrc: "8.8.8.8" })).conclusion).toBe("DENY");
  });

  it("is charged once when two look at it at the same time", async () => {
    const memory = memoryStore();
    const store: Store = {
      take: async (charges) => memory.take(charges),
      peek: (charges) => memory.peek(charges),
      reset: (charges) => memory.reset(charges),
    };
    const aj = client([perUser], { store });
    const request = fakeRequest();
    const both = await Promise.all([aj.protect(request), aj.protect(request)]);
    expect(both.map(({ conclusion }) => conclusion)).toEqual(["ALLOW", "ALLOW"]);
  });

  it("may be frozen", async () => {
    const request = Object.freeze({ ...fakeRequest(), headers: Object.freeze(readHeaders({})) });
    expect((await client([perUser]).protect(request)).conclusion).toBe("ALLOW");
  });

  it("counts a path however it is spelled", async () => {
    const byPath = fixedWindow({
      mode: "LIVE",
      window: 60,
      max: 1,
      characteristics: ["http.request.uri.path"],
    });
    const aj = client([byPath]);
    const ask = async (url: string) => (await aj.protect(fakeRequest({ url }))).conclusion;
    expect(await ask("/login")).toBe("ALLOW");
    for (const url of ["//login", "/%6cogin", "/login/", "/./login"])
      expect([url, await ask(url)]).toEqual([url, "DENY"]);
  });
});

describe("a logger that throws", () => {
  const broken = () => {
    throw new Error("no log");
  };
  const log = { debug: broken, info: broken, warn: broken, error: broken };

  it("changes no decision", async () => {
    const sinks = [broken];
    const denied = await client([custom("DENY").rule], { log, sinks }).protect(fakeRequest());
    expect(denied.conclusion).toBe("DENY");
    const slow = await client([custom("hang").rule], { log, timeout: 5 }).protect(fakeRequest());
    expect(slow.conclusion).toBe("ERROR");
  });
});

describe("a rule in DRY_RUN that hangs", () => {
  it("leaves the live rules behind it failed, not passed", async () => {
    const rules = [custom("hang", "DRY_RUN").rule, custom("ALLOW").rule];
    const decide = (onError: "allow" | "deny") =>
      client(rules, { onError, timeout: 5 }).protect(fakeRequest());
    expect((await decide("allow")).conclusion).toBe("ERROR");
    expect((await decide("deny")).conclusion).toBe("DENY");
  });
});

describe("requests that share their headers", () => {
  it("are requests of their own", async () => {
    const aj = client([bucket(2)]);
    const { headers, ...rest } = fakeRequest();
    const conclusions = [];
    for (let i = 0; i < 3; i++)
      conclusions.push((await aj.protect({ ...rest, headers })).conclusion);
    expect(conclusions).toEqual(["ALLOW", "ALLOW", "DENY"]);
  });

  it("are judged once each, whoever of them comes again", async () => {
    const { rule, calls } = custom("ALLOW");
    const aj = client([rule]);
    const { headers, ...rest } = fakeRequest();
    const first = { ...rest, headers };
    for (const request of [first, first, { ...rest, headers }]) await aj.protect(request);
    expect(calls()).toBe(2);
  });
});

describe("sinks", () => {
  it("are told of each decision", async () => {
    const records: DecisionRecord[] = [];
    const aj = client([custom("ALLOW").rule], { sinks: [(record) => void records.push(record)] });
    const decision = await aj.protect(fakeRequest({ url: "/a" }), {
      correlationId: "c1",
      metadata: { plan: "free" },
    });
    expect(records).toMatchObject([
      {
        correlationId: "c1",
        metadata: { plan: "free" },
        request: { path: "/a" },
        rules: [{ type: "CUSTOM" }],
      },
    ]);
    expect(records[0]!.decision).toBe(decision);
  });
});

describe("the client address", () => {
  const forwarded = {
    ...fakeRequest({ headers: { "x-forwarded-for": "93.184.216.34" } }),
    peer: "10.0.0.1",
  };
  const ask = (options: object) => {
    warnings.length = 0;
    return client([custom("ALLOW").rule, bucket(9)], options);
  };

  it("is explained without judging the request or warning", () => {
    const aj = ask({});
    expect(aj.clientIpDetails(forwarded)).toEqual({
      ip: "93.184.216.34",
      provenance: "unverified-header",
      verified: false,
      header: "x-forwarded-for",
    });
    expect(aj.clientIpDetails(forwarded, { ipSrc: "8.8.8.8" })).toEqual({
      ip: "8.8.8.8",
      provenance: "manual",
      verified: true,
    });
    expect(warnings).toEqual([]);
  });

  it("from a header that anybody can send is warned of once", async () => {
    const aj = ask({});
    for (let i = 0; i < 3; i++) await aj.protect({ ...forwarded });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain("`proxies`");
  });

  it("that two headers contradict each other about is warned of once, unless one of them is named", async () => {
    const headers = { "x-forwarded-for": "93.184.216.34", forwarded: "for=8.8.8.8" };
    const doubtful = { ...fakeRequest({ headers }), peer: "10.0.0.1" };
    const proxies = ["10.0.0.0/8"];
    const aj = ask({ proxies });
    expect(aj.clientIpDetails(doubtful)).toMatchObject({ provenance: "conflict", verified: false });
    for (let i = 0; i < 3; i++) await aj.protect({ ...doubtful });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain("`proxyHeader`");
    const find = (proxyHeader: string) =>
      ask({ proxies, proxyHeader }).clientIpDetails(doubtful).ip;
    expect([find("x-forwarded-for"), find("forwarded")]).toEqual(["93.184.216.34", "8.8.8.8"]);
    expect(warnings).toEqual([]);
  });

  it("from a proxy that is named is not warned of", async () => {
    await ask({ proxies: ["10.0.0.0/8"] }).protect({ ...forwarded });
    expect(warnings).toEqual([]);
  });
});

describe("building a client", () => {
  it.each([
    [{}, "`rules` is required"],
    [null, "expected object"],
    [{ rules: [{}] }, "`rules[0]` is no rule"],
    [{ rules: [{ ...custom("ALLOW").rule, evaluate: 1 }] }, "`evaluate`"],
    [{ rules: [{ ...custom("ALLOW").rule, reads: undefined }] }, "`reads`"],
    [{ rules: [{ ...custom("ALLOW").rule, spec: { type: "toString" } }] }, "`spec.type`"],
    [{ rules: [{ ...custom("ALLOW").rule, spec: { type: "CUSTOM", mode: "ON" } }] }, "`spec.mode`"],
    [{ rules: [], timeout: 0 }, "`timeout`"],
    [{ rules: [], onError: "maybe" }, "`onError`"],
    [{ rules: [], proxyHeader: "forwarded" }, "name in `proxies` who writes it"],
    [{ rules: [], proxies: ["10.0.0.1"], proxyHeader: "x-real-ip" }, "`proxyHeader`"],
    [{ rules: [], characteristics: [1] }, "`characteristics`"],
    [{ rules: [], characteristics: ["ip.dst"] }, "`characteristics`"],
    [{ rules: [], proxies: ["10.0.0.0/33"] }, "10.0.0.0/33"],
    [{ rules: [], geo: {} }, "`geo`"],
    [{ rules: [], geo: [{ lookup: () => undefined }] }, "custom()"],
    [{ rules: [], onErorr: "deny" }, "onErorr"],
    [{ rules: [], log: console.log }, "`log`"],
    [{ rules: [], store: {} }, "`store`"],
    [{ rules: [], clock: 1 }, "`clock`"],
    [{ rules: [], sinks: {} }, "`sinks`"],
    [{ rules: [], sinks: [1] }, "`sinks[0]`"],
    [{ rules: Array.from({ length: 101 }, () => custom("ALLOW").rule) }, "at most 100"],
  ])("refuses %j", (options, message) => {
    expect(() => arcjet(options as unknown as { rules: [] })).toThrow(message);
  });

  it("warns once when every rule is in DRY_RUN", () => {
    warnings.length = 0;
    client([bucket(1, "DRY_RUN")]);
    client([bucket(1, "DRY_RUN"), bucket(1)]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain("DRY_RUN");
  });
});
