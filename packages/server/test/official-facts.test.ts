// What the published JavaScript client silently relies on, each fact for itself. Where one of them does not hold it
// does not fail: it lets requests through with an error, or asks again and again.
import { isMissingUserAgent } from "arcjet-inspect-official";
import {
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
import type { SiteDecision } from "../src/index.ts";
import { start } from "./harness.ts";
import { ATTACK, clientOf, type Asked, type OfficialDecision } from "./official-client.ts";

const live = { mode: "LIVE" } as const;
const dry = { mode: "DRY_RUN" } as const;
const minute = { window: 60, max: 1 } as const;
const STATES = ["RUN", "DRY_RUN", "NOT_RUN", "CACHED"];
const CONCLUSIONS = ["ALLOW", "DENY", "CHALLENGE", "ERROR"];
const EMAIL_TYPES = ["DISPOSABLE", "FREE", "NO_MX_RECORDS", "NO_GRAVATAR", "INVALID"];

const shape = ({ results }: OfficialDecision) =>
  results.map(({ state, conclusion, reason }) => [reason.type, state, conclusion]);

describe("the published client relies on", () => {
  test("one result for each rule, in the order of its question, whichever of them denies", async () => {
    const started = await start();
    const rules = [
      slidingWindow({ ...dry, interval: 60, max: 9 }),
      fixedWindow({ ...live, ...minute }),
      tokenBucket({ ...live, refillRate: 1, interval: 60, capacity: 7 }),
      detectBot({ ...live, allow: ["CURL"] }),
      validateEmail({ ...dry, deny: ["FREE"] }),
    ];
    const props = { requested: 1, email: "ada@gmail.com" };
    const limits = async () =>
      (await clientOf(started, rules)({}, props)).results.map(({ reason }) => reason.max);
    expect(await limits()).toEqual([9, 1, 7, undefined, undefined]);
    expect(shape(await clientOf(started, rules)({}, props))).toEqual([
      ["RATE_LIMIT", "DRY_RUN", "ALLOW"],
      ["RATE_LIMIT", "RUN", "DENY"],
      [undefined, "NOT_RUN", "ALLOW"],
      [undefined, "NOT_RUN", "ALLOW"],
      ["EMAIL", "DRY_RUN", "DENY"],
    ]);
  });

  test("states, conclusions and types that it has names for, in every answer", async () => {
    const started = await start();
    const rules = (mode: "LIVE" | "DRY_RUN") => [
      filter({ mode, deny: ["ip.src.vpn"] }),
      shield({ mode }),
      fixedWindow({ mode, window: 60, max: 2 }),
      detectBot({ mode, deny: ["CURL"] }),
      validateEmail({ mode, deny: ["NO_GRAVATAR", "NO_MX_RECORDS", "DISPOSABLE"] }),
    ];
    const asked: readonly Asked[] = [
      {},
      { url: ATTACK },
      { ip: "1.1.1.1" },
      { headers: { "user-agent": undefined } },
    ];
    const emails = ["admin@mailinator.com", "postmaster@no-mail.example", "ada@example.org", "x"];
    for (const mode of ["LIVE", "DRY_RUN"] as const)
      for (const question of asked)
        for (const email of emails) {
          const { conclusion, reason, results } = await clientOf(started, rules(mode))(question, {
            email,
          });
          // The client says this when it cannot read an answer.
          expect(String(reason.message)).not.toMatch(/^(?:Invalid|Missing|Unknown)/);
          expect(results).toHaveLength(5);
          const types = results.flatMap(({ reason }) => reason.emailTypes ?? []);
          expect(EMAIL_TYPES).toEqual(expect.arrayContaining(types));
          expect(STATES).toEqual(expect.arrayContaining(results.map(({ state }) => state)));
          const said = [conclusion, ...results.map((result) => result.conclusion)];
          expect(CONCLUSIONS).toEqual(expect.arrayContaining(said));
        }
  });

  test.each<[string, string[], string[], Asked, Record<string, string>?]>([
    ["the address", [], [], {}],
    ["an IPv6 address as it is written", [], [], { ip: "2001:4860:4860:0:0:0:0:8888" }],
    ["a header of the limit", ['http.request.headers["X-Tag"]'], [], { headers: { "x-tag": "A" } }],
    [
      "a cookie and the host of the client",
      [],
      ['http.request.cookie["sid"]', "http.host"],
      { headers: { cookie: "a=1; sid=s%20; b=2" } },
    ],
    [
      "an argument, the path and the method",
      ['http.request.uri.args["q"]', "http.request.uri.path", "http.method"],
      [],
      { url: "/a%20b?q=x%2By&q=%C3%A9" },
    ],
    ["a value of the application", ["userId"], ["ip.src"], {}, { userId: 'a"b' }],
  ])(
    "its own names of rule and client by %s, so that it answers the third request itself",
    async (_, own, shared, asked, props) => {
      const rule = fixedWindow({
        ...live,
        ...minute,
        ...(own.length > 0 && { characteristics: own }),
      });
      const ask = clientOf(await start(), [rule], shared);
      expect((await ask(asked, props)).conclusion).toBe("ALLOW");
      const denied = await ask(asked, props);
      expect(denied).toMatchObject({ conclusion: "DENY", ttl: 60, results: [{ ttl: 60 }] });
      const cached = await ask(asked, props);
      expect(cached.id).toMatch(/^lreq_/);
      const [{ ruleId, fingerprint }] = denied.results as [OfficialDecision["results"][number]];
      expect(cached.results).toMatchObject([{ state: "CACHED", ruleId, fingerprint }]);
    },
  );

  test("the server's own judgement of what it has judged in DRY_RUN, and none of what it cannot", async () => {
    const ask = clientOf(await start(), [
      sensitiveInfo({ ...dry, deny: ["EMAIL"] }),
      detectBot({ ...dry, allow: [] }),
      validateEmail({ ...dry, deny: ["INVALID"] }),
    ]);
    const asked = { headers: { "user-agent": "curl/8.5.0" } };
    expect(shape(await ask(asked, { sensitiveInfoValue: "a@example.org", email: "none" }))).toEqual(
      [
        [undefined, "NOT_RUN", "ALLOW"],
        ["BOT", "DRY_RUN", "DENY"],
        ["EMAIL", "DRY_RUN", "DENY"],
      ],
    );
  });

  test("a failure that it can report, with what it found itself", async () => {
    const reported = Promise.withResolvers<SiteDecision>();
    const started = await start({ sinks: [reported.resolve] });
    // This name is refused by the server alone.
    const rules = [detectBot({ ...dry, allow: [] })];
    const ask = clientOf(started, rules, ["http.request.cookie.x.y"]);
    const asked = { headers: { "user-agent": "curl/8.5.0" } };
    const decision = await ask(asked, { "http.request.cookie.x.y": "a" });
    expect(decision.conclusion).toBe("ERROR");
    const told = await reported.promise;
    expect([told.source, told.decision.id]).toEqual(["report", decision.id]);
    expect(told.decision.results).toMatchObject([
      { type: "BOT", state: "DRY_RUN", conclusion: "DENY", reason: { denied: ["CURL"] } },
    ]);
  });

  test("nothing about an address where nothing is known, and 0° only with a radius", async () => {
    const about = async (facts: object | undefined) =>
      (await clientOf(await start({ geo: () => facts }), [shield(live)])()).ip;
    for (const facts of [undefined, {}, { city: "", isVpn: false }, { latitude: 0, longitude: 0 }])
      expect(JSON.parse(JSON.stringify(await about(facts)))).toEqual({});
    const known = { latitude: 0, longitude: 0, accuracyRadius: 1 };
    expect(await about(known)).toMatchObject(known);
  });

  test("what it keeps of a reason: Shield's verdict, a limit's four numbers", async () => {
    const ask = clientOf(await start(), [shield(live), fixedWindow({ ...live, ...minute })]);
    const { results } = await ask();
    expect(results.map(({ reason }) => JSON.parse(JSON.stringify(reason)))).toEqual([
      { type: "SHIELD", shieldTriggered: false },
      { type: "RATE_LIMIT", max: 1, remaining: 0, reset: 60, window: 60 },
    ]);
    const attack = await ask({ url: ATTACK, ip: "8.8.4.4" });
    expect(JSON.parse(JSON.stringify(attack.reason))).toEqual({
      type: "SHIELD",
      shieldTriggered: true,
    });
  });

  test("an identifier of a decision that is its own, and sorts by time", async () => {
    const ask = clientOf(await start(), [shield(live)]);
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await ask()).id);
    for (const id of ids) expect(id).toMatch(/^req_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
    expect(new Set(ids).size).toBe(5);
    const times = ids.map((id) => id.slice(4, 14));
    expect(times).toEqual(times.toSorted());
  });

  test("a denial for LIVE rules alone", async () => {
    const ask = clientOf(await start(), [
      filter({ ...dry, deny: ["ip.src.vpn"] }),
      shield(dry),
      slidingWindow({ ...live, interval: 60, max: 50 }),
      detectBot({ ...dry, allow: [] }),
    ]);
    const bad = { ip: "1.1.1.1", url: ATTACK, headers: { "user-agent": "curl/8.5.0" } };
    const decision = await ask(bad);
    expect(decision.conclusion).toBe("ALLOW");
    expect(shape(decision).map(([, , conclusion]) => conclusion)).toEqual([
      "DENY",
      "DENY",
      "ALLOW",
      "DENY",
    ]);
  });

  test.each([undefined, ""])("the words for the user agent %j, which is missing", async (agent) => {
    const ask = clientOf(await start(), [detectBot({ ...live, allow: ["CURL"] })]);
    const { conclusion, results } = await ask({ headers: { "user-agent": agent } });
    expect(conclusion).toBe("ERROR");
    expect(String(results[0]?.reason.message)).toContain("missing User-Agent header");
    expect(isMissingUserAgent(results[0] as never)).toBe(true);
  });
});
