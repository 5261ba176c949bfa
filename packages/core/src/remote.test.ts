// The client of a Decide server, against a server that the test plays: what is asked, what is taken over,
// and what happens when nobody answers. The real server is held against it in its own package.
import type { DecisionData, RemoteDecider, RemoteQuestion, RuleResultData } from "@arcjet/protocol";
import { describe, expect, test } from "vitest";
import arcjet, {
  detectBot,
  filter,
  fixedWindow,
  shield,
  tokenBucket,
  type ArcjetOptions,
  type Rule,
} from "./index.ts";
import { createDenials, MAX_DENIAL_MS, MAX_DENIALS } from "./denials.ts";
import { createRemoteClient, withRemoteEnvironment } from "./remote-environment.ts";
import { fakeClock, fakeRequest } from "./testing.ts";

const log = { debug() {}, info() {}, warn() {}, error() {} };

interface Played {
  readonly decider: RemoteDecider;
  readonly asked: RemoteQuestion[];
  readonly reported: { readonly question: RemoteQuestion; readonly decision: DecisionData }[];
}

/** What a server answers that takes over what it is told and allows what it is asked. */
function agree({ specs, local }: RemoteQuestion): DecisionData {
  const results = specs.map(
    (spec, index): RuleResultData =>
      local[index]?.result ?? {
        ruleId: "server",
        type: spec.type,
        fingerprint: "server",
        ttl: 0,
        state: spec.mode === "LIVE" ? "RUN" : "DRY_RUN",
        conclusion: "ALLOW",
        reason: { type: "RATE_LIMIT", max: 9, remaining: 8, reset: 60, window: 60 },
      },
  );
  const reason = { type: "NONE" } as const;
  return {
    id: "req_1",
    conclusion: "ALLOW",
    reason,
    results,
    ttl: 0,
    ip: { country: "US" },
    degraded: false,
  };
}

function play(
  answer: (question: RemoteQuestion) => DecisionData | Promise<DecisionData> = agree,
): Played {
  const asked: RemoteQuestion[] = [];
  const reported: Played["reported"] = [];
  return {
    asked,
    reported,
    decider: {
      timeoutMs: 100,
      decide: async (question) => {
        asked.push(question);
        return answer(question);
      },
      report: (question, decision) => void reported.push({ question, decision }),
      close: async () => undefined,
    },
  };
}

/** Puts one result of an answer in the place of another. */
function replace(answer: DecisionData, index: number, part: Partial<RuleResultData>): DecisionData {
  const results = answer.results.map((result, at) =>
    at === index ? { ...result, ...part } : result,
  );
  return { ...answer, results };
}

const limit = fixedWindow({ mode: "LIVE", window: 60, max: 1 });
const bots = detectBot({ mode: "LIVE", allow: [], verify: "off" });
const denied = {
  conclusion: "DENY",
  ttl: 30,
  reason: { type: "RATE_LIMIT", max: 9, remaining: 0, reset: 30, window: 60, retryAfter: 30 },
} as const;
const curl = fakeRequest({ headers: { "user-agent": "curl/8.5.0" } });

const client = (
  played: Played,
  rules: readonly Rule[],
  more: Pick<ArcjetOptions, "clock" | "log"> = {},
) => arcjet({ client: played.decider, log, rules, ...more });

