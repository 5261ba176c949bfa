// Takes from one limit of 137 as often as told, all at once, and prints how often it passed.
import { createHasher } from "@arcjet/rate-limit";
import { redisStore } from "@arcjet/rate-limit/redis";
import { Redis } from "ioredis";

const [port, times] = process.argv.slice(2).map(Number);
const client = new Redis(port);
const store = redisStore(client, { secret: "a secret of the tests", deadline: 10_000 });
const limit = { algorithm: "FIXED_WINDOW", windowMs: 600_000, max: 137, anchor: "first" };
const group = { id: "processes", limits: [limit], live: [true] };
const charge = { group, fingerprint: createHasher(store.secret)("one client"), requested: [1] };
const outcomes = await Promise.all(
  Array.from({ length: times }, () => store.take({ limits: [charge], strikes: [] })),
);
console.log(outcomes.filter(({ limits, degraded }) => !degraded && limits[0][0].allowed).length);
client.disconnect();
