/** Five rules: decided in the process, and by the official client with a Decide server on the same machine. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import arcjet, { detectBot, filter, fixedWindow, shield, tokenBucket } from "@arcjet/node";
import * as official from "arcjet-node-official";
import { inTurn, onTheWall, pair, type Row } from "../pair.ts";

const LIMIT = 1_000_000_000;
const KEY = "ajkey_00000000000000000000000001";
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const live = { mode: "LIVE" } as const;
const bots = { ...live, allow: ["CATEGORY:SEARCH_ENGINE"] } as const;
const bucket = { ...live, refillRate: LIMIT, interval: 1, capacity: LIMIT } as const;
const admin = { ...live, deny: ['http.request.uri.path eq "/admin"'] };
const perMinute = { ...live, window: "1m", max: LIMIT } as const;

const requests = Array.from({ length: 256 }, (_, i) => ({
  method: "GET",
  url: `/search?q=shoes&page=${i % 50}`,
  httpVersion: "1.1",
  headers: {
    host: "example.com",
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "accept-language": "en-US,en;q=0.5",
  },
  socket: { remoteAddress: `93.184.216.${i}`, encrypted: false },
}));

export async function rows(): Promise<readonly Row[]> {
  const here = arcjet({
    log: quiet,
    rules: [
      shield(live),
      detectBot(bots),
      tokenBucket(bucket),
      filter(admin),
      fixedWindow(perMinute),
    ],
  });
  const child = fork(fileURLToPath(new URL("decide-server.ts", import.meta.url)), [KEY]);
  const [{ baseUrl }] = (await once(child, "message")) as [{ baseUrl: string }];
  // The published client asks only servers it knows, or one that the environment names.
  process.env.ARCJET_BASE_URL = baseUrl;
  const there = official.default({
    key: KEY,
    log: quiet,
    client: official.createRemoteClient({ baseUrl }),
    rules: [
      official.shield(live),
      official.detectBot({ ...live, allow: ["CATEGORY:SEARCH_ENGINE"] }),
      official.tokenBucket(bucket),
      official.filter(admin),
      official.fixedWindow(perMinute),
    ],
  });
  try {
    const decision = await there.protect(requests[0]!, { requested: 1 });
    if (decision.isErrored()) throw new Error("the official client got no decision");
    return [
      await pair(
        "`protect()` with five rules",
        // A request is judged once, so each call has a new one.
        { name: "here", call: inTurn(requests, (request) => here.protect({ ...request })) },
        {
          name: "official SDK 1.13.0, server on the same machine",
          call: inTurn(requests, (request) => there.protect({ ...request }, { requested: 1 })),
        },
        onTheWall,
      ),
    ];
  } finally {
    delete process.env.ARCJET_BASE_URL;
    child.kill();
  }
}
