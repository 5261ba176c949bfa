import { describe, expect, it, vi } from "vitest";
import type { IoRedisClient } from "./link.ts";
import { MAX_WAITING, redisStore } from "./redis-store.ts";

const LIMIT = { algorithm: "FIXED_WINDOW", windowMs: 1000, max: 5, anchor: "first" } as const;
const GROUP = { id: "g", limits: [LIMIT], live: [true] };
const askFor = (low: number) => ({
  limits: [{ group: GROUP, fingerprint: { high: 1, low }, requested: [1] }],
  strikes: [],
});
const ask = askFor(2);

/** A client that is connected, and that nobody answers. */
const silent = (): IoRedisClient => ({
  status: "ready",
  evalsha: () => new Promise(() => undefined),
  eval: () => new Promise(() => undefined),
  on: () => undefined,
});
const open = () => redisStore(silent(), { secret: "sixteen letters!", deadline: 10_000 });

describe("a Redis store", () => {
  it.each([
    [MAX_WAITING - 1, true],
    [MAX_WAITING, false],
  ])("with %d questions waiting takes one more: %s", (waiting, takes) => {
    const store = open();
    for (let i = 0; i < waiting; i++) void store.take(ask);
    const outcome = store.take(ask);
    expect(outcome instanceof Promise).toBe(takes);
    expect(outcome).toMatchObject(takes ? {} : { degraded: true });
  });

  it("decides although the one who is told of its failure throws", () => {
    const client = { ...silent(), status: "end" };
    const onAway = (): void => {
      throw new Error("the log is full");
    };
    const store = redisStore(client, { secret: "sixteen letters!", onAway });
    expect(store.take(ask)).toMatchObject({ degraded: true });
  });

  it("tells once that a cluster is away, and once that all of it is back", async () => {
    vi.useFakeTimers({ toFake: ["performance", "setTimeout", "setImmediate"] });
    const told: string[] = [];
    let answers = false;
    const answer = async (): Promise<unknown> => {
      if (!answers) throw new Error("CLUSTERDOWN");
      return [1000, 0, 1000, 0, 0];
    };
    const client = { ...silent(), isCluster: true, evalsha: answer, eval: answer };
    const store = redisStore(client, {
      secret: "sixteen letters!",
      onAway: () => told.push("away"),
      onBack: () => told.push("back"),
    });
    const takeAll = () =>
      Promise.all(Array.from({ length: 20 }, (_, low) => store.take(askFor(low))));
    await takeAll();
    expect(told).toEqual(["away"]);
    answers = true;
    await vi.advanceTimersByTimeAsync(1000);
    // One client asks; what it finds out is found out for all.
    await store.take(askFor(3));
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual(["away", "back"]);
    expect((await takeAll()).some(({ degraded }) => degraded)).toBe(false);
    vi.useRealTimers();
  });

  it("asks nobody when nothing is charged", () => {
    expect(open().take({ limits: [], strikes: [] })).toEqual({ limits: [], strikes: [] });
  });

  it("refuses a client and options that are wrong when it is made", () => {
    expect(() => redisStore(silent(), { secret: "short" })).toThrow("`secret`");
    expect(() => redisStore({} as IoRedisClient, { secret: "sixteen letters!" })).toThrow(
      "`client`",
    );
    expect(() => redisStore(silent(), { secret: "sixteen letters!", capacity: 0 })).toThrow(
      "`capacity`",
    );
  });
});
