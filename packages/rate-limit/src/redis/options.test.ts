import { describe, expect, it } from "vitest";
import { createFallback } from "./fallback.ts";
import { checkOptions, type RedisStoreOptions } from "./options.ts";

const secret = "sixteen letters!";

describe("options of a Redis store", () => {
  it("have defaults", () => {
    expect(checkOptions({ secret })).toEqual({
      secret,
      prefix: "arcjet:",
      deadlineMs: 100,
      lease: undefined,
    });
  });

  it.each([
    [{}, "`secret`"],
    [{ secret: "fifteen letters" }, "`secret`"],
    [{ secret: 5 }, "`secret`"],
    [undefined, "options"],
    [{ secret, prefix: "a{b}" }, "`prefix`"],
    [{ secret, prefix: "x".repeat(65) }, "`prefix`"],
    [{ secret, deadline: 9 }, "`deadline`"],
    [{ secret, deadline: 10_001 }, "`deadline`"],
    [{ secret, deadline: 50.5 }, "`deadline`"],
    [{ secret, lease: 1 }, "`lease`"],
    [{ secret, lease: 1001 }, "`lease`"],
    [{ secret, lease: 2.5 }, "`lease`"],
  ])("%j are refused by the name of what is wrong", (options, name) => {
    // A program in JavaScript may pass anything.
    expect(() => checkOptions(options as RedisStoreOptions)).toThrow(name);
  });

  it.each([
    { prefix: "x".repeat(64) },
    { deadline: 10 },
    { deadline: 10_000 },
    { lease: 2 },
    { lease: 1000 },
  ])("%j are accepted", (options) => {
    expect(() => checkOptions({ secret, ...options })).not.toThrow();
  });

  it.each(["none", 1, null, {}, { share: 0 }, { share: 1.1 }, { share: "half" }])(
    "a fallback of %j is refused",
    (fallback) => {
      expect(() => createFallback(fallback, {})).toThrow("`fallback`");
    },
  );
});

describe("a share of a limit", () => {
  const take = (limit: Parameters<typeof groupOf>[0], share: number, times: number) => {
    let now = 1_000_000;
    const store = createFallback({ share }, { clock: () => now });
    const group = groupOf(limit);
    const fingerprint = { high: 1, low: 2 };
    const ask = () =>
      store.take({ limits: [{ group, fingerprint, requested: [1] }], strikes: [] }).limits[0]![0]!;
    const passed = Array.from({ length: times }, ask).filter(({ allowed }) => allowed).length;
    return { passed, ask, wait: (ms: number) => (now += ms) };
  };
  const groupOf = (limit: Parameters<typeof Object>[0] & { algorithm: string }) => ({
    id: "g",
    limits: [limit as never],
    live: [true],
  });

  it("is at least one unit", () => {
    const window = { algorithm: "FIXED_WINDOW", windowMs: 1000, max: 3, anchor: "first" };
    expect([take(window, 0.1, 5).passed, take(window, 0.7, 5).passed]).toEqual([1, 2]);
  });

  it("refills a bucket more slowly when a share of its rate is less than one", () => {
    const bucket = {
      algorithm: "TOKEN_BUCKET",
      refillRate: 1,
      intervalMs: 1000,
      capacity: 4,
      refill: "interval",
    };
    const { passed, ask, wait } = take(bucket, 0.5, 5);
    wait(1999);
    const early = ask().allowed;
    wait(1);
    expect([passed, early, ask().allowed]).toEqual([2, false, true]);
  });
});
