import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { configOf, logLine } from "./log-lines.ts";
import { workspace } from "./replay-command.ts";

const LIMIT = 'fixedWindow({ mode: "LIVE", window: "1m", max: 10 })';
const RULES = `shield({ mode: "LIVE" }), detectBot({ mode: "LIVE", allow: [] }), ${LIMIT}`;
const ATTACK = "/search?q=1%27%20UNION%20SELECT%20a,b%20FROM%20users--";

const burst = Array.from({ length: 15 }, () => logLine({ ip: "8.8.4.4" }));
const calm = Array.from({ length: 20 }, (_, at) => logLine({ at: at * 60, path: `/p/${at}` }));
const LOG = [
  ...burst,
  ...calm,
  logLine({ path: ATTACK, ip: "1.1.1.1" }),
  logLine({ agent: "curl/8.5.0", ip: "9.9.9.9" }),
  "garbage",
].join("\n");

describe("the JSON report", () => {
  test("has the documented shape, with exact counts", async () => {
    const { arcjet, path } = await workspace({ "arcjet.config.mjs": configOf(RULES), log: LOG });
    const { code, out, err } = await arcjet(["replay", path("log"), "--json"]);
    expect(code).toBe(0);
    const report: unknown = JSON.parse(out);
    expect(report).toEqual({
      requests: 37,
      unparsed: 1,
      seconds: expect.any(Number),
      rules: [
        { index: 0, type: "SHIELD", mode: "LIVE", denied: 1, errors: 0 },
        { index: 1, type: "BOT", mode: "LIVE", denied: 1, errors: 0 },
        { index: 2, type: "RATE_LIMIT", mode: "LIVE", denied: 5, errors: 0 },
      ],
      conclusions: { ALLOW: 30, DENY: 7, CHALLENGE: 0, ERROR: 0 },
      timeline: expect.any(Array),
      top: expect.objectContaining({
        clients: expect.arrayContaining([{ name: "8.8.4.4", requests: 15, denied: 5 }]),
      }),
      suspects: [],
    });
    expect(err).toContain("garbage");
  });

  test("is the same for a gzip file, and for the standard input", async () => {
    const { arcjet, path } = await workspace({
      "arcjet.config.mjs": configOf(RULES),
      log: LOG,
      "log.gz": gzipSync(LOG),
    });
    const reports = [
      await arcjet(["replay", path("log"), "--json"]),
      await arcjet(["replay", path("log.gz"), "--json", "--format", "nginx"]),
      await arcjet(["replay", "-", "--json"], { input: () => Readable.from([Buffer.from(LOG)]) }),
    ];
    const [one, two, three] = reports.map(({ out }) => ({ ...JSON.parse(out), seconds: 0 }));
    expect(two).toEqual(one);
    expect(three).toEqual(one);
  });

  test("tells what a second rule set would change", async () => {
    const { arcjet, path } = await workspace({
      "arcjet.config.mjs": configOf(RULES),
      "other.mjs": configOf(`detectBot({ mode: "LIVE", allow: ["CURL"] }), ${LIMIT}`),
      log: LOG,
    });
    const { out } = await arcjet(["replay", path("log"), "--json", "--compare", "other.mjs"]);
    expect(JSON.parse(out).compare).toMatchObject({
      conclusions: { ALLOW: 32, DENY: 5 },
      newlyDenied: 0,
      newlyAllowed: 2,
      samples: [
        { now: "ALLOW", type: "SHIELD", client: "1.1.1.1" },
        { now: "ALLOW", type: "BOT", reason: "CURL" },
      ],
    });
  });
});

