// Three limits on one Redis beside the union of rate-limiter-flexible, and clients that are known to be
// denied by one limit beside its block in memory. In turn, each on a connection of its own; medians.
import { Redis } from "ioredis";
import { RateLimiterRedis, RateLimiterUnion } from "rate-limiter-flexible";
import { createHasher, type Limit, type LimitGroup } from "@arcjet/rate-limit";
import { redisStore } from "@arcjet/rate-limit/redis";
import { measure, median } from "./rounds.ts";
import { startServer } from "./servers.ts";

const ROUNDS = 9;
const ROUND_MS = 500;
const CONCURRENT = 500;
const CLIENTS = 10_000;
const DENIED_CLIENTS = 1000;
const STRIDE = 7919;
const MANY = 1_000_000_000;
const NO_STRIKES: readonly never[] = [];

const server = await startServer();
const redis = new Redis(server.port);
const peerRedis = new Redis(server.port);
const watch = new Redis(server.port);
const store = redisStore(redis, { secret: "a secret of the bench", deadline: 10_000 });
const hash = createHasher("a secret of the bench");

const limitsOf = (max: number): readonly Limit[] => [
  { algorithm: "FIXED_WINDOW", windowMs: 600_000, max, anchor: "first" },
  {
    algorithm: "TOKEN_BUCKET",
    refillRate: 1,
    intervalMs: 600_000,
    capacity: max,
    refill: "interval",
  },
  { algorithm: "SLIDING_WINDOW", intervalMs: 600_000, max },
];
const open: LimitGroup = { id: "open", limits: limitsOf(MANY), live: [true, true, true] };
const closed: LimitGroup = { id: "closed", limits: limitsOf(1).slice(0, 1), live: [true] };
const take = (group: LimitGroup, requested: readonly number[], key: string) =>
  store.take({ limits: [{ group, fingerprint: hash(key), requested }], strikes: NO_STRIKES });
const [ONE, THREE] = [[1], [1, 1, 1]];
const peer = (keyPrefix: string, points: number, options = {}) =>
  new RateLimiterRedis({ storeClient: peerRedis, keyPrefix, points, duration: 600, ...options });
const union = new RateLimiterUnion(peer("a", MANY), peer("b", MANY), peer("c", MANY));
const blocking = peer("d", 1, { inMemoryBlockOnConsumed: 1, inMemoryBlockDuration: 600 });

const keyOf = (client: number): string => `10.1.${client >> 8}.${client & 255}`;

interface Sample {
  readonly perSecond: number;
  readonly redisMicros: number;
}

/** Many callers that each ask again when they are answered, for a while. */
async function round(ask: (key: string) => unknown): Promise<Sample> {
  let made = 0;
  let next = 0;
  const before = await redisCpu();
  const start = performance.now();
  const caller = async (): Promise<void> => {
    while (performance.now() - start < ROUND_MS) {
      next = (next + STRIDE) % CLIENTS;
      await ask(keyOf(next));
      made++;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, caller));
  const seconds = (performance.now() - start) / 1000;
  const spent = (await redisCpu()) - before;
  return { perSecond: made / seconds, redisMicros: (spent * 1e6) / made };
}

async function redisCpu(): Promise<number> {
  const text = await watch.info("cpu");
  const read = (name: string): number =>
    Number(new RegExp(`used_cpu_${name}:([\\d.]+)`).exec(text)?.[1] ?? 0);
  return read("user") + read("sys");
}

const contestants = {
  ours: () => round((key) => take(open, THREE, key)),
  union: () => round((key) => union.consume(key)),
};
const samples = new Map<string, Sample[]>();
for (let i = 0; i <= ROUNDS; i++)
  for (const [name, run] of Object.entries(contestants)) {
    const sample = await run();
    if (i > 0) samples.set(name, [...(samples.get(name) ?? []), sample]);
  }
const of = (name: keyof typeof contestants, what: keyof Sample): number =>
  median((samples.get(name) ?? []).map((sample) => sample[what]));
for (const name of samples.keys()) {
  const known = name as keyof typeof contestants;
  const [speed, cpu] = [of(known, "perSecond") / 1000, of(known, "redisMicros")];
  console.log(`${name}: ${speed.toFixed(1)} k/s, ${cpu.toFixed(2)} µs of Redis`);
}
const ratio = (a: number, b: number): string => (a / b).toFixed(2);
console.log(
  `decisions: ${ratio(of("ours", "perSecond"), of("union", "perSecond"))} times the union`,
);
console.log(`CPU of Redis: 1 / ${ratio(of("union", "redisMicros"), of("ours", "redisMicros"))}`);

/**
 * Asks for clients that have been denied, one after the other. The loop is no async function, which would
 * be slow by itself: it is left only where an answer has to be waited for.
 */
const denied = (ask: (key: string) => unknown) => {
  const askUntilPromise = (from: number, times: number): [next: number, answer: unknown] => {
    for (let i = from; i < times; i++) {
      const answer = ask(keyOf((i * STRIDE) % DENIED_CLIENTS));
      if (answer instanceof Promise) return [i + 1, answer];
    }
    return [times, undefined];
  };
  return async (times: number) => {
    for (let next = 0; next < times;) {
      const [after, answer] = askUntilPromise(next, times);
      next = after;
      await answer;
    }
  };
};
const [ours, block] = await measure(
  [
    { name: "ours", run: denied((key) => take(closed, ONE, key)) },
    { name: "block", run: denied((key) => blocking.consume(key).catch(() => undefined)) },
  ],
  200_000,
);
console.log(`denied: ${ours!.toFixed(3)} µs; block in memory: ${block!.toFixed(3)} µs`);
console.log(`denied clients: ${ratio(block!, ours!)} times the block in memory`);
for (const client of [redis, peerRedis, watch]) client.disconnect();
await server.stop();
process.exit(0);
