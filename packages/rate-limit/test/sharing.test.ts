// Several stores, several processes, one Redis.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { redisStore } from "../src/redis/redis-store.ts";
import type { Store } from "../src/store.ts";
import { type Server, startServer } from "./servers.ts";
import { charge, group, sliding, window } from "./charges.ts";

const SECRET = "a secret of the tests";
const DEADLINE = 10_000;

let server: Server;
let client: Redis;
let made = 0;
beforeAll(async () => {
  server = await startServer();
  client = new Redis(server.port);
  await client.ping();
});
afterAll(async () => {
  client.disconnect();
  await server.stop();
});

const open = (prefix: string): Store =>
  redisStore(client, { secret: SECRET, prefix, deadline: DEADLINE });

describe("stores on one Redis", () => {
  it("share what they count when prefix and secret are the same, and nothing else", async () => {
    const [a, b, apart] = [open("same:"), open("same:"), open("other:")];
    const ask = { limits: [charge(group([window(2)]), "a")], strikes: [] };
    const left = async (store: Store) => (await store.take(ask)).limits[0]![0]!.remaining;
    expect([await left(a), await left(b), await left(apart)]).toEqual([1, 0, 1]);
  });

  it("give every record an end", async () => {
    const prefix = `ttl ${made++}:`;
    const store = open(prefix);
    const strike = {
      policy: { id: "p", threshold: 2, windowMs: 1000, blockMs: 5000 },
      fingerprint: { high: 1, low: 2 },
      live: true,
    };
    const of = group([window(2), sliding(9)], [true, true], "many");
    for (const units of [1, 2, 3, 10])
      await store.take({
        limits: [charge(of, `client ${units}`, units, units)],
        strikes: [{ ...strike, findings: [units] }],
      });
    const keys = await client.keys(`${prefix}*`);
    const ends = await Promise.all(keys.map((key) => client.ttl(key)));
    expect(keys).toHaveLength(5);
    expect(ends.every((seconds) => seconds > 0 && seconds <= 61)).toBe(true);
  });

  it("go on when the server forgets the script", async () => {
    const store = open(`flush ${made++}:`);
    const ask = { limits: [charge(group([window(9)]), "a")], strikes: [] };
    const left: number[] = [];
    for (let i = 0; i < 3; i++) {
      const { limits, degraded } = await store.take(ask);
      expect(degraded).toBeUndefined();
      left.push(limits[0]![0]!.remaining);
      await client.script("FLUSH");
    }
    expect(left).toEqual([8, 7, 6]);
  });

  it("take a record that is not theirs for none", async () => {
    const prefix = `odd ${made++}:`;
    const store = open(prefix);
    const ask = { limits: [charge(group([window(9)]), "a")], strikes: [] };
    await store.take(ask);
    const [key] = await client.keys(`${prefix}*`);
    await client.set(key!, "something else");
    expect((await store.take(ask)).limits[0]![0]!.remaining).toBe(8);
  });

  it("pass exactly what a limit holds when units are taken in advance", async () => {
    const prefix = `lease ${made++}:`;
    const options = { secret: SECRET, prefix, deadline: DEADLINE, lease: 16 };
    const store = redisStore(client, options);
    const ask = { limits: [charge(group([window(400)]), "a")], strikes: [] };
    let [passed, trips] = [0, 0];
    for (let i = 0; i < 500; i++) {
      const outcome = store.take(ask);
      if (outcome instanceof Promise) trips++;
      if ((await outcome).limits[0]![0]!.allowed) passed++;
    }
    expect(passed).toBe(400);
    expect(trips).toBeLessThan(200);
    await store.reset(ask);
    expect((await store.take(ask)).limits[0]![0]!.remaining).toBe(399);
  });

  it("let two processes together pass exactly what a limit holds", async () => {
    const passed = await Promise.all([takeInProcess(250), takeInProcess(250)]);
    expect(passed[0]! + passed[1]!).toBe(137);
  });
});

/** Takes many times at once in a process of its own; gives how often it passed. */
function takeInProcess(times: number): Promise<number> {
  const script = fileURLToPath(new URL("taker.mjs", import.meta.url));
  const conditions = ["--conditions=@arcjet/source", "--experimental-strip-types", "--no-warnings"];
  const child = spawn(process.execPath, [...conditions, script, `${server.port}`, `${times}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (part: Buffer) => (text += part.toString()));
    child.on("error", reject);
    child.on("close", () => resolve(Number(text)));
  });
}