describe("a request that no local rule denies", () => {
  test("is asked about once, in declared order, with what is already known", async () => {
    const played = play();
    const decision = await client(played, [limit, bots, shield({ mode: "LIVE" })]).protect(
      fakeRequest(),
    );
    expect(played.asked).toHaveLength(1);
    const [question] = played.asked;
    expect(question?.specs.map(({ type }) => type)).toEqual(["RATE_LIMIT", "BOT", "SHIELD"]);
    expect(question?.local.map((answer) => answer?.result.conclusion)).toEqual([
      undefined,
      "ALLOW",
      "ALLOW",
    ]);
    expect(question?.local[2]?.findings).toEqual([]);
    expect(decision).toMatchObject({ id: "req_1", conclusion: "ALLOW", degraded: false });
    expect(decision.results.map(({ type }) => type)).toEqual(["RATE_LIMIT", "BOT", "SHIELD"]);
    expect(decision.ip.country).toBe("US");
    expect(played.reported).toHaveLength(0);
  });

  test("is asked about even when nothing has to be counted: the server knows the address", async () => {
    const played = play();
    const decision = await client(played, [bots]).protect(fakeRequest());
    expect(played.asked).toHaveLength(1);
    expect(decision.ip.country).toBe("US");
  });

  test("is denied when the server denies", async () => {
    const played = play((question) => replace(agree(question), 0, denied));
    const decision = await client(played, [limit, bots]).protect(fakeRequest());
    expect(decision.isDenied()).toBe(true);
    expect(decision.reason).toMatchObject({ type: "RATE_LIMIT", retryAfter: 30 });
    expect(decision.results[1]).toMatchObject({ state: "RUN", conclusion: "ALLOW" });
  });

  test("is not charged by the store of this process", async () => {
    const played = play();
    const aj = client(played, [limit]);
    for (let i = 0; i < 3; i++) expect((await aj.protect(fakeRequest())).isDenied()).toBe(false);
    expect(played.asked).toHaveLength(3);
  });

  test("is asked about once however many middlewares see it", async () => {
    const played = play();
    const aj = client(played, [limit]);
    const request = fakeRequest();
    await aj.protect(request);
    await aj.protect(request);
    await aj
      .withRule(tokenBucket({ mode: "LIVE", refillRate: 1, interval: 1, capacity: 5 }))
      .protect(request);
    expect(played.asked).toHaveLength(2);
    expect(played.asked[1]?.local.map((answer) => answer !== undefined)).toEqual([true, false]);
  });
});

describe("a request that a local rule denies", () => {
  test("is not asked about, and reported", async () => {
    const played = play();
    const decision = await client(played, [limit, bots]).protect(curl);
    expect(decision.isDenied()).toBe(true);
    expect(decision.id).toMatch(/^lreq_/);
    expect(decision.results[0]).toMatchObject({ state: "NOT_RUN" });
    expect(played.asked).toHaveLength(0);
    expect(played.reported).toHaveLength(1);
    expect(played.reported[0]?.decision.conclusion).toBe("DENY");
  });

  test("is asked about when a rule in DRY_RUN still has to count", async () => {
    const played = play();
    const dry = fixedWindow({ mode: "DRY_RUN", window: 60, max: 1 });
    const decision = await client(played, [dry, bots]).protect(curl);
    expect(decision.isDenied()).toBe(true);
    expect(played.asked[0]?.local[1]?.result.conclusion).toBe("DENY");
    expect(decision.results[0]).toMatchObject({ state: "DRY_RUN", reason: { remaining: 8 } });
  });

  test("tells the findings of an attack, so that they count towards the client", async () => {
    const played = play();
    const attack = fakeRequest({ url: "/?q=%27%20UNION%20SELECT%20password%20FROM%20users--%20" });
    const decision = await client(played, [shield({ mode: "LIVE" })]).protect(attack);
    expect(decision.isDenied()).toBe(true);
    expect(played.asked).toHaveLength(0);
    expect(played.reported[0]?.question.local[0]?.findings?.length).toBeGreaterThan(0);
  });
});

