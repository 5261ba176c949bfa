// The same traffic through a live Express app and through a replay of the log it left: one file of rules,
// the same verdict for every request.
import arcjet, { defineConfig, detectBot, filter, fixedWindow, shield } from "@arcjet/express";
import express from "express";
import { once } from "node:events";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createJudge } from "../src/replay/judge.ts";
import type { LogEntry } from "../src/replay/entry.ts";
import { readEntries } from "../src/replay/source.ts";
import { BROWSER, clf } from "./log-lines.ts";

const config = defineConfig({
  rules: [
    shield({ mode: "LIVE" }),
    detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE"], missingUserAgent: "deny" }),
    fixedWindow({ mode: "LIVE", window: "1h", max: 20 }),
    filter({ mode: "LIVE", deny: ['http.request.uri.path.canonical eq "/admin"'] }),
    fixedWindow({ mode: "DRY_RUN", window: "1h", max: 3 }),
  ],
  proxies: ["127.0.0.1"],
});

interface Visit {
  readonly ip: string;
  readonly path: string;
  readonly agent: string | undefined;
}

const CLIENTS = ["93.184.216.34", "8.8.8.8", "1.1.1.1", "2606:4700::1111"];
const GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
const ODD: readonly Omit<Visit, "ip">[] = [
  { path: "//Admin/", agent: BROWSER },
  { path: "/x/%2e%2e/ADMIN", agent: BROWSER },
  { path: "/", agent: "curl/8.5.0" },
  { path: "/", agent: 'python-requests/2.31 "x" \\' },
  { path: "/", agent: GOOGLE },
  { path: "/", agent: undefined },
  { path: "/?id=1%27%20UNION%20SELECT%20a,b%20FROM%20users--", agent: BROWSER },
  { path: "/../../etc/passwd", agent: BROWSER },
  { path: "/search?q=%3Cscript%3Ealert(1)%3C/script%3E", agent: BROWSER },
  { path: "/.env", agent: BROWSER },
  { path: "/wp-login.php", agent: BROWSER },
  { path: "/.git/config", agent: BROWSER },
  { path: "/a\\b?c='\"", agent: BROWSER },
];

/** Pages of all clients in turn, something odd every third time, and a burst at the end. */
const visits: readonly Visit[] = [
  ...Array.from({ length: 60 }, (_, at): Visit => {
    const ip = CLIENTS[at % 3]!;
    const odd = at % 3 === 2 ? ODD[Math.floor(at / 3) % ODD.length]! : undefined;
    return { ip, ...(odd ?? { path: `/page/${at}?x=${at}`, agent: BROWSER }) };
  }),
  ...ODD.map((odd): Visit => ({ ip: CLIENTS[3]!, ...odd })),
  ...Array.from({ length: 30 }, (): Visit => ({ ip: "9.9.9.9", path: "/burst", agent: BROWSER })),
];

const lines: string[] = [];
const verdicts: string[] = [];
let port = 0;
let close = (): Promise<unknown> => Promise.resolve();

/** As nginx escapes what stands between quotes. */
const escape = (text: string): string =>
  text.replace(
    /["\\]|[^ -~]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );

beforeAll(async () => {
  const aj = arcjet(config);
  const app = express();
  app.use((req, res, next) => {
    res.on("finish", () => {
      const { "user-agent": agent, "x-forwarded-for": forwarded } = req.headers;
      const asked = escape(`${req.method} ${req.originalUrl} HTTP/1.1`);
      const peer = req.socket.remoteAddress?.replace("::ffff:", "") ?? "";
      lines.push(
        `${peer} - - [${clf(Date.now())}] "${asked}" ${res.statusCode} 2 "-" "${escape(agent ?? "-")}" "${String(forwarded)}"`,
      );
    });
    next();
  });
  app.use(async (req, res) => {
    const decision = await aj.protect(req);
    const results = decision.results.map(({ conclusion }) => conclusion).join(" ");
    verdicts.push(`${decision.conclusion} ${decision.reason.type}: ${results}`);
    res.status(decision.isDenied() ? 403 : 200).send("ok");
  });
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as AddressInfo);
  close = async () => {
    server.close();
    await once(server, "close");
  };
  for (const visit of visits) await send(visit);
});

afterAll(() => close());

async function send({ ip, path, agent }: Visit): Promise<void> {
  const headers = {
    accept: "*/*",
    "x-forwarded-for": ip,
    connection: "close",
    ...(agent !== undefined && { "user-agent": agent }),
  };
  const sent = request({ port, host: "127.0.0.1", path, headers }).end();
  const [response] = await once(sent, "response");
  await once(response.resume(), "end");
}

test("a replay gives every request the verdict that the app gave it", async () => {
  const bytes = Buffer.from(lines.join("\n"), "latin1");
  const input = {
    name: "log",
    size: bytes.length,
    read: async function* () {
      yield bytes;
    },
  };
  const entries: LogEntry[] = [];
  const fail = (message: string): never => expect.unreachable(message);
  const options = {
    format: undefined,
    onUnparsed: fail,
    onBytes: () => {},
    onWarning: fail,
    onBroken: fail,
  };
  for await (const batch of readEntries(input, options)) entries.push(...batch);
  const judge = createJudge(config, { ignoreCase: true });
  const replayed: string[] = [];
  for (const entry of entries) {
    const { conclusion, reason, results } = await judge.decide(entry);
    const each = results.map(({ conclusion }) => conclusion).join(" ");
    replayed.push(`${conclusion} ${reason.type}: ${each}`);
  }
  expect(replayed).toEqual(verdicts);
  expect(judge.rules().every(({ missing }) => missing === undefined)).toBe(true);
  // The traffic has something for every rule.
  for (const type of ["SHIELD", "BOT", "RATE_LIMIT", "FILTER"])
    expect(verdicts.some((verdict) => verdict.startsWith(`DENY ${type}`))).toBe(true);
  expect(verdicts.filter((verdict) => verdict.startsWith("ALLOW")).length).toBeGreaterThan(30);
});
