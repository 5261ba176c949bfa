// Whole decisions over a real Redis: two clients, as two instances of an application have them.
import { createClient as createArcjet, fixedWindow, shield, tokenBucket } from "@arcjet/core";
import type { RuleInput } from "@arcjet/core";
import { fakeRequest } from "@arcjet/core/testing";
import { redisStore } from "@arcjet/rate-limit/redis";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startServer, until } from "../../rate-limit/test/servers.ts";

const SECRET = "a secret of the tests";
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const OTHER = "93.184.216.35";

describe("clients that share a Redis", () => {
  let server: Server;
  let redis: Redis;
  let made = 0;
  beforeAll(async () => {
    server = await startServer();
    redis = new Redis(server.port, { retryStrategy: () => 50 });
    redis.on("error", () => undefined);
    await redis.ping();
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  function instances<const R extends readonly RuleInput[]>(rules: R, deadline = 5_000) {
    const prefix = `e2e ${made++}:`;
    const instance = () => {
      const store = redisStore(redis, { secret: SECRET, prefix, deadline });
      return createArcjet(
        { rules, store, log: quiet, timeout: 20_000 },
        { read: (request: ReturnType<typeof fakeRequest>) => request },
      );
    };
    return [instance(), instance()] as const;
  }

  it("count together, and keep other clients apart", async () => {
    const [a, b] = instances([
      tokenBucket({ mode: "LIVE", refillRate: 1, interval: 60, capacity: 3 }),
      fixedWindow({ mode: "LIVE", window: 60, max: 100 }),
    ]);
    const denied: boolean[] = [];
    for (const client of [a, b, a, b, a])
      denied.push((await client.protect(fakeRequest())).isDenied());
    expect(denied).toEqual([false, false, false, true, true]);
    expect((await b.protect(fakeRequest({ ip: OTHER }))).isAllowed()).toBe(true);
  });

  it("answer a client that was just denied from memory, and say so", async () => {
    const [a] = instances([fixedWindow({ mode: "LIVE", window: 60, max: 1 })]);
    for (let i = 0; i < 2; i++) await a.protect(fakeRequest());
    const decision = await a.protect(fakeRequest());
    expect([decision.isDenied(), decision.results[0]!.state]).toEqual([true, "CACHED"]);
    expect(decision.reason.isRateLimit() && decision.reason.remaining).toBe(0);
  });

  it("look at a limit and forget it", async () => {
    const [a, b] = instances([fixedWindow({ mode: "LIVE", window: 60, max: 1 })]);
    const key = { "ip.src": "93.184.216.34" };
    for (let i = 0; i < 3; i++) await a.protect(fakeRequest());
    expect((await b.peek(key))[0]).toMatchObject({ allowed: false, remaining: 0 });
    await a.reset(key);
    expect((await b.peek(key))[0]).toMatchObject({ allowed: true, remaining: 1 });
    expect((await a.protect(fakeRequest())).isAllowed()).toBe(true);
  });

  it("block a client whose suspicious requests came to different instances", async () => {
    const [a, b] = instances([shield({ mode: "LIVE", threshold: 3, testHeader: true })]);
    const suspicious = () => fakeRequest({ headers: { "x-arcjet-suspicious": "true" } });
    for (const client of [a, b, a]) await client.protect(suspicious());
    const decision = await b.protect(fakeRequest());
    expect([decision.isDenied(), decision.reason.isShield()]).toEqual([true, true]);
    expect((await b.protect(fakeRequest({ ip: OTHER }))).isAllowed()).toBe(true);
  });

  it("count attacks that were denied by themselves, on every instance", async () => {
    const [a, b] = instances([shield({ mode: "LIVE", threshold: 2 })]);
    const attack = (value: string) =>
      fakeRequest({ url: `/?id=${encodeURIComponent(`${value}' or ${value}=${value}-- x`)}` });
    for (const [client, value] of [
      [a, "3"],
      [b, "4"],
    ] as const)
      expect((await client.protect(attack(value))).isDenied()).toBe(true);
    // Findings are recorded without waiting for the store.
    await until(async () => (await b.protect(fakeRequest())).isDenied());
  });

  it("decide alone while it is away, and say so", async () => {
    const [a] = instances([fixedWindow({ mode: "LIVE", window: 60, max: 2 })], 100);
    await a.protect(fakeRequest());
    await server.stop();
    await until(async () => (await a.protect(fakeRequest({ ip: OTHER }))).degraded);
    const decisions = [];
    for (let i = 0; i < 3; i++) decisions.push(await a.protect(fakeRequest({ ip: "1.1.1.1" })));
    expect(decisions.map((decision) => [decision.isDenied(), decision.degraded])).toEqual([
      [false, true],
      [false, true],
      [true, true],
    ]);
  });
});
