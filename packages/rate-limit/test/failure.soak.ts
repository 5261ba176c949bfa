// Redis is killed, and hung, under load. Prints how long the first decision took after that, how long later
// ones took, and how soon Redis was used again once it was back; fails when one of them took too long.
import { Redis } from "ioredis";
import { createClient } from "redis";
import type { LimitGroup } from "@arcjet/rate-limit";
import { type RedisClient, redisStore } from "@arcjet/rate-limit/redis";
import { type RedisProcess, startRedis, until } from "./servers.ts";

const CALLERS = 50;
const AWAY_MS = 1500;
const MAX_FIRST_MS = 100;
const MAX_LATER_MS = 1;
const MAX_BACK_MS = 2000;
/** Later decisions that may take longer, since another process may have the processor. */
const LATER = 0.99;

const group: LimitGroup = {
  id: "soak",
  limits: [{ algorithm: "FIXED_WINDOW", windowMs: 600_000, max: 1_000_000, anchor: "first" }],
  live: [true],
};
let clients = 0;
const fresh = () => ({
  limits: [{ group, fingerprint: { high: 1, low: clients++ }, requested: [1] }],
  strikes: [],
});
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type Connect = (port: number) => Promise<{ client: RedisClient; close: () => void }>;
const connections: Readonly<Record<string, Connect>> = {
  ioredis: async (port) => {
    const client = new Redis(port);
    client.on("error", () => undefined);
    await client.ping();
    return { client, close: () => client.disconnect() };
  },
  redis: async (port) => {
    const client = createClient({ socket: { port } });
    await client.connect();
    return { client, close: () => client.destroy() };
  },
};

type Act = (server: RedisProcess) => Promise<RedisProcess>;
const failures: Readonly<Record<string, { readonly leave: Act; readonly back: Act }>> = {
  killed: {
    leave: async (server) => {
      await server.stop();
      return server;
    },
    back: ({ port }) => startRedis(port),
  },
  hung: {
    leave: async (server) => {
      server.process.kill("SIGSTOP");
      return server;
    },
    back: async (server) => {
      server.process.kill("SIGCONT");
      return server;
    },
  },
};

/** Milliseconds from the loss to the first decision, of later decisions, and from the return to its use. */
async function measure(connect: Connect, { leave, back }: { leave: Act; back: Act }) {
  let server = await startRedis();
  const { client, close } = await connect(server.port);
  const store = redisStore(client, { secret: "a secret of the soak" });
  await until(async () => (await store.take(fresh())).degraded !== true);
  const later: number[] = [];
  const seen = { leftAt: Infinity, firstAt: Infinity, backAt: Infinity, running: true };
  const caller = async (): Promise<void> => {
    while (seen.running) {
      const asked = performance.now();
      const outcome = await store.take(fresh());
      const now = performance.now();
      if (outcome.degraded === true && now < seen.firstAt) seen.firstAt = now;
      else if (outcome.degraded === true && asked > seen.firstAt) later.push(now - asked);
      else if (outcome.degraded !== true && now < seen.backAt && now > seen.firstAt)
        seen.backAt = now;
      await sleep(1);
    }
  };
  const load = Promise.all(Array.from({ length: CALLERS }, caller));
  await sleep(300);
  seen.leftAt = performance.now();
  server = await leave(server);
  await sleep(AWAY_MS);
  server = await back(server);
  const returned = performance.now();
  await until(() => seen.backAt < Infinity);
  seen.running = false;
  await load;
  close();
  await server.stop();
  later.sort((a, b) => a - b);
  return {
    first: seen.firstAt - seen.leftAt,
    later: later[Math.floor(later.length * LATER)] ?? Number.NaN,
    back: seen.backAt - returned,
  };
}

let failed = false;
for (const [clientName, connect] of Object.entries(connections))
  for (const [failure, acts] of Object.entries(failures)) {
    const { first, later, back } = await measure(connect, acts);
    if (!(first <= MAX_FIRST_MS && later <= MAX_LATER_MS && back <= MAX_BACK_MS)) failed = true;
    const [a, b, c] = [first, later, back].map((ms) => ms.toFixed(2));
    console.log(
      `${clientName}, Redis ${failure}: first decision after ${a} ms, then ${b} ms (99 of 100); used again after ${c} ms`,
    );
  }
process.exit(failed ? 1 : 0);
