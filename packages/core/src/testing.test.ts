import { describe, expect, test } from "vitest";
import { detectBot, fixedWindow, shield, validateEmail } from "./index.ts";
import arcjet from "./arcjet.ts";
import {
  DecisionAssertionError,
  expectAllowed,
  expectDenied,
  expectErrored,
  fakeClock,
  fakeRequest,
  readSamples,
  runSamples,
} from "./testing.ts";

const ATTACK = "/?id=1%27%20UNION%20SELECT%20a,b%20FROM%20users--";

describe("expectations", () => {
  const clock = fakeClock();
  const aj = arcjet({
    rules: [shield({ mode: "LIVE" }), fixedWindow({ mode: "LIVE", window: 60, max: 1 })],
    clock,
  });

  test("a denial is one, by its rule, and gives its reason", async () => {
    const request = { ip: "8.8.8.8" };
    expectAllowed(await aj.protect(fakeRequest(request)));
    const denied = await aj.protect(fakeRequest(request));
    expect(expectDenied(denied, "RATE_LIMIT").retryAfter).toBe(60);
    expect(expectDenied(denied).type).toBe("RATE_LIMIT");
    clock.advance(60_000);
    expectAllowed(await aj.protect(fakeRequest(request)));
  });

  test("what is otherwise fails as assertions do, and tells what every rule said", async () => {
    const allowed = await aj.protect(fakeRequest({ ip: "9.9.9.9" }));
    const attack = await aj.protect(fakeRequest({ url: ATTACK }));
    const failures = [
      () => expectDenied(allowed),
      () => expectDenied(attack, "RATE_LIMIT"),
      () => expectAllowed(attack),
      () => expectErrored(attack),
    ];
    for (const fails of failures) expect(fails).toThrow(DecisionAssertionError);
    expect(() => expectDenied(attack, "RATE_LIMIT")).toThrow(
      expect.objectContaining({
        name: "AssertionError",
        code: "ERR_ASSERTION",
        actual: "DENY by SHIELD",
        expected: "DENY by RATE_LIMIT",
        message: expect.stringContaining("sql-injection"),
      }),
    );
  });

  test("a rule that failed is an error, and no allowance", async () => {
    const bots = arcjet({ rules: [detectBot({ mode: "LIVE", allow: [] })] });
    const decision = await bots.protect(fakeRequest({ headers: { "user-agent": undefined } }));
    expect(expectErrored(decision).message).toContain("User-Agent");
    expect(() => expectAllowed(decision)).toThrow("got ERROR by ERROR");
  });
});

describe("samples", () => {
  const config = {
    rules: [
      shield({ mode: "LIVE" }),
      detectBot({ mode: "DRY_RUN", allow: [] }),
      fixedWindow({ mode: "LIVE", window: "1m", max: 5 }),
      validateEmail({ mode: "LIVE", deny: ["INVALID"], mailRoutes: { lookup: () => "found" } }),
    ],
  } as const;
  const email = { email: "ada@example.com" };

  test("each is judged by itself", async () => {
    const samples = readSamples([
      { url: "/search?q=shoes", props: email, expected: "ALLOW" },
      { url: ATTACK, props: email, expected: "SHIELD" },
      { url: ATTACK, props: email, expected: "DENY" },
      { headers: { "user-agent": "curl/8.5.0" }, props: email, expected: "BOT" },
      { headers: { "user-agent": "curl/8.5.0" }, props: email, expected: "ALLOW" },
      { headers: { "User-Agent": null }, props: email, expected: "ALLOW" },
      { repeat: 6, props: email, expected: "RATE_LIMIT" },
      { repeat: 5, props: email, expected: "ALLOW" },
      { method: "POST", props: { email: "no" }, expected: "EMAIL" },
      { expected: "ERROR" },
    ]);
    const results = await runSamples(config, samples);
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
    const [wrong] = await runSamples(config, [{ url: ATTACK, expected: "ALLOW", props: email }]);
    expect(wrong).toMatchObject({ passed: false, decision: { conclusion: "DENY" } });
  });

  test.each([
    ["no list", {}, "list"],
    ["no object", ["/"], "sample 0"],
    ["an unknown field", [{ path: "/", expected: "ALLOW" }], "`path`"],
    ["an unknown expectation", [{ expected: "BLOCK" }], "`expected` must be one of ALLOW"],
    ["no expectation", [{ url: "/" }], "`expected`"],
    ["headers that are none", [{ headers: { a: 1 }, expected: "ALLOW" }], "`headers`"],
    ["a method that is none", [{ method: 1, expected: "ALLOW" }], "`method`"],
    ["properties that are none", [{ props: [], expected: "ALLOW" }], "`props`"],
    ["no repetition", [{ repeat: 0, expected: "ALLOW" }], "`repeat`"],
    ["too many repetitions", [{ repeat: 100_001, expected: "ALLOW" }], "`repeat`"],
  ])("%s is refused", (_, samples, message) => {
    expect(() => readSamples(samples)).toThrow(message);
  });
});
