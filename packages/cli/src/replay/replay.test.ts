import { detectBot, filter, fixedWindow, shield, validateEmail } from "@arcjet/core";
import type { ArcjetOptions } from "@arcjet/core";
import { describe, expect, test } from "vitest";
import { gzipSync } from "node:zlib";
import { MAX_LINE } from "./lines.ts";
import { replay } from "./replay.ts";
import { toReport, type Report } from "./report-json.ts";

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const START = Date.UTC(2025, 9, 10, 12);

interface Line {
  readonly at?: number;
  readonly ip?: string;
  readonly path?: string;
  readonly agent?: string;
  readonly status?: number;
}

/** A line of a combined log, some seconds after its beginning. */
function line({
  at = 0,
  ip = "93.184.216.34",
  path = "/",
  agent = BROWSER,
  status = 200,
}: Line = {}) {
  const [, day, month, year, time] = /(\d\d) (\w+) (\d+) ([\d:]+)/.exec(
    new Date(START + at * 1_000).toUTCString(),
  )!;
  return `${ip} - - [${day}/${month}/${year}:${time} +0000] "GET ${path} HTTP/1.1" ${status} 7 "-" "${agent}"`;
}

const log = (...lines: readonly string[]): Uint8Array => Buffer.from(`${lines.join("\n")}\n`);

async function judge(
  config: ArcjetOptions,
  ...logs: readonly (Uint8Array | readonly Uint8Array[])[]
): Promise<Report & { readonly warnings: readonly string[] }> {
  const warnings: string[] = [];
  const done = await replay({
    logs: logs.map((chunks, at) => ({
      name: `log ${at}`,
      size: undefined,
      read: async function* () {
        if (chunks instanceof Uint8Array) yield chunks;
        else yield* chunks;
      },
    })),
    config,
    ignoreCase: false,
    onWarning: (message) => warnings.push(message),
    onBroken: (message) => warnings.push(message),
  });
  return { ...toReport(done), warnings };
}

const limit: ArcjetOptions = {
  rules: [fixedWindow({ mode: "LIVE", window: "1m", max: 10 })],
};

test("a limit counts by the clock of the log", async () => {
  // Three bursts of 15 within a second, each in a window of its own, and one request a minute for an hour.
  const bursts = [0, 61, 122].flatMap((at) => Array.from({ length: 15 }, () => line({ at })));
  const calm = Array.from({ length: 60 }, (_, at) => line({ at: at * 60, ip: "8.8.8.8" }));
  const { rules, requests, conclusions } = await judge(limit, log(...bursts, ...calm));
  expect(requests).toBe(105);
  expect(rules).toEqual([{ index: 0, type: "RATE_LIMIT", mode: "LIVE", denied: 15, errors: 0 }]);
  expect(conclusions).toEqual({ ALLOW: 90, DENY: 15, CHALLENGE: 0, ERROR: 0 });
});

test("rotated logs are read by time, however they are named", async () => {
  const early = Array.from({ length: 10 }, () => line());
  const late = Array.from({ length: 10 }, () => line({ at: 30 }));
  for (const logs of [
    [log(...early), log(...late)],
    [log(...late), log(...early)],
  ])
    expect((await judge(limit, ...logs)).rules[0]!.denied).toBe(10);
});

test("attacks and bots are found by their rules, in declared order", async () => {
  const rules = [detectBot({ mode: "LIVE", allow: [] }), shield({ mode: "DRY_RUN" })];
  const report = await judge(
    { rules },
    log(
      line({ path: "/?id=1%27%20UNION%20SELECT%20a,b%20FROM%20users--" }),
      line({ agent: "curl/8.5.0" }),
      line(),
    ),
  );
  expect(report.rules.map(({ type, denied }) => [type, denied])).toEqual([
    ["BOT", 1],
    ["SHIELD", 1],
  ]);
  expect(report.conclusions).toMatchObject({ ALLOW: 2, DENY: 1 });
  expect(report.top.findings[0]).toMatchObject({ location: "query.id", count: 1 });
});

test("an attack in a header is found however often it is repeated", async () => {
  const agent = "() { :; }; /bin/cat /etc/passwd";
  const attack = Array.from({ length: 4 }, (_, at) => line({ agent, ip: `8.8.4.${at}` }));
  const calm = Array.from({ length: 4 }, () => line());
  const { rules } = await judge({ rules: [shield({ mode: "LIVE" })] }, log(...attack, ...calm));
  expect(rules[0]!.denied).toBe(4);
});