test("a rule that becomes LIVE is a change, and a burst is shown once", async () => {
  const rule = (mode: string): string => `fixedWindow({ mode: "${mode}", window: "1m", max: 10 })`;
  const { arcjet, path } = await workspace({
    "arcjet.config.mjs": configOf(rule("DRY_RUN")),
    "live.mjs": configOf(rule("LIVE")),
    log: LOG,
  });
  const more = await arcjet(["replay", path("log"), "--json", "--compare", "live.mjs"]);
  const { conclusions, compare } = JSON.parse(more.out);
  expect([conclusions.DENY, compare.conclusions.DENY]).toEqual([0, 5]);
  expect(compare).toMatchObject({ newlyDenied: 5, newlyAllowed: 0 });
  expect(compare.samples).toMatchObject([{ now: "DENY", type: "RATE_LIMIT", client: "8.8.4.4" }]);
  const args = ["--config", "live.mjs", "--compare", "arcjet.config.mjs"];
  const less = await arcjet(["replay", path("log"), ...args]);
  expect(less.out).toContain("0 requests more are denied, 5 are denied no longer");
  expect(less.out).toContain("ALLOW 32, then 37; DENY 5, then 0");
});

test("the text report names rules, reasons and clients, in colours where they are wanted", async () => {
  const { arcjet, path } = await workspace({
    "arcjet.config.mjs": configOf(`${RULES}, validateEmail({ mode: "LIVE", deny: ["INVALID"] })`),
    log: LOG,
  });
  const plain = await arcjet(["replay", path("log")]);
  expect(plain.out).toContain("37 requests");
  expect(plain.out).toContain("1 line could not be read");
  expect(plain.out).toMatch(/RATE_LIMIT +LIVE +5 denied/);
  expect(plain.out).toContain("CURL");
  expect(plain.out).toContain("the log lacks the property email");
  expect(plain.out).not.toContain("\u001b");
  expect((await arcjet(["replay", path("log")], { color: true })).out).toContain("\u001b[31m");
});

test("a log that breaks off is told, and judged as far as it goes", async () => {
  const { arcjet, path } = await workspace({
    "arcjet.config.mjs": configOf(RULES),
    "log.gz": gzipSync(LOG).subarray(0, -9),
  });
  const { code, out, err } = await arcjet(["replay", path("log.gz"), "--json"]);
  expect([code, err]).toEqual([1, expect.stringContaining("could not be read to its end")]);
  expect(JSON.parse(out).requests).toBeGreaterThan(0);
});

test("a replay that is stopped while it waits reports what it has", async () => {
  const { arcjet } = await workspace({ "arcjet.config.mjs": configOf(RULES) });
  const stop = new AbortController();
  const lines = Array.from({ length: 100 }, () => `${logLine()}\n`).join("");
  const endless = new Readable({ read() {} });
  endless.push(lines);
  const status = (text: string): void => {
    if (text.includes("100")) stop.abort();
  };
  const io = { input: () => endless, stopped: stop.signal, status };
  const { code, out, err } = await arcjet(["replay", "-", "--json"], io);
  expect([code, JSON.parse(out).requests]).toEqual([1, 100]);
  expect(err).toBe("arcjet: standard input could not be read to its end: it was stopped");
});

test("a page that cannot be written is told before a log is read", async () => {
  const { arcjet, path } = await workspace({ "arcjet.config.mjs": configOf(RULES) });
  const { code, err } = await arcjet(["replay", path("log"), "--html", path("no/report.html")]);
  expect([code, err]).toEqual([2, expect.stringMatching(/^arcjet: cannot write [^\n]*$/)]);
});

test("a progress bar is shown where there is a terminal, and taken away", async () => {
  const { arcjet, path } = await workspace({ "arcjet.config.mjs": configOf(RULES), log: LOG });
  const shown: string[] = [];
  await arcjet(["replay", path("log")], { status: (text) => shown.push(text) });
  expect(shown[0]).toContain("100 %");
  expect(shown.at(-1)).toBe("");
});

