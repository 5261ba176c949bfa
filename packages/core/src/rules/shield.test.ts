import { memoryStore, type StrikeCharge } from "@arcjet/rate-limit";
import { describe, expect, test } from "vitest";
import { normalizeRequest } from "../normalize.ts";
import type { Rule, RuleContext, Verdict } from "../rule.ts";
import { fakeClock, fakeRequest, type FakeRequestOptions } from "../testing.ts";
import { shield, type ShieldOptions } from "./shield.ts";

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const ATTACK = `/item?id=${encodeURIComponent("7' or 7=7-- x")}`;
const MINUTE = 60_000;

interface World {
  readonly development?: boolean;
  readonly facts?: RuleContext["facts"];
  readonly props?: unknown;
}

/** A shield in front of a store: what a request gets, and what was recorded without waiting. */
function protectedBy(options: ShieldOptions, world: World = {}) {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  const rule: Rule<never> = shield(options);
  const recorded: StrikeCharge[] = [];
  const fingerprints = new Map<string, number>();
  const contextOf = (request: FakeRequestOptions): RuleContext<never> => {
    const surroundings = {
      proxies: undefined,
      platform: undefined,
      development: world.development ?? false,
      ignoreCase: false,
    };
    const normal = normalizeRequest(fakeRequest(request), surroundings);
    return {
      request: normal,
      props: world.props as never,
      facts: world.facts ?? (() => undefined),
      identify: () => {
        const low = fingerprints.get(normal.ip) ?? fingerprints.size;
        fingerprints.set(normal.ip, low);
        return { high: 0, low };
      },
      record: (charge) => {
        recorded.push(charge);
        void store.take({ limits: [], strikes: [charge] });
      },
      now: clock,
      log: quiet,
      development: world.development ?? false,
    };
  };
  const judge = async (request: FakeRequestOptions): Promise<Verdict> => {
    const evaluation = await rule.evaluate(contextOf(request));
    if ("strike" in evaluation) {
      const { strikes } = await store.take({ limits: [], strikes: [evaluation.strike] });
      return evaluation.settle(strikes[0]!);
    }
    if ("requested" in evaluation) throw new Error("a shield spends nothing");
    return evaluation;
  };
  return { judge, clock, recorded, rule };
}

describe("one request", () => {
  test("that is an attack is denied at once, and says why and how to exempt it", async () => {
    const { judge, recorded } = protectedBy({ mode: "LIVE" });
    const verdict = await judge({ url: ATTACK });
    expect(verdict).toEqual({
      conclusion: "DENY",
      reason: {
        type: "SHIELD",
        shieldTriggered: true,
        suspicious: true,
        score: 5,
        findings: [
          { detector: "sql-injection", location: "query.id", evidence: "' or 7=", score: 5 },
        ],
        exclusion: { path: "/item", location: "query", name: "id", detector: "sql-injection" },
      },
    });
    expect(recorded).toHaveLength(1);
    expect(recorded[0]?.findings).toHaveLength(1);
  });

  test("that is an attack is denied although nothing can be found out about its address", async () => {
    const facts = () => {
      throw new Error("down");
    };
    const { judge, recorded } = protectedBy({ mode: "LIVE" }, { facts });
    expect((await judge({ url: ATTACK })).conclusion).toBe("DENY");
    expect(recorded).toEqual([]);
  });

  test("with the exclusion pasted is allowed", async () => {
    const first = await protectedBy({ mode: "LIVE" }).judge({ url: ATTACK });
    if (first.reason.type !== "SHIELD" || !first.reason.exclusion) throw new Error("no exclusion");
    const verdict = await protectedBy({ mode: "LIVE", exclude: [first.reason.exclusion] }).judge({
      url: ATTACK,
    });
    expect(verdict.conclusion).toBe("ALLOW");
  });

  test("that is ordinary is allowed with an empty reason", async () => {
    expect(await protectedBy({ mode: "LIVE" }).judge({ url: "/item?id=7" })).toEqual({
      conclusion: "ALLOW",
      reason: { type: "SHIELD", shieldTriggered: false, suspicious: false, score: 0, findings: [] },
    });
  });

  test("that is suspicious is allowed and says so", async () => {
    const { conclusion, reason } = await protectedBy({ mode: "LIVE" }).judge({ url: "/.env" });
    expect(conclusion).toBe("ALLOW");
    expect(reason).toMatchObject({ shieldTriggered: false, suspicious: true, score: 3 });
  });

  test("has its body inspected only when the application says so", async () => {
    const props = { body: { bio: "<script>f()</script>" } };
    expect(
      (await protectedBy({ mode: "LIVE" }, { props }).judge({ method: "POST" })).conclusion,
    ).toBe("ALLOW");
    const { judge, rule } = protectedBy({ mode: "LIVE", body: true }, { props });
    expect((await judge({ method: "POST" })).conclusion).toBe("DENY");
    expect(rule.reads).toEqual(["body"]);
  });

  test("seen by a detector that only logs is reported without a score", async () => {
    const { conclusion, reason } = await protectedBy({
      mode: "LIVE",
      detectors: { "sql-injection": "log" },
    }).judge({ url: ATTACK });
    expect(conclusion).toBe("ALLOW");
    expect(reason).toMatchObject({ score: 0, findings: [{ detector: "sql-injection", score: 0 }] });
  });
});