describe("a denial that was just given", () => {
  test("is given again without asking, and only to the same client", async () => {
    const clock = fakeClock();
    const played = play((question) => replace(agree(question), 0, denied));
    const aj = client(played, [limit], { clock });
    await aj.protect(fakeRequest());
    clock.advance(1_000);
    const again = await aj.protect(fakeRequest());
    expect(again.results[0]).toMatchObject({
      state: "CACHED",
      conclusion: "DENY",
      reason: { reset: 29, retryAfter: 29 },
    });
    expect(again.isDenied()).toBe(true);
    await aj.protect(fakeRequest({ ip: "8.8.8.8" }));
    expect(played.asked).toHaveLength(2);
    clock.advance(MAX_DENIAL_MS);
    await aj.protect(fakeRequest());
    expect(played.asked).toHaveLength(3);
  });

  test("of a rule in DRY_RUN is never given again", async () => {
    const played = play((question) => replace(agree(question), 0, { ...denied, state: "DRY_RUN" }));
    const aj = client(played, [fixedWindow({ mode: "DRY_RUN", window: 60, max: 1 })]);
    await aj.protect(fakeRequest());
    expect((await aj.protect(fakeRequest())).isDenied()).toBe(false);
    expect(played.asked).toHaveLength(2);
  });

  test("for many units says nothing of fewer", async () => {
    const bucket = tokenBucket({ mode: "LIVE", refillRate: 1, interval: 60, capacity: 5 });
    const played = play((question) => replace(agree(question), 0, denied));
    const aj = arcjet({ client: played.decider, log, rules: [bucket] });
    await aj.protect(fakeRequest(), { requested: 5 });
    await aj.protect(fakeRequest(), { requested: 6 });
    expect(played.asked).toHaveLength(1);
    await aj.protect(fakeRequest(), { requested: 4 });
    expect(played.asked).toHaveLength(2);
  });

  test("is forgotten when there are too many", () => {
    const denials = createDenials(() => 0);
    const of = (low: number) => ({ high: 0, low });
    for (let low = 0; low <= MAX_DENIALS; low++) denials.add("r", of(low), 1, denied.reason);
    expect(denials.find("r", of(0), 1)).toBeUndefined();
    expect(denials.find("r", of(1), 1)).toBeDefined();
    expect(denials.find("r", of(MAX_DENIALS), 1)).toBeDefined();
  });
});

describe("a server that does not answer", () => {
  const broken: [string, () => Played][] = [
    ["fails", () => play(() => Promise.reject(new Error("gone")))],
    ["answers for other rules", () => play((question) => ({ ...agree(question), results: [] }))],
  ];

  test.each(broken)("%s: this process decides, and says so", async (_, make) => {
    const played = make();
    const aj = client(played, [limit, bots]);
    const first = await aj.protect(fakeRequest());
    expect(first).toMatchObject({ conclusion: "ALLOW", degraded: true });
    expect(first.results[0]).toMatchObject({
      state: "RUN",
      reason: { type: "RATE_LIMIT", max: 1 },
    });
    expect(await aj.protect(fakeRequest())).toMatchObject({ conclusion: "DENY", degraded: true });
  });

  test("never answers and ignores its own limit: the request does not hang", async () => {
    const played = play(() => new Promise(() => undefined));
    const decider = { ...played.decider, timeoutMs: 1 };
    const aj = arcjet({ client: decider, log, rules: [limit], timeout: 1 });
    expect((await aj.protect(fakeRequest())).isErrored()).toBe(true);
  });

  test("is complained of once, and welcomed back once", async () => {
    const lines: string[] = [];
    const note = (_: unknown, message: string) => void lines.push(message);
    let down = true;
    const played = play((question) => (down ? Promise.reject(new Error("gone")) : agree(question)));
    const aj = client(played, [limit], { log: { ...log, info: note, warn: note } });
    await aj.protect(fakeRequest());
    await aj.protect(fakeRequest());
    down = false;
    await aj.protect(fakeRequest());
    await aj.protect(fakeRequest());
    expect(lines).toEqual([
      "the Decide server did not answer: this process decides",
      "the Decide server answers again",
    ]);
  });
});