test("a line that cannot be read is counted and never fatal", async () => {
  const long = "x".repeat(MAX_LINE);
  const report = await judge(limit, log(line(), "", "garbage", `${long}x`, long, line()));
  expect(report).toMatchObject({ requests: 2, unparsed: 3 });
});

test("a log of which nothing can be read has no requests", async () => {
  const report = await judge(limit, log("what", "is", "this"));
  expect(report).toMatchObject({ requests: 0, unparsed: 3, timeline: [] });
  expect(report.warnings[0]).toContain("--format");
  expect(await judge(limit, Buffer.alloc(0))).toMatchObject({ requests: 0, unparsed: 0 });
});

test("a byte order mark belongs to no line", async () => {
  const report = await judge(limit, Buffer.from(`\ufeff${line()}\n${line()}`));
  expect(report).toMatchObject({ requests: 2, top: { clients: [{ name: "93.184.216.34" }] } });
});

test("gzip is unpacked, wherever the chunks end", async () => {
  const lines = Array.from({ length: 30 }, (_, at) => line({ at }));
  const packed = gzipSync(log(...lines));
  const bytes = Array.from(packed, (_, at) => packed.subarray(at, at + 1));
  expect((await judge(limit, bytes)).requests).toBe(30);
  const broken = await judge(limit, packed.subarray(0, packed.length - 9));
  expect(broken.warnings[0]).toContain("could not be read to its end");
});

test("lines end where they end, wherever the chunks end", async () => {
  const text = Buffer.from(`${line()}\r\n${line()}\n${line()}`);
  const bytes = Array.from(text, (_, at) => text.subarray(at, at + 1));
  expect(await judge(limit, bytes)).toMatchObject({ requests: 3, unparsed: 0 });
});

