/** Five rules and three limits, embedded and in one process: microseconds a decision. */
import arcjet, {
  detectBot,
  filter,
  fixedWindow,
  shield,
  tokenBucket,
  type RequestParts,
} from "@arcjet/core";
import { fakeRequest } from "@arcjet/core/testing";

const DECISIONS = 20_000;
const LIMIT = 2 ** 32 - 1;

const bucket = () => tokenBucket({ mode: "LIVE", refillRate: LIMIT, interval: 1, capacity: LIMIT });
const perMinute = () => fixedWindow({ mode: "LIVE", window: "1m", max: LIMIT });
const perHour = () => fixedWindow({ mode: "LIVE", window: "1h", max: LIMIT });

const clients = {
  "five rules": arcjet({
    rules: [
      shield({ mode: "LIVE" }),
      detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE"] }),
      bucket(),
      filter({ mode: "LIVE", deny: ['http.request.uri.path.canonical eq "/admin"'] }),
      perMinute(),
    ],
  }),
  "three limits": arcjet({ rules: [bucket(), perMinute(), perHour()] }),
};

const request = (i: number): RequestParts =>
  fakeRequest({ url: `/search?q=shoes&page=${i % 50}`, ip: `93.184.${i & 255}.${(i >> 8) & 255}` });

/** Times each decision by itself, after as many that are not counted. */
async function measure(decide: (request: RequestParts) => unknown): Promise<Float64Array> {
  const times = new Float64Array(DECISIONS);
  for (let i = -DECISIONS; i < DECISIONS; i++) {
    const given = request(i + DECISIONS);
    const start = process.hrtime.bigint();
    await decide(given);
    if (i >= 0) times[i] = Number(process.hrtime.bigint() - start) / 1000;
  }
  return times.sort();
}

for (const [name, client] of Object.entries(clients)) {
  const times = await measure((given) => client.protect(given));
  const at = (share: number): string => times[Math.floor(DECISIONS * share)]!.toFixed(1);
  console.log(`protect(), ${name}: median ${at(0.5)} µs, p99 ${at(0.99)} µs`);
}
