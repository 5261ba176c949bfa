// A server in a process of its own, and what asks it: three rules, binary, one HTTP/2 connection, 50 streams.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { create, toBinary } from "@bufbuild/protobuf";
import { DecideRequestSchema, ruleToWire } from "@arcjet/protocol/wire";
import { connectHttp2, headerBlock, requestOf } from "./h2-client.mjs";

const STREAMS = 50;
/** Decisions before anything is measured: until then the process mostly compiles. */
const WARM_UP = 60_000;

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

/** A question about one of a thousand clients. */
const messageOf = (at) =>
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
  });
const messages = Array.from({ length: 1_000 }, (_, at) =>
  Buffer.from(toBinary(DecideRequestSchema, messageOf(at))),
);

const microseconds = ({ user, system }) => user + system;

function requestsFor(url, key) {
  const block = headerBlock({
    ":method": "POST",
    ":scheme": "http",
    ":authority": new URL(url).host,
    ":path": "/proto.decide.v1alpha1.DecideService/Decide",
    "content-type": "application/proto",
    "connect-protocol-version": "1",
    authorization: `Bearer ${key}`,
  });
  return messages.map((message) => requestOf(block, message));
}

/**
 * Starts a server that has compiled what it runs; one that logs to a file when there is one.
 * `run(seconds, perSecond)` asks it, as often as it answers when `perSecond` is 0.
 */
export async function startServer(file = "") {
  const env = { ...process.env, ARCJET_BENCH_LOG: file };
  const child = fork(fileURLToPath(new URL("serve.mjs", import.meta.url)), { env });
  // It answers in the order in which it is asked.
  const waiting = [];
  child.on("message", (message) => waiting.shift()?.(message));
  const next = () => new Promise((resolve) => waiting.push(resolve));
  const { url, key } = await next();
  const usage = () => (child.send("usage"), next());
  const session = await connectHttp2(url);
  const requests = requestsFor(url, key);
  let sent = 0;

  const run = async (seconds, perSecond = 0) => {
    const times = [];
    let failed = 0;
    const ask = () =>
      new Promise((resolve) => {
        const started = performance.now();
        session.ask(requests[sent++ % requests.length], (ok) => {
          times.push(performance.now() - started);
          if (!ok) failed++;
          resolve();
        });
      });
    const before = await usage();
    const own = process.cpuUsage();
    const began = performance.now();
    const end = began + seconds * 1_000;
    const start = sent;
    const stream = async () => {
      while (performance.now() < end) {
        const due = perSecond === 0 ? began : began + ((sent - start) * 1_000) / perSecond;
        const ahead = due - performance.now();
        if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
        await ask();
      }
    };
    await Promise.all(Array.from({ length: STREAMS }, stream));
    const took = (performance.now() - began) / 1_000;
    const asking = microseconds(process.cpuUsage(own)) / times.length;
    const cpu = microseconds((await usage()).cpu) - microseconds(before.cpu);
    return {
      times,
      failed,
      perSecond: times.length / took,
      /** Microseconds of processor time for each decision, of the server and of who asks. */
      serving: cpu / times.length,
      asking,
    };
  };
  let warm = 0;
  while (warm < WARM_UP) warm += (await run(1)).times.length;
  return {
    run,
    usage,
    stop: () => {
      session.close();
      child.send("stop");
      return new Promise((resolve) => child.once("exit", resolve));
    },
  };
}
