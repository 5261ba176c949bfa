// One limit beside hono-rate-limiter, and three beside the union of rate-limiter-flexible, all in memory.
// The key of a client is a text made anew for every request, as the address of a connection is in a server:
// each side has to hash it, and to find what it stands for among those of many clients. All of them in turn,
// so that each finds the caches of the processor as another left them.
import { MemoryStore as HonoStore } from "hono-rate-limiter";
import { RateLimiterMemory, RateLimiterUnion } from "rate-limiter-flexible";
import { createHasher, memoryStore, type Limit, type LimitGroup } from "@arcjet/rate-limit";
import { measure } from "./rounds.ts";

const CLIENTS = 10_000;
const STRIDE = 7919;
const MANY = 1_000_000_000;
const NO_STRIKES: readonly never[] = [];
const TAKES = 50_000;
const ROUNDS = 41;
const limits: readonly Limit[] = [
  { algorithm: "FIXED_WINDOW", windowMs: 60_000, max: MANY, anchor: "first" },
  {
    algorithm: "TOKEN_BUCKET",
    refillRate: 1000,
    intervalMs: 1000,
    capacity: MANY,
    refill: "interval",
  },
  { algorithm: "SLIDING_WINDOW", intervalMs: 60_000, max: MANY },
];

let next = 0;
function nextKey(): string {
  next = (next + STRIDE) % CLIENTS;
  return `10.1.${next >> 8}.${next & 255}`;
}

function ours(count: number): () => void {
  const group: LimitGroup = {
    id: "bench",
    limits: limits.slice(0, count),
    live: limits.slice(0, count).map(() => true),
  };
  const requested = group.limits.map(() => 1);
  const store = memoryStore();
  const hash = createHasher("a secret of the bench");
  return () =>
    void store.take({
      limits: [{ group, fingerprint: hash(nextKey()), requested }],
      strikes: NO_STRIKES,
    });
}

const hono = new HonoStore();
// The store reads only this of its options.
hono.init({ windowMs: 60_000 } as Parameters<typeof hono.init>[0]);
const union = new RateLimiterUnion(
  ...[60, 3600, 86_400].map(
    (duration) => new RateLimiterMemory({ keyPrefix: `${duration}`, points: MANY, duration }),
  ),
);
const repeat = (once: () => void) => (times: number) => {
  for (let i = 0; i < times; i++) once();
};

const names = [
  "one limit",
  "hono-rate-limiter, one limit",
  "three limits",
  "rate-limiter-flexible, union of three",
];
const spent = await measure(
  [
    { name: names[0]!, run: repeat(ours(1)) },
    { name: names[1]!, run: repeat(() => void hono.increment(nextKey())) },
    { name: names[2]!, run: repeat(ours(3)) },
    {
      name: names[3]!,
      run: async (times) => {
        for (let i = 0; i < times; i++) await union.consume(nextKey());
      },
    },
  ],
  TAKES,
  ROUNDS,
);
names.forEach((name, i) => console.log(`${name}: ${spent[i]!.toFixed(3)} µs`));
console.log(
  `one limit: ${(spent[1]! / spent[0]!).toFixed(2)} times the speed of hono-rate-limiter`,
);
console.log(`three limits: ${(spent[3]! / spent[2]!).toFixed(1)} times the speed of the union`);
process.exit(0);
