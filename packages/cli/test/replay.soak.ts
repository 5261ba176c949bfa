/**
 * A million lines through the installed command: every planted attack, bot and burst is found, the counts
 * are exact and the memory is bounded, also when every line is long and of another client. Prints how many
 * lines a second of processor time were judged.
 *
 *     node test/replay.soak.ts [LINES]
 */
import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { text } from "node:stream/consumers";
import { plantLog, RULES, type Planted } from "./planted-log.ts";
import { BROWSER, configOf, logLine } from "./log-lines.ts";

const MAX_MEGABYTES = 300;
const DEFAULT_LINES = 1_000_000;
const LINES_FOR_ONE_LONG = 25;
/** Characters that are added to a user agent. */
const LONG = 20_000;
/** Tells at its end what the process has used. */
const TELL_USAGE =
  "data:text/javascript,process.on('exit',()=>process.stderr.write(JSON.stringify(process.resourceUsage())))";

async function writeLog(path: string, lines: number): Promise<Planted> {
  const file = createWriteStream(path);
  const planted = await plantLog(lines, async (text) => {
    if (!file.write(text)) await once(file, "drain");
  });
  await finished(file.end());
  return planted;
}

/** Lines that are as long as servers let them be, and have nothing in common. */
async function writeLongLog(path: string, lines: number): Promise<void> {
  const file = createWriteStream(path);
  const padding = "a".repeat(LONG);
  for (let n = 0; n < lines; n++) {
    const ip = `${60 + (n % 20)}.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
    const text = logLine({
      at: n,
      ip,
      path: `/some/page/${n}`,
      agent: `${BROWSER} ${n} ${padding}`,
    });
    if (!file.write(`${text}\n`)) await once(file, "drain");
  }
  await finished(file.end());
}

interface Ran {
  readonly report: unknown;
  readonly megabytes: number;
  readonly seconds: number;
}

async function runReplay(directory: string, log: string): Promise<Ran> {
  const bin = new URL("../bin/arcjet.js", import.meta.url).pathname;
  const args = ["--import", TELL_USAGE, bin, "replay", log, "--json"];
  const child = spawn(process.execPath, args, {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const usage = JSON.parse(err.slice(err.lastIndexOf("{"))) as NodeJS.ResourceUsage;
  return {
    report: JSON.parse(out),
    megabytes: usage.maxRSS / 1_024,
    seconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
  };
}

const lines = Number(process.argv[2] ?? DEFAULT_LINES);
const directory = await mkdtemp(join(tmpdir(), "arcjet-soak-"));
try {
  await writeFile(join(directory, "arcjet.config.mjs"), configOf(RULES));
  const planted = await writeLog(join(directory, "log"), lines);
  const { report, megabytes, seconds } = await runReplay(directory, "log");
  const { requests, unparsed, rules } = report as Record<string, unknown>;
  assert.deepEqual({ requests, unparsed }, { requests: planted.requests, unparsed: 0 });
  assert.deepEqual(
    (rules as readonly { readonly denied: number }[]).map(({ denied }) => denied),
    [planted.shield, planted.bot, planted.rateLimit],
  );
  const rate = Math.round(planted.requests / seconds);
  console.log(
    `${planted.requests} lines: every count exact; ${rate} lines a second of processor time, ${Math.round(megabytes)} MB at most`,
  );
  assert.ok(megabytes <= MAX_MEGABYTES, `at most ${MAX_MEGABYTES} MB`);
  const longLines = Math.ceil(lines / LINES_FOR_ONE_LONG);
  await writeLongLog(join(directory, "long"), longLines);
  const long = await runReplay(directory, "long");
  assert.deepEqual((long.report as Record<string, unknown>).requests, longLines);
  console.log(`${longLines} long lines: ${Math.round(long.megabytes)} MB at most`);
  assert.ok(long.megabytes <= MAX_MEGABYTES, `at most ${MAX_MEGABYTES} MB`);
} finally {
  await rm(directory, { recursive: true, force: true });
}