test("a rule that reads what the log lacks is not asked", async () => {
  const rules = [
    filter({
      mode: "LIVE",
      deny: ['not exists(http.request.headers["x-token"])', 'http.request.uri.path eq "/admin"'],
    }),
    filter({ mode: "LIVE", allow: ['http.host eq "example.com"'] }),
    validateEmail({ mode: "LIVE", deny: ["INVALID"] }),
    fixedWindow({ mode: "LIVE", window: 60, max: 1, characteristics: ["userId"] }),
    fixedWindow({
      mode: "LIVE",
      window: 60,
      max: 1,
      characteristics: ['http.request.headers["x-key"]'],
    }),
  ];
  const report = await judge({ rules }, log(line(), line(), line({ path: "/admin" })));
  expect(report.rules.map(({ denied, errors }) => [denied, errors])).toEqual([
    [1, 0],
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
});

test("a common log says nothing about bots, a combined log with a hyphen does", async () => {
  const rules = [detectBot({ mode: "LIVE", allow: [], missingUserAgent: "deny" })];
  const common = `8.8.8.8 - - [10/Oct/2025:13:55:36 -0700] "GET / HTTP/1.1" 200 7`;
  expect((await judge({ rules }, log(common))).conclusions.DENY).toBe(0);
  expect((await judge({ rules }, log(`${common} "-" "-"`))).conclusions.DENY).toBe(1);
});

test("a client that is named by no address is not counted with others", async () => {
  const rules = [
    fixedWindow({ mode: "LIVE", window: "1m", max: 1 }),
    filter({ mode: "LIVE", deny: ["ip.src eq 8.8.8.8"] }),
  ];
  const hosts = ["a.example.com", "unix:", "::1%eth0"].flatMap((ip) => [
    line({ ip }),
    line({ ip }),
  ]);
  const { requests, conclusions } = await judge({ rules }, log(...hosts));
  expect([requests, conclusions.DENY]).toEqual([6, 0]);
});

describe("behind a trusted proxy", () => {
  const rules = [
    fixedWindow({ mode: "LIVE", window: "1m", max: 1 }),
    filter({ mode: "LIVE", deny: ["ip.src eq 10.0.0.1", 'http.request.uri.path eq "/admin"'] }),
  ];
  const forwarded = (text: string): string => `${line({ ip: "10.0.0.1" })} "${text}"`;

  test("the client is not known where the log lacks what names it", async () => {
    const lines = [1, 2, 3].map(() => line({ ip: "10.0.0.1" }));
    const other = [1, 2].map(() => line({ ip: "8.8.8.8" }));
    const admin = line({ ip: "::ffff:10.0.0.1", path: "/admin" });
    const proxies = ["10.0.0.0/8"];
    const report = await judge({ rules, proxies }, log(...lines, ...other, admin));
    expect(report.rules.map(({ denied }) => denied)).toEqual([1, 1]);
    const direct = await judge({ rules: [rules[0]!] }, log(...lines));
    expect(direct.rules[0]!.denied).toBe(2);
  });

  test("the client is known where the log says whom it forwarded for", async () => {
    const lines = ["8.8.8.8", "9.9.9.9", "8.8.8.8", "-", "-"].map(forwarded);
    const proxies = ["10.0.0.0/8"];
    const report = await judge({ rules: [rules[0]!], proxies }, log(...lines));
    expect(report.rules[0]!.denied).toBe(2);
    expect(report.top.clients.map(({ name }) => name)).toEqual(["8.8.8.8", "10.0.0.1", "9.9.9.9"]);
  });

  test("the client is not known where the proxies name it in another header", async () => {
    const lines = ["8.8.8.8", "8.8.8.8"].map(forwarded);
    const options = { proxies: ["10.0.0.0/8"], proxyHeader: "forwarded" } as const;
    const report = await judge({ rules: [rules[0]!], ...options }, log(...lines));
    expect(report.rules[0]!.denied).toBe(0);
    expect(report.top.clients.map(({ name }) => name)).toEqual(["10.0.0.1"]);
  });
});

describe("a HAR file", () => {
  const visit = (text: string) => ({
    startedDateTime: "2025-10-10T13:55:36.000Z",
    request: {
      method: "POST",
      url: "https://example.com/comment",
      httpVersion: "HTTP/2",
      headers: [
        { name: "User-Agent", value: BROWSER },
        { name: "Accept", value: "*/*" },
        { name: "Content-Type", value: "application/x-www-form-urlencoded" },
      ],
      postData: { text },
    },
    response: { status: 200 },
  });
  const rules = [shield({ mode: "LIVE", body: true }), detectBot({ mode: "LIVE", allow: [] })];

  test("is judged with its headers and bodies", async () => {
    const attack = visit("text=%3Cscript%3Ealert(document.cookie)%3C/script%3E");
    const har = { log: { version: "1.2", entries: [visit("text=hello"), attack, {}] } };
    const report = await judge({ rules }, Buffer.from(JSON.stringify(har)));
    expect(report).toMatchObject({ requests: 2, unparsed: 1, conclusions: { ALLOW: 1, DENY: 1 } });
    expect(report.top.findings[0]).toMatchObject({ detector: "xss" });
  });

  test("that ends too early is judged as far as it goes", async () => {
    const text = JSON.stringify({ log: { entries: [visit("text=hello"), {}] } });
    const chunks = Array.from(Buffer.from(`\ufeff${text.slice(0, -3)}`), (byte) => Buffer.of(byte));
    const report = await judge({ rules }, chunks);
    expect(report).toMatchObject({ requests: 1, unparsed: 1 });
    expect(report.warnings[0]).toContain("it ends within log.entries");
  });
});

test("an ordinary client that comes back and is denied what was served is a suspect", async () => {
  const rules = [shield({ mode: "LIVE" })];
  const attack = "/search?q=1%27%20UNION%20SELECT%20a,b%20FROM%20users--";
  const calm = Array.from({ length: 20 }, (_, at) => line({ at: at * 100, path: `/p/${at}` }));
  const scanner = Array.from({ length: 20 }, (_, at) =>
    line({ at: at * 100, ip: "8.8.8.8", path: attack }),
  );
  const probed = [line({ ip: "1.1.1.1", path: attack, status: 404 })];
  const { suspects } = await judge(
    { rules },
    log(...calm, line({ path: attack }), ...scanner, ...probed),
  );
  expect(suspects).toHaveLength(1);
  expect(suspects[0]).toMatchObject({
    client: "93.184.216.34",
    requests: 21,
    denied: 1,
    rule: 0,
    type: "SHIELD",
    path: "/search",
    evidence: expect.stringContaining("query.q: ' UNION SELECT"),
    exempt: expect.stringContaining("exclude"),
  });
});

test("a wrong configuration fails before anything is read", async () => {
  const config = { ...limit, timeout: -1 };
  await expect(judge(config, log(line()))).rejects.toThrow("timeout");
});
