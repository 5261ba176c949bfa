/** Traffic through a live Express app, and the log that it leaves, as nginx would write it in front of it. */
import express, { type Express } from "express";
import { once } from "node:events";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import type { LogEntry } from "../src/replay/entry.ts";
import { readEntries } from "../src/replay/source.ts";
import { BROWSER, clf } from "./log-lines.ts";

/** A request of one client behind the proxy. */
export interface Visit {
  readonly ip: string;
  readonly path: string;
  readonly agent: string | undefined;
}

export const CLIENTS = ["93.184.216.34", "8.8.8.8", "1.1.1.1", "2606:4700::1111"];
const GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
const ODD: readonly Omit<Visit, "ip">[] = [
  { path: "//Admin/", agent: BROWSER },
  { path: "/x/%2e%2e/ADMIN", agent: BROWSER },
  { path: "/admin/../x", agent: BROWSER },
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
export const visits: readonly Visit[] = [
  ...Array.from({ length: 60 }, (_, at): Visit => {
    const ip = CLIENTS[at % 3]!;
    const odd = at % 3 === 2 ? ODD[Math.floor(at / 3) % ODD.length]! : undefined;
    return { ip, ...(odd ?? { path: `/page/${at}?x=${at}`, agent: BROWSER }) };
  }),
  ...ODD.map((odd): Visit => ({ ip: CLIENTS[3]!, ...odd })),
  ...Array.from({ length: 30 }, (): Visit => ({ ip: "9.9.9.9", path: "/burst", agent: BROWSER })),
];

/** As nginx escapes what stands between quotes. */
const escape = (text: string): string =>
  text.replace(
    /["\\]|[^ -~]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );

async function send(port: number, { ip, path, agent }: Visit): Promise<number> {
  const headers = {
    accept: "*/*",
    "x-forwarded-for": ip,
    connection: "close",
    ...(agent !== undefined && { "user-agent": agent }),
  };
  const sent = request({ port, host: "127.0.0.1", path, headers }).end();
  const [response] = await once(sent, "response");
  await once(response.resume(), "end");
  return response.statusCode;
}

/** What an app answered, and its log. */
export interface Left {
  readonly statuses: readonly number[];
  readonly log: Buffer;
}

/** Sends the visits to an app, one after the other. */
export async function visit(mount: (app: Express) => void): Promise<Left> {
  const lines: string[] = [];
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
  mount(app);
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    const statuses: number[] = [];
    for (const visit of visits) statuses.push(await send(port, visit));
    return { statuses, log: Buffer.from(lines.join("\n"), "latin1") };
  } finally {
    server.close();
    await once(server, "close");
  }
}

/** The requests of a log of which every line can be read. */
export async function entriesOf(log: Buffer): Promise<readonly LogEntry[]> {
  const fail = (message: string): never => {
    throw new Error(message);
  };
  const input = {
    name: "log",
    size: log.length,
    read: async function* () {
      yield log;
    },
  };
  const told = { onUnparsed: fail, onBytes: () => {}, onWarning: fail, onBroken: fail };
  const entries: LogEntry[] = [];
  for await (const batch of readEntries(input, { format: undefined, ...told }))
    entries.push(...batch);
  return entries;
}
