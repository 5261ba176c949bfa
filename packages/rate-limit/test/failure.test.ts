import { Redis } from "ioredis";
import { createClient } from "redis";
import { afterEach, describe, expect, it } from "vitest";
import { redisStore } from "../src/redis/redis-store.ts";
import type { Fallback } from "../src/redis/fallback.ts";
import type { RedisClient } from "../src/redis/link.ts";
import type { Outcome } from "../src/store.ts";
import { hasRedis, type RedisProcess, startRedis, until } from "./servers.ts";
import { charge, group, window } from "./charges.ts";

const SECRET = "a secret of the tests";
const FAST = 50;
const of = group([window(5)]);
const ask = { limits: [charge(of, "a")], strikes: [] };

interface Connected {
  readonly client: RedisClient;
  readonly close: () => void;
}

const connections: readonly (readonly [string, (port: number) => Promise<Connected>])[] = [
  [
    "ioredis",
    async (port) => {
      const client = new Redis(port, { retryStrategy: () => FAST });
      client.on("error", () => undefined);
      await client.ping();
      return { client, close: () => client.disconnect() };
    },
  ],
  [
    "redis",
    async (port) => {
      const client = createClient({ socket: { port, reconnectStrategy: () => FAST } });
      await client.connect();
      return { client, close: () => client.destroy() };
    },
  ],
];

let clients = 0;
/** A request of a client that was never seen, so never denied. */
const fresh = () => ({ limits: [charge(of, `client ${clients++}`)], strikes: [] });

const degraded = ({ degraded = false }: Outcome): boolean => degraded;
const isPromise = (value: unknown): boolean => value instanceof Promise;

describe.skipIf(!hasRedis).each(connections)("while Redis is away, through %s,", (_, connect) => {
  const cleanUps: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
  });

  async function fixture(fallback?: Fallback) {
    const server = await startRedis();
    cleanUps.push(() => server.stop());
    const { client, close } = await connect(server.port);
    cleanUps.push(close);
    const told: string[] = [];
    const store = redisStore(client, {
      secret: SECRET,
      ...(fallback !== undefined && { fallback }),
      onAway: () => told.push("away"),
      onBack: () => told.push("back"),
    });
    await until(async () => !degraded(await store.take(ask)));
    told.length = 0;
    await store.reset(ask);
    return { server, store, told };
  }

  const restart = async ({ port }: RedisProcess): Promise<void> => {
    const again = await startRedis(port);
    cleanUps.push(() => again.stop());
  };

  it("every request is answered when it dies under load, and it is used again when it is back", async () => {
    const { server, store, told } = await fixture();
    const load = Array.from({ length: 300 }, () => store.take(ask));
    await server.stop();
    const outcomes = await Promise.all([
      ...load,
      ...Array.from({ length: 300 }, () => store.take(ask)),
    ]);
    expect(outcomes).toHaveLength(600);
    await until(async () => degraded(await store.take(fresh())));
    expect(isPromise(store.take(fresh()))).toBe(false);
    await restart(server);
    await until(async () => !degraded(await store.take(fresh())));
    expect(told).toEqual(["away", "back"]);
  });

  it("every request is answered when it hangs, and later ones do not wait", async () => {
    const { server, store } = await fixture();
    server.process.kill("SIGSTOP");
    const first = await Promise.all(Array.from({ length: 300 }, () => store.take(ask)));
    expect(first.every(degraded)).toBe(true);
    expect(isPromise(store.take(fresh()))).toBe(false);
    server.process.kill("SIGCONT");
    await until(async () => !degraded(await store.take(fresh())));
  });

  it.each([
    ["full", 5],
    ["allow", 20],
    ["deny", 0],
    [{ share: 0.4 }, 2],
  ] as const)("a fallback of %j lets %d of twenty through", async (fallback, expected) => {
    const { server, store } = await fixture(fallback);
    await server.stop();
    await until(async () => degraded(await store.peek(ask)));
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => store.take(ask)));
    expect(outcomes.filter(({ limits }) => limits[0]![0]!.allowed)).toHaveLength(expected);
  });

  it("findings are still held against clients", async () => {
    const { server, store } = await fixture("deny");
    await server.stop();
    await until(async () => degraded(await store.peek(ask)));
    const policy = { id: "p", threshold: 2, windowMs: 60_000, blockMs: 60_000 };
    const strike = {
      policy,
      fingerprint: ask.limits[0]!.fingerprint,
      findings: [1, 2],
      live: true,
    };
    const { strikes } = await store.take({ limits: [], strikes: [strike] });
    expect(strikes[0]).toMatchObject({ blocked: true, count: 2 });
  });

  it("a reset says that it did not reach everything", async () => {
    const { server, store } = await fixture();
    await server.stop();
    await until(async () => degraded(await store.peek(ask)));
    await expect(store.reset(ask)).rejects.toThrow("Redis did not answer");
  });
});

describe.skipIf(!hasRedis)("a client that cannot connect", () => {
  it("is answered for by this process", async () => {
    const server = await startRedis();
    await server.stop();
    const client = new Redis(server.port);
    client.on("error", () => undefined);
    const store = redisStore(client, { secret: SECRET });
    expect(degraded(await store.take(ask))).toBe(true);
    client.disconnect();
  });
});
