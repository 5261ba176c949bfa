// Ten million clients, each once, past one that is blocked: memory stays at its bound, and the client
// stays blocked. Prints what it found, and fails when either is not so.
import { createHasher, memoryStore, type LimitGroup } from "@arcjet/rate-limit";

const CLIENTS = 10_000_000;
const CAPACITY = 2 ** 20;
const CHECK_EVERY = 250_000;
const MAX_BYTES = 64;

const store = memoryStore({ capacity: CAPACITY });
const hash = createHasher("a secret of the soak");
const group: LimitGroup = {
  id: "soak",
  limits: [
    { algorithm: "FIXED_WINDOW", windowMs: 86_400_000, max: 3, anchor: "first" },
    {
      algorithm: "TOKEN_BUCKET",
      refillRate: 1,
      intervalMs: 86_400_000,
      capacity: 5,
      refill: "interval",
    },
    { algorithm: "SLIDING_WINDOW", intervalMs: 86_400_000, max: 5 },
  ],
  live: [true, true, true],
};
const passes = (client: string): boolean =>
  store
    .take({ limits: [{ group, fingerprint: hash(client), requested: [1, 1, 1] }], strikes: [] })
    .limits[0]!.every(({ allowed }) => allowed);

const before = process.memoryUsage().arrayBuffers;
while (passes("attacker"));
let full = 0;
let wrong = 0;
for (let i = 1; i <= CLIENTS; i++) {
  passes(`client ${i}`);
  if (i === CAPACITY - 1) full = process.memoryUsage().arrayBuffers - before;
  if (i % CHECK_EVERY === 0 && passes("attacker")) wrong++;
}
const held = process.memoryUsage().arrayBuffers - before;
const { records, evictions } = store.stats();
const perClient = held / CAPACITY;
console.log(
  `${records} records, ${evictions} given up, ${perClient.toFixed(1)} bytes for each; the blocked client passed ${wrong} times`,
);
process.exit(
  records === CAPACITY && held <= full * 1.01 && perClient <= MAX_BYTES && wrong === 0 ? 0 : 1,
);