describe("a filter on IP data that this process does not have", () => {
  // No local values are read, so the rule needs no property.
  const rule = filter({ mode: "LIVE", deny: ['ip.src.country eq "US"'] }) as Rule;

  test("is left to the server, and judged here with what it knows", async () => {
    const played = play((question) => replace(agree(question), 0, { reason: { type: "NONE" } }));
    const decision = await client(played, [rule]).protect(fakeRequest());
    expect(played.asked[0]?.local[0]).toBeUndefined();
    expect(decision.isDenied()).toBe(true);
    expect(decision.reason).toMatchObject({
      type: "FILTER",
      matchedExpressions: ['ip.src.country eq "US"'],
    });
  });

  test("keeps local values at home and still decides by them", async () => {
    const local = filter({
      mode: "LIVE",
      deny: ['local["plan"] eq "free" and ip.src.country eq "US"'],
    });
    const played = play();
    const aj = arcjet({ client: played.decider, log, rules: [local] });
    const decision = await aj.protect(fakeRequest(), { filterLocal: { plan: "free" } });
    expect(played.asked[0]?.local[0]?.result.conclusion).toBe("ALLOW");
    expect(decision.isDenied()).toBe(true);
    expect((await aj.protect(fakeRequest(), { filterLocal: { plan: "paid" } })).isDenied()).toBe(
      false,
    );
  });

  test("that the server denies charges no limit", async () => {
    const played = play((question) => {
      const notRun = replace(agree(question), 1, { state: "NOT_RUN", reason: { type: "NONE" } });
      return replace(notRun, 0, {
        conclusion: "DENY",
        state: "RUN",
        reason: { type: "FILTER", matchedExpressions: ["x"], undeterminedExpressions: [] },
      });
    });
    const decision = await client(played, [rule, limit]).protect(fakeRequest());
    expect(decision.reason.isFilter()).toBe(true);
    expect(decision.results[1]).toMatchObject({ state: "NOT_RUN" });
  });
});

describe("options", () => {
  test("at most 10 rules may be asked about, those of withRule() included", () => {
    const rules = Array.from({ length: 10 }, () =>
      fixedWindow({ mode: "LIVE", window: 60, max: 1 }),
    );
    const aj = client(play(), rules);
    expect(() => aj.withRule(limit)).toThrow("at most 10");
  });

  test("what is no decider is refused", () => {
    expect(() => arcjet({ client: {} as RemoteDecider, rules: [] })).toThrow("`client`");
  });

  test("counters on the server cannot be looked at from here", async () => {
    const aj = client(play(), [limit]);
    await expect(aj.peek({})).rejects.toThrow("Decide server");
    await expect(aj.reset({})).rejects.toThrow("Decide server");
  });
});

describe("the environment of a Node process", () => {
  const rules: readonly Rule[] = [];
  const url = "http://127.0.0.1:3001";

  test("names a server with ARCJET_BASE_URL and ARCJET_KEY", () => {
    const found = withRemoteEnvironment({ rules }, { ARCJET_BASE_URL: url, ARCJET_KEY: "ajkey_x" });
    expect(found).toHaveProperty("client.decide");
  });

  test.each([
    ["nothing", {}],
    ["a key alone", { ARCJET_KEY: "ajkey_x" }],
    ["an empty address", { ARCJET_BASE_URL: "", ARCJET_KEY: "ajkey_x" }],
  ])("that names %s changes nothing", (_, env) => {
    const options = { rules };
    expect(withRemoteEnvironment(options, env)).toBe(options);
  });

  test("does not replace a client that the application gives", () => {
    const options = { rules, client: play().decider };
    expect(withRemoteEnvironment(options, { ARCJET_BASE_URL: url })).toBe(options);
  });

  test.each([
    [{ ARCJET_BASE_URL: "decide.example.com", ARCJET_KEY: "k" }, "no http: or https: address"],
    [{ ARCJET_BASE_URL: url }, "there is no key"],
  ])("that is wrong is refused: %j", (env, message) => {
    expect(() => withRemoteEnvironment({ rules }, env)).toThrow(message);
  });

  test("is asked for what createRemoteClient() is not told", () => {
    const make = createRemoteClient({}, { ARCJET_BASE_URL: url, ARCJET_KEY: "ajkey_x" });
    expect(make(undefined)).toHaveProperty("timeoutMs", 500);
    expect(createRemoteClient({ baseUrl: url, timeout: 50 }, {})("ajkey_x")).toHaveProperty(
      "timeoutMs",
      50,
    );
  });

  test.each([
    [{}, "ARCJET_BASE_URL"],
    [{ baseUrl: "decide.example.com" }, "`baseUrl`"],
    [{ baseUrl: url, timeout: 0 }, "`timeout`"],
  ])("refuses createRemoteClient(%j) that names no server", (options, message) => {
    expect(() => createRemoteClient(options, {})).toThrow(message);
  });
});
