// Load on one server process: three rules, binary, one HTTP/2 connection, 50 streams.
// node bench/load.mjs [seconds] [decisions per second; 0 for as many as there are]
// Ends with 1 when a decision failed or, in a run of a minute and more, the memory of the server grew.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { create, toBinary } from "@bufbuild/protobuf";
import { DecideRequestSchema, ruleToWire } from "@arcjet/protocol/wire";
import { connectHttp2, headerBlock, requestOf } from "./h2-client.mjs";

const STREAMS = 50;
/** Decisions before anything is measured: until then the process mostly compiles. */
const WARM_UP = 60_000;
const SAMPLES = 30;
/** Growth of the median from the first third of a run to the last that is noise. */
const NOISE_BYTES = 32 * 2 ** 20;
const seconds = Number(process.argv[2] ?? 10);
const rate = Number(process.argv[3] ?? 0);

const child = fork(fileURLToPath(new URL("serve.mjs", import.meta.url)));
const next = () => new Promise((resolve) => child.once("message", resolve));
const { url, key } = await next();
const usage = () => (child.send("usage"), next());

const rules = [
  { type: "SHIELD", mode: "LIVE", threshold: 5, window: 600, blockFor: 600 },
  {
    type: "RATE_LIMIT",
    algorithm: "TOKEN_BUCKET",
    mode: "LIVE",
    characteristics: [],
    refillRate: 10,
    interval: 1,
    capacity: 100,
    refill: "interval",
  },
  {
    type: "BOT",
    mode: "LIVE",
    allow: ["CATEGORY:SEARCH_ENGINE"],
    missingUserAgent: "error",
    denySpoofed: false,
  },
].map(ruleToWire);
const messages = Array.from({ length: 1_000 }, (_, at) =>
  Buffer.from(
    toBinary(
      DecideRequestSchema,
      create(DecideRequestSchema, {
        sdkVersion: "1.13.0",
        rules,
        details: {
          ip: `8.${at % 250}.${at >> 3}.7`,
          method: "GET",
          protocol: "https:",
          host: "example.com",
          path: "/products/42",
          query: "?ref=home&page=2",
          cookies: "session=0123456789abcdef; theme=dark",
          headers: {
            host: "example.com",
            "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "accept-language": "en-US,en;q=0.5",
            "accept-encoding": "gzip, deflate, br",
            referer: "https://example.com/",
            "sec-fetch-mode": "navigate",
          },
        },
      }),
    ),
  ),
);

const session = await connectHttp2(url);
const block = headerBlock({
  ":method": "POST",
  ":scheme": "http",
  ":authority": new URL(url).host,
  ":path": "/proto.decide.v1alpha1.DecideService/Decide",
  "content-type": "application/proto",
  "connect-protocol-version": "1",
  authorization: `Bearer ${key}`,
});
const requests = messages.map((message) => requestOf(block, message));
let sent = 0;
let failed = 0;
const times = [];
const ask = () =>
  new Promise((resolve) => {
    const started = performance.now();
    session.ask(requests[sent++ % requests.length], (ok) => {
      times.push(performance.now() - started);
      if (!ok) failed++;
      resolve();
    });
  });

async function run(duration) {
  const end = performance.now() + duration * 1_000;
  const began = performance.now();
  const start = sent;
  await Promise.all(
    Array.from({ length: STREAMS }, async () => {
      while (performance.now() < end) {
        const ahead = rate === 0 ? 0 : began + ((sent - start) * 1_000) / rate - performance.now();
        if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
        await ask();
      }
    }),
  );
  return (performance.now() - began) / 1_000;
}

for (let warm = 0; warm < WARM_UP; warm = sent) await run(1);
times.length = 0;
const before = await usage();
const samples = [];
const sampling = setInterval(
  async () => samples.push((await usage()).memory),
  (seconds * 1_000) / SAMPLES,
);
const took = await run(seconds);
clearInterval(sampling);
const after = await usage();
times.sort((a, b) => a - b);
const at = (share) => times[Math.floor(times.length * share)].toFixed(2);
const cpu = (after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system) / 1e6;
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const third = Math.ceil(samples.length / 3);
const rss = samples.map((sample) => sample.rss);
const growth = median(rss.slice(-third)) - median(rss.slice(0, third));
const mebibytes = (bytes) => Math.round(bytes / 2 ** 20);
console.log(
  JSON.stringify({
    decisions: times.length,
    perSecond: Math.round(times.length / took),
    p50: at(0.5),
    p99: at(0.99),
    failed,
    serverCpuMicrosecondsEach: Math.round((cpu * 1e6) / times.length),
    rssMiB: samples.map(({ rss }) => mebibytes(rss)),
    heapMiB: samples.map(({ heapUsed }) => mebibytes(heapUsed)),
    growthMiB: mebibytes(growth),
  }),
);
session.close();
child.send("stop");
if (failed > 0 || (seconds >= 60 && growth > NOISE_BYTES)) process.exitCode = 1;