const PROBES = [
  "/.env",
  "/.git/config",
  "/wp-login.php",
  "/phpmyadmin/",
  "/backup.sql",
  "/actuator/env",
];

describe("a client", () => {
  test("that walks a list of probes is blocked at its fifth, for ten minutes", async () => {
    const { judge, clock } = protectedBy({ mode: "LIVE" });
    const conclusions: string[] = [];
    for (const url of PROBES.slice(0, 5)) conclusions.push((await judge({ url })).conclusion);
    expect(conclusions).toEqual(["ALLOW", "ALLOW", "ALLOW", "ALLOW", "DENY"]);
    const blocked = await judge({ url: "/" });
    expect(blocked).toMatchObject({
      conclusion: "DENY",
      reason: { shieldTriggered: true, score: 0, retryAfter: 600 },
    });
    expect((await judge({ url: "/", ip: "93.184.216.35" })).conclusion).toBe("ALLOW");
    clock.advance(10 * MINUTE);
    expect((await judge({ url: "/" })).conclusion).toBe("ALLOW");
  });

  test("is judged by the numbers the application gives", async () => {
    const { judge, clock } = protectedBy({ mode: "LIVE", threshold: 2, window: 60, blockFor: 5 });
    expect((await judge({ url: PROBES[0]! })).conclusion).toBe("ALLOW");
    clock.advance(MINUTE);
    expect((await judge({ url: PROBES[1]! })).conclusion).toBe("ALLOW");
    expect((await judge({ url: PROBES[2]! })).conclusion).toBe("DENY");
    clock.advance(5_000);
    expect((await judge({ url: "/" })).conclusion).toBe("ALLOW");
  });

  test("that repeats one finding has one finding", async () => {
    const { judge } = protectedBy({ mode: "LIVE" });
    for (let count = 0; count < 20; count++)
      expect((await judge({ url: "/.env" })).conclusion).toBe("ALLOW");
  });

  test("has its denied requests counted too", async () => {
    const { judge } = protectedBy({ mode: "LIVE" });
    for (let count = 0; count < 5; count++) await judge({ url: `${ATTACK}${count}` });
    expect((await judge({ url: "/" })).conclusion).toBe("DENY");
  });

  test("is not blamed for suspicious cookies and headers, and once for an attack repeated in one", async () => {
    const { judge, recorded } = protectedBy({ mode: "LIVE" });
    const cookie = `a=${encodeURIComponent("<script>f()</script>")}`;
    for (let count = 0; count < 20; count++)
      await judge({ url: `/asset/${count}`, headers: { cookie, referer: "https://a.example/" } });
    expect(new Set(recorded.flatMap((charge) => charge.findings)).size).toBe(1);
    expect((await judge({ url: "/" })).conclusion).toBe("ALLOW");
  });

  test.each([
    ["an address nobody vouches for", { ip: "203.0.113.7" }, {}],
    ["a private address", { ip: "10.0.0.9" }, {}],
    ["a shared address", {}, { facts: () => ({ isRelay: true }) }],
    ["a shared address found out later", {}, { facts: () => Promise.resolve({ isVpn: true }) }],
    ["an address whose facts fail", {}, { facts: () => Promise.reject(new Error("down")) }],
  ] satisfies [string, FakeRequestOptions, World][])(
    "is not blocked by %s",
    async (_, from, world) => {
      const { judge } = protectedBy({ mode: "LIVE" }, world);
      for (const url of PROBES) expect((await judge({ url, ...from })).conclusion).toBe("ALLOW");
      for (let count = 0; count < 6; count++)
        expect((await judge({ url: `${ATTACK}${count}`, ...from })).conclusion).toBe("DENY");
      expect((await judge({ url: "/", ...from })).conclusion).toBe("ALLOW");
    },
  );

  test("at home, 127.0.0.1 in development, is blocked so that it can be tried", async () => {
    const { judge } = protectedBy({ mode: "LIVE" }, { development: true });
    for (const url of PROBES.slice(0, 5)) await judge({ url, ip: "127.0.0.1" });
    expect((await judge({ url: "/", ip: "127.0.0.1" })).conclusion).toBe("DENY");
  });
});

