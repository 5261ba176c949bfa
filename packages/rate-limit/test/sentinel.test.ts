// Through Sentinel, which tells the client where the master is.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { createSentinel } from "redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RedisClient } from "../src/redis/link.ts";
import { redisStore } from "../src/redis/redis-store.ts";
import { charge, group, window } from "./charges.ts";
import { hasRedis, type RedisProcess, startRedis, startSentinel } from "./servers.ts";

const NAME = "main";

describe.skipIf(!hasRedis)("through Sentinel", () => {
  let folder: string;
  let master: RedisProcess;
  let sentinel: RedisProcess;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "arcjet-sentinel-"));
    master = await startRedis();
    const file = join(folder, "sentinel.conf");
    writeFileSync(file, `sentinel monitor ${NAME} 127.0.0.1 ${master.port} 1\n`);
    sentinel = await startSentinel(file);
  });
  afterAll(async () => {
    await sentinel?.stop();
    await master?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function passes(client: RedisClient, prefix: string): Promise<number> {
    const store = redisStore(client, { secret: "sixteen letters!", prefix, deadline: 10_000 });
    const ask = { limits: [charge(group([window(7)]), "a")], strikes: [] };
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => store.take(ask)));
    return outcomes.filter(({ limits, degraded }) => !degraded && limits[0]![0]!.allowed).length;
  }

  it("ioredis lets pass what the limit holds", async () => {
    const client = new Redis({
      sentinels: [{ host: "127.0.0.1", port: sentinel.port }],
      name: NAME,
    });
    expect(await passes(client, "ioredis:")).toBe(7);
    client.disconnect();
  });

  it("redis lets pass what the limit holds", async () => {
    const client = createSentinel({
      name: NAME,
      sentinelRootNodes: [{ host: "127.0.0.1", port: sentinel.port }],
    });
    await client.connect();
    expect(await passes(client, "redis:")).toBe(7);
    client.destroy();
  });
});
