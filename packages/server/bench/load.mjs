// Load on one server process.
// node bench/load.mjs [seconds] [decisions per second; 0 for as many as there are]
// Ends with 1 when a decision failed or, in a run of a minute and more, the memory of the server grew.
import { startServer } from "./asked-server.mjs";

const SAMPLES = 30;
/** Growth of the median from the first third of a run to the last that is noise. */
const NOISE_BYTES = 32 * 2 ** 20;
const seconds = Number(process.argv[2] ?? 10);
const rate = Number(process.argv[3] ?? 0);

const server = await startServer(process.env.ARCJET_BENCH_LOG);
const samples = [];
const sampling = setInterval(
  async () => samples.push((await server.usage()).memory),
  (seconds * 1_000) / SAMPLES,
);
const { times, failed, perSecond, serving, asking } = await server.run(seconds, rate);
clearInterval(sampling);
times.sort((a, b) => a - b);
const at = (share) => times[Math.floor(times.length * share)].toFixed(2);
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const third = Math.ceil(samples.length / 3);
const rss = samples.map((sample) => sample.rss);
const growth = median(rss.slice(-third)) - median(rss.slice(0, third));
const mebibytes = (bytes) => Math.round(bytes / 2 ** 20);
console.log(
  JSON.stringify({
    decisions: times.length,
    perSecond: Math.round(perSecond),
    p50: at(0.5),
    p99: at(0.99),
    failed,
    serverCpuMicrosecondsEach: Math.round(serving),
    askingCpuMicrosecondsEach: Math.round(asking),
    rssMiB: samples.map(({ rss }) => mebibytes(rss)),
    heapMiB: samples.map(({ heapUsed }) => mebibytes(heapUsed)),
    growthMiB: mebibytes(growth),
  }),
);
await server.stop();
if (failed > 0 || (seconds >= 60 && growth > NOISE_BYTES)) process.exitCode = 1;