describe("the test header", () => {
  const headers = { "x-arcjet-suspicious": "true" };

  test("makes a request suspicious in development, and the fifth is blocked", async () => {
    const { judge } = protectedBy({ mode: "LIVE" }, { development: true });
    const conclusions: string[] = [];
    for (let count = 0; count < 5; count++)
      conclusions.push((await judge({ headers, ip: "127.0.0.1" })).conclusion);
    expect(conclusions).toEqual(["ALLOW", "ALLOW", "ALLOW", "ALLOW", "DENY"]);
  });

  test("means nothing in production unless an option says so", async () => {
    expect((await protectedBy({ mode: "LIVE" }).judge({ headers })).reason).toMatchObject({
      suspicious: false,
    });
    expect(
      (await protectedBy({ mode: "LIVE", testHeader: true }).judge({ headers })).reason,
    ).toMatchObject({
      suspicious: true,
      findings: [{ detector: "test-header", location: "header.x-arcjet-suspicious" }],
    });
  });
});

test("a thousand visitors behind one address are not blocked by their cookies, nor by four embedded probes", async () => {
  const { judge, clock } = protectedBy({ mode: "LIVE" });
  const cookieOf = (visitor: number) =>
    `_ga=GA1.2.${visitor}.17; prefs=${encodeURIComponent(JSON.stringify({ q: `it's ${visitor} or more`, $groups: { a: visitor } }))}; _gcl=1.1--${visitor}; last=${encodeURIComponent(`alert(${visitor})`)}`;
  for (let visit = 0; visit < 3_000; visit++) {
    clock.advance(1_200);
    const visitor = visit % 1_000;
    const url =
      visit % 3 === 0
        ? `/search?q=${encodeURIComponent(`O'Hara & ${visitor} -- blue or red`)}`
        : `/page/${visitor}`;
    expect((await judge({ url, headers: { cookie: cookieOf(visitor) } })).conclusion).toBe("ALLOW");
  }
  for (const url of PROBES.slice(0, 4)) expect((await judge({ url })).conclusion).toBe("ALLOW");
  expect((await judge({ url: "/" })).conclusion).toBe("ALLOW");
  expect((await judge({ url: PROBES[4]! })).conclusion).toBe("DENY");
});

describe("options", () => {
  test.each([
    [{ mode: "ON" }, /mode/],
    [{ threshold: 0 }, /threshold/],
    [{ threshold: 1_001 }, /threshold/],
    [{ window: 1.5 }, /window/],
    [{ blockFor: 86_401 }, /blockFor/],
    [{ body: "yes" }, /body/],
    [{ treshold: 4 }, /unknown option `treshold`/],
    [{ detectors: { sql: "off" } }, /detectors is "sql"/],
    [{ exclude: [{}] }, /exclude\[0\]/],
    [{ profiles: ["x"] }, /profiles/],
  ])("%j throw when the rule is built", (options, message) => {
    expect(() => shield(options as ShieldOptions)).toThrow(message);
  });

  test("have the documented defaults", () => {
    expect(shield({}).spec).toEqual({
      type: "SHIELD",
      mode: "DRY_RUN",
      threshold: 5,
      window: 600,
      blockFor: 600,
    });
    expect(shield({}).reads).toEqual([]);
  });
});