describe("a hostile log", () => {
  const ESCAPE = "\u001b]0;owned\u0007\u001b[2J\u009b31m";
  const HTML = '<script>alert(1)</script><img src=x onerror="alert(1)">';
  const BIDI = "\u202etxt.exe";
  const hostile = (path: string, agent: string, ip: string): string =>
    logLine({ path, agent, ip, status: 200 });
  const asBytes = (text: string): string =>
    [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
  const lines = [
    ...Array.from({ length: 20 }, () => hostile("/", "Firefox", `1.1.1.1${ESCAPE}`)),
    hostile(
      `/${asBytes(ESCAPE)}?id=1%27%20UNION%20SELECT%20a,b%20FROM%20users--`,
      asBytes(HTML),
      HTML,
    ),
    hostile(
      `/${asBytes(HTML)}?id=1%27%20OR%20%271%27=%271`,
      asBytes(ESCAPE + BIDI),
      `1.1.1.1${ESCAPE}`,
    ),
    `${ESCAPE}${HTML} is no request`,
  ];
  // oxlint-disable-next-line no-control-regex
  const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;

  test("never reaches the terminal", async () => {
    const { arcjet, path } = await workspace({
      "arcjet.config.mjs": configOf(RULES),
      log: Buffer.from(lines.join("\n"), "latin1"),
    });
    for (const args of [[], ["--json"], ["--compare", "arcjet.config.mjs"]]) {
      const { out, err } = await arcjet(["replay", path("log"), ...args]);
      expect(out).not.toMatch(CONTROL);
      expect(err).not.toMatch(CONTROL);
    }
    const { out } = await arcjet(["replay", path("log")]);
    expect(out).toContain("\\u001b");
  });

  test("is only text in a page that loads nothing", async () => {
    const { arcjet, path } = await workspace({
      "arcjet.config.mjs": configOf(RULES),
      log: Buffer.from(lines.join("\n"), "latin1"),
    });
    const report = path("report.html");
    const args = ["replay", path("log"), "--html", report, "--compare", "arcjet.config.mjs"];
    expect((await arcjet(args)).code).toBe(0);
    const html = await readFile(report, "utf8");
    expect(html).toContain("default-src 'none'");
    expect(html).toContain("&#60;script&#62;");
    expect(html).not.toMatch(/<(?:script|img|iframe|link|object|a)\b/i);
    expect(html).not.toMatch(/\b(?:src|href)=["'h]/i);
    expect(html).not.toMatch(CONTROL);
    // Every tag is one of the report's own.
    const tags = new Set([...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name]) => name));
    expect(
      [...tags].filter(
        (name) =>
          !/^(?:html|head|meta|title|style|body|h1|h2|div|b|i|p|svg|g|rect|table|thead|tbody|tr|th|td|code|span|br)$/.test(
            name!,
          ),
      ),
    ).toEqual([]);
  });
});

describe("what cannot be done is told in one line, with what to do", () => {
  const ok = { "arcjet.config.mjs": configOf(RULES), log: LOG };
  test.each([
    ["no log", ok, ["replay"], 2, "needs a log"],
    ["no configuration", { log: LOG }, ["replay", "log"], 2, "--config"],
    ["a configuration that is not there", ok, ["replay", "log", "--config", "x.ts"], 2, "x.ts"],
    ["a format that is none", ok, ["replay", "log", "--format", "syslog"], 2, "combined"],
    ["a log that is not there", ok, ["replay", "/nonexistent/log"], 1, "/nonexistent/log"],
    ["a folder", ok, ["replay", "/"], 1, "directory"],
    [
      "no rules",
      { "arcjet.config.mjs": "export default {}", log: LOG },
      ["replay", "log"],
      1,
      "defineConfig",
    ],
    ["too many logs", ok, ["replay", ...Array.from({ length: 257 }, () => "log")], 2, "256"],
  ])("%s", async (_, files, args, expected, message) => {
    const { arcjet } = await workspace(files);
    const { code, err } = await arcjet(args);
    expect(err).toMatch(/^arcjet: [^\n]*$/);
    expect(err).toContain(message);
    expect(code).toBe(expected);
  });
});
