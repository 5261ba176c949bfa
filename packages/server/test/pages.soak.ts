// How long each page takes over a log of so many decisions.
// node -C @arcjet/source test/pages.soak.ts [decisions] [seconds to fill at most] [URL of an empty PostgreSQL]
import { DatabaseSync } from "node:sqlite";
import { createEngine } from "../src/log/engine.ts";
import { openPostgres } from "../src/log/postgres.ts";
import { MAX_BATCH } from "../src/log/limits.ts";
import { RETENTION } from "../src/log/retention.ts";
import { openSqlite } from "../src/log/sqlite.ts";
import { batchOf, decided, directory } from "./log-harness.ts";

const wanted = Number(process.argv[2] ?? 5_000_000);
const until = Date.now() + Number(process.argv[3] ?? 3_600) * 1_000;
const LIMIT_MS = 300;
const BATCH = MAX_BATCH;
const PERIOD_MS = 30 * 86_400_000;

const place = directory();
const url = process.argv[4];
const newEngine = () =>
  createEngine({
    open: async () => (url ? openPostgres(url) : openSqlite(place.path("soak.db"))),
    retention: { ...RETENTION, maxAgeDays: 40 },
    now: Date.now,
  });
let engine = newEngine();
/** Indexes of an SQLite file: they are made at the end, which takes a fraction of the time. */
function withoutIndexes(path: string): () => void {
  const file = new DatabaseSync(path);
  const made = file
    .prepare("select name, sql from sqlite_schema where type = 'index' and tbl_name = 'decision'")
    .all();
  for (const { name } of made) file.exec(`drop index ${String(name)}`);
  return () => {
    for (const { sql } of made) file.exec(String(sql));
    file.close();
  };
}

const started = Date.now();
await engine.ask("newest");
const makeIndexes = url ? () => undefined : withoutIndexes(place.path("soak.db"));
const idOf = (at: number): string =>
  `req_${((at * 2_654_435_761) % 2 ** 32).toString(36)}${at.toString(36)}`;
let written = 0;
while (written < wanted && Date.now() < until) {
  const told = Array.from({ length: BATCH }, (_, index) => {
    const at = written + index;
    const share = (at * 7_919) % 1_000;
    return decided({
      id: idOf(at),
      time: started - PERIOD_MS + Math.floor((at / wanted) * PERIOD_MS),
      denied: share < 80,
      dry: share >= 950,
      ip: `${8 + (share % 90)}.${(at * 31) % 256}.${(at * 17) % 256}.${share % 256}`,
      path: share < 700 ? `/p/${share % 40}` : `/item/${(at * 31) % 200_000}`,
    });
  });
  await engine.write(batchOf(told));
  written += BATCH;
}
makeIndexes();
// The names of a month were written within minutes: only an engine that begins looks at all of them again.
await engine.close();
engine = newEngine();
await engine.write(batchOf([]));
const rate = Math.round(written / ((Date.now() - started) / 1_000));
console.log(`${written} decisions, ${rate} a second`);

const to = Date.now() + 1;
const periods = [3_600_000, 86_400_000, 7 * 86_400_000, PERIOD_MS].map((length) => ({
  from: to - length,
  to,
}));
const kinds = ["ip", "path", "bot", "country"] as const;
const pages: [string, () => Promise<unknown>][] = [];
for (const period of periods) {
  const days = (period.to - period.from) / 86_400_000;
  const tops = (order: "n" | "dry", limit: number) =>
    kinds.map((kind) => engine.ask("top", period, kind, order, limit));
  const volumes = () => engine.ask("volumes", period, (period.to - period.from) / 72);
  const byRule = async () => {
    const rules = await engine.ask("ruleEffects", period, "LIVE");
    const width = (period.to - period.from) / 72;
    const keys = rules.slice(0, 8).map(({ key }) => key);
    return engine.ask("ruleVolumes", period, width, keys);
  };
  pages.push([
    `overview ${days.toFixed(2)} d`,
    () => Promise.all([volumes(), byRule(), ...tops("n", 6), engine.ask("sites", 0)]),
  ]);
  pages.push([`top ${days.toFixed(2)} d`, () => Promise.all(tops("n", 25))]);
  const effects = () => engine.ask("ruleEffects", period, "DRY_RUN");
  const examples = () => engine.ask("search", { dry: "*", from: period.from, to }, undefined, 10);
  pages.push([
    `dry run ${days.toFixed(2)} d`,
    () => Promise.all([effects(), volumes(), ...tops("dry", 6), examples()]),
  ]);
}
for (const filter of [
  {},
  { conclusion: "DENY" },
  { conclusion: "ERROR" },
  { rule: "BOT", site: "shop" },
  { rule: "EMAIL" },
  { dry: "*" },
  { path: "/p/7" },
  { path: "*none*" },
  { path: "*/*i*t*e*m*/*1*2*3*4*5*6*7*8*9*0*" },
  { country: "ZZ" },
  { ip: "8.8.8.8" },
  { rule: "BOT", path: "*none*" },
  { path: "/p/7", country: "ZZ" },
  { from: to - 20 * 86_400_000, to: to - 19 * 86_400_000, conclusion: "DENY" },
])
  pages.push([
    `decisions ${JSON.stringify(filter)}`,
    () => engine.ask("search", filter, undefined, 50),
  ]);
pages.push([
  "decision",
  async () => {
    const [whole] = await engine.ask("decision", idOf(Math.floor(written / 2)));
    if (whole?.detail === undefined) throw new Error("a decision that was written is not there");
  },
]);
pages.push(["log", () => engine.ask("health")]);
let slow = 0;
for (const [name, ask] of pages) {
  const begun = performance.now();
  const used = process.cpuUsage();
  await ask();
  const took = performance.now() - begun;
  const { user, system } = process.cpuUsage(used);
  if (took > LIMIT_MS) slow++;
  const cpu = ((user + system) / 1_000).toFixed(0);
  console.log(`${took.toFixed(0).padStart(6)} ms, ${cpu.padStart(5)} ms of CPU  ${name}`);
}
await engine.close();
place.remove();
process.exitCode = slow > 0 ? 1 : 0;
