// Limits, as the published JavaScript client sees them.
import { fixedWindow, shield, slidingWindow, tokenBucket } from "arcjet-node-official";
import { describe, expect, test } from "vitest";
import { start } from "./harness.ts";
import { clientOf } from "./official-client.ts";

describe("limits", () => {
  test.each([
    ["fixed window", fixedWindow({ mode: "LIVE", window: 60, max: 2 }), 60],
    ["sliding window", slidingWindow({ mode: "LIVE", interval: 60, max: 2 }), 90],
    ["token bucket", tokenBucket({ mode: "LIVE", refillRate: 1, interval: 60, capacity: 2 }), 60],
  ])(
    "of a %s deny the third request, and the fourth from the client's own memory",
    async (_, rule, retry) => {
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
      expect(third.ttl).toBe(retry);
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
