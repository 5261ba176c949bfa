/** Takes of limits, in memory and on a Redis that is started for it. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { createHasher, memoryStore, type Charges, type LimitGroup } from "@arcjet/rate-limit";
import { redisStore } from "@arcjet/rate-limit/redis";
import { MemoryStore } from "hono-rate-limiter";
import { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterUnion } from "rate-limiter-flexible";
import { onTheWall, pair, type Row } from "../pair.ts";

const LIMIT = 1_000_000_000;
const NO_STRIKES: readonly never[] = [];
const KEYS = 10_000;
const CONCURRENT = 500;
const WINDOWS_S = [60, 3600, 86_400];
/** Clients come in an order that no cache of the processor foresees; it has no divisor in common with KEYS. */
const STRIDE = 7919;
const SECRET = "a secret for the bench alone";

const groupOf = (count: number): LimitGroup => ({
  id: `bench-${count}`,
  limits: WINDOWS_S.slice(0, count).map((seconds) => ({
    algorithm: "FIXED_WINDOW",
    windowMs: seconds * 1000,
    max: LIMIT,
    anchor: "first",
  })),
  live: Array.from({ length: count }, () => true),
});

/** The addresses of one client after the other, each a text made anew, as that of a connection is. */
function keys(): () => string {
  let at = 0;
  return () => {
    at = (at + STRIDE) % KEYS;
    return `10.1.${at >> 8}.${at & 255}`;
  };
}

/** Charges of the same clients, whose addresses are hashed each time. */
function charges(count: number): () => Charges {
  const group = groupOf(count);
  const requested = group.limits.map(() => 1);
  const [name, hash] = [keys(), createHasher(SECRET)];
  return () => ({ limits: [{ group, fingerprint: hash(name()), requested }], strikes: NO_STRIKES });
}

async function inMemory(): Promise<readonly Row[]> {
  const store = memoryStore();
  const hono = new MemoryStore();
  // What the middleware does to a store before it is used.
  hono.init({ windowMs: 60_000 } as never);
  const union = new RateLimiterUnion(
    ...WINDOWS_S.map(
      (duration) => new RateLimiterMemory({ points: LIMIT, duration, keyPrefix: `${duration}` }),
    ),
  );
  const [one, three, name, other] = [charges(1), charges(3), keys(), keys()];
  return [
    await pair(
      "one limit in memory",
      { name: "here", call: () => store.take(one()) },
      { name: "hono-rate-limiter", call: () => void hono.increment(name()) },
    ),
    await pair(
      "three limits in memory",
      { name: "here", call: () => store.take(three()) },
      { name: "rate-limiter-flexible, union", call: () => union.consume(other()) },
    ),
  ];
}

async function startRedis(): Promise<{ readonly process: ChildProcess; readonly port: number }> {
  const probe = createServer().listen(0);
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  const options = ["--port", String(port), "--save", "", "--appendonly", "no"];
  const process = spawn("redis-server", options, { stdio: ["ignore", "pipe", "ignore"] });
  for await (const text of process.stdout) if (String(text).includes("Ready to accept")) break;
  return { process, port };
}

/** One call of many at once: so many takes, all waited for. */
const atOnce = (take: () => unknown) => (): Promise<unknown> =>
  Promise.all(Array.from({ length: CONCURRENT }, take));

async function onRedis(): Promise<readonly Row[]> {
  const { process, port } = await startRedis();
  const [mine, theirs] = [new Redis(port), new Redis(port)];
  const store = redisStore(mine, { secret: SECRET });
  const union = new RateLimiterUnion(
    ...WINDOWS_S.map(
      (duration) =>
        new RateLimiterRedis({
          storeClient: theirs,
          points: LIMIT,
          duration,
          keyPrefix: `${duration}`,
        }),
    ),
  );
  const [three, name] = [charges(3), keys()];
  try {
    await Promise.all([mine.ping(), theirs.ping()]);
    return [
      await pair(
        `three limits on Redis, ${CONCURRENT} at once`,
        { name: "here", call: atOnce(() => store.take(three())) },
        { name: "rate-limiter-flexible, union", call: atOnce(() => union.consume(name())) },
        onTheWall,
      ),
    ];
  } finally {
    mine.disconnect();
    theirs.disconnect();
    process.kill();
  }
}

export const rows = async (): Promise<readonly Row[]> => [
  ...(await inMemory()),
  ...(await onRedis()),
];
