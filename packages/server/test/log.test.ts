// The log on both databases.
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { inflateRawSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  decisionLog,
  sqliteLog,
  type DecisionLog,
  type DecisionLogOptions,
  type Filter,
} from "../src/log/index.ts";
import { quiet } from "./harness.ts";
import { decided, directory, everyReason, HOSTILE } from "./log-harness.ts";
import { startPostgres, type Postgres } from "./postgres.ts";

const place = directory();
const open: DecisionLog[] = [];
const keep = (log: DecisionLog): DecisionLog => (open.push(log), log);
let files = 0;
const file = (): string => place.path(`log-${++files}.db`);

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterEach(async () => {
  for (const log of open.splice(0)) await log.close();
});
afterAll(async () => {
  await postgres.end();
  place.remove();
});

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** An empty log in each database; PostgreSQL is begun anew. */
const LOGS: readonly (readonly [string, (options?: DecisionLogOptions) => Promise<DecisionLog>])[] =
  [
    ["SQLite", async (options) => keep(sqliteLog(file(), { log: quiet, ...options }))],
    [
      "PostgreSQL",
      async (options) => {
        await postgres.run("drop schema public cascade; create schema public");
        return keep(decisionLog(postgres.url, { log: quiet, ...options }));
      },
    ],
  ];

describe.each(LOGS)("a log in %s", (_, make) => {
  test("answers what the pages ask, with hostile texts made visible", async () => {
    const log = await make();
    for (let at = 0; at < 450; at++)
      log(
        decided({ id: `req_${at}`, denied: at % 3 === 0, dry: at % 5 === 0, path: `/p${at % 4}` }),
      );
    log(decided({ id: "req_hostile", text: HOSTILE, denied: true }));
    await log.flush();
    expect(log.status()).toEqual({ written: 451, dropped: 0, waiting: 0, failure: undefined });
    const period = { from: Date.now() - HOUR_MS, to: Date.now() + 1 };
    const volumes = await log.ask("volumes", period, HOUR_MS);
    expect(volumes.reduce((sum, { n }) => sum + n, 0)).toBe(451);
    expect(
      volumes.filter(({ conclusion }) => conclusion === "DENY").reduce((sum, { n }) => sum + n, 0),
    ).toBe(151);
    const found = await log.ask("search", { path: "/p1*", rule: "BOT" }, undefined, 10);
    expect(found.rows.map(({ path, conclusion }) => [path, conclusion])).toEqual(
      Array.from({ length: 10 }, () => ["/p1", "DENY"]),
    );
    const older = await log.ask("search", { path: "/p1*", rule: "BOT" }, found.next, 10);
    expect(older.rows[0]?.seq).toBeLessThan(found.rows[9]?.seq ?? 0);
    const top = await log.ask("top", period, "path", "denied", 3);
    expect(top[0]).toMatchObject({ name: "/p0", denied: 38 });
    const effects = await log.ask("ruleEffects", period, "DRY_RUN");
    expect(effects).toMatchObject([{ type: "FILTER", n: 451, denied: 90, fresh: 60 }]);
    const [hostile] = await log.ask("decision", "req_hostile");
    expect(hostile?.row.path).toContain("</script><img src=x");
    expect(await log.ask("newer", {}, 449, 10)).toMatchObject({ after: 451, rows: [{}, {}] });
    expect((await log.ask("health")).decisions).toBe(451);
  });

  test("keeps each field where it is asked for", async () => {
    const log = await make();
    const time = Date.now() - 1_000;
    const plain = decided({ id: "req_1", time, denied: true, path: "/a" });
    const { decision, request } = plain;
    const told = {
      ...plain,
      source: "report" as const,
      durationMs: 0.042,
      correlationId: "order-7",
      decision: { ...decision, degraded: true },
      request: { ...request, method: "POST", protocol: "http:", host: "shop.example" },
    };
    log(told);
    log(decided({ id: "req_2", dry: true }));
    await log.flush();
    const [whole] = await log.ask("decision", "req_1");
    expect(whole?.row).toEqual({
      seq: 1,
      id: "req_1",
      time,
      site: "shop",
      source: "report",
      conclusion: "DENY",
      rule: "BOT",
      dry: null,
      ip: "8.8.8.8",
      country: "US",
      bot: "CURL",
      method: "POST",
      path: "/a",
      micros: 42,
    });
    expect(whole?.detail).toMatchObject({
      protocol: "http:",
      host: "shop.example",
      query: ["token", "page"],
      userAgent: "curl/8.5",
      provenance: "peer",
      degraded: true,
      correlationId: "order-7",
      facts: { country: "US", asn: "15169", asnName: "Google LLC" },
      reason: { type: "BOT", denied: ["CURL"] },
      results: [{ type: "BOT", conclusion: "DENY" }, { type: "FILTER" }],
    });
    const [second] = await log.ask("decision", "req_2");
    expect(second).toMatchObject({
      row: { seq: 2, rule: null, dry: "FILTER", bot: null, micros: null },
      detail: { degraded: false, reason: { type: "NONE" } },
    });
  });

  test("tells of a day by the minute, and of names by the hour", async () => {
    const log = await make();
    const now = Date.now();
    log(decided({ id: "req_1", denied: true, path: "/now", time: now }));
    log(decided({ id: "req_2", denied: true, path: "/then", time: now - 26 * HOUR_MS }));
    await log.flush();
    const width = 20 * 60_000;
    const from = now - DAY_MS - ((now - DAY_MS) % width);
    const day = { from, to: now + 1 };
    const column = now - (now % width);
    const [rule] = await log.ask("ruleEffects", day, "LIVE");
    const key = rule?.key ?? "";
    expect(rule).toMatchObject({ type: "BOT", n: 1, denied: 1 });
    expect(await log.ask("volumes", day, width)).toMatchObject([{ at: column, n: 1 }]);
    expect(await log.ask("ruleVolumes", day, width, [key])).toEqual([
      { key, at: column, denied: 1 },
    ]);
    expect(await log.ask("top", day, "path", "n", 9)).toMatchObject([{ name: "/now" }]);
    const week = { from: now - 7 * DAY_MS, to: now + 1 };
    expect(await log.ask("top", week, "path", "n", 9)).toHaveLength(2);
    expect(await log.ask("ruleVolumes", week, DAY_MS, [key])).toHaveLength(2);
  });

  test("finds paths by a part of them, whatever the case", async () => {
    const log = await make();
    for (const path of ["/Admin/100%_\\done", "/admin/1000 done", "/a"])
      log(decided({ id: "req", path }));
    await log.flush();
    const paths = async (path: string) =>
      (await log.ask("search", { path }, undefined, 9)).rows.map((row) => row.path).sort();
    expect(await paths("*ADMIN*")).toEqual(["/Admin/100%_\\done", "/admin/1000 done"]);
    expect(await paths("/admin/100%_\\*")).toEqual(["/Admin/100%_\\done"]);
    expect(await paths("*".repeat(500))).toHaveLength(3);
    expect(await paths("/Admin/1000 done")).toEqual([]);
  });

  test("finds what would be denied however rare it is, and texts with signs no database takes", async () => {
    const log = await make();
    log(decided({ id: "req_rare", dry: true, path: "/\0\uD800" }));
    for (let at = 0; at < 500; at++) log(decided({ id: `req_${at}` }));
    await log.flush();
    const ids = async (filter: Filter) =>
      (await log.ask("search", filter, undefined, 9)).rows.map(({ id }) => id);
    expect(await ids({ dry: "*" })).toEqual(["req_rare"]);
    expect(await ids({ path: "/\0\uD800" })).toEqual(["req_rare"]);
    expect(await log.ask("decision", "\0")).toEqual([]);
  });

  test("gives what is new once, and goes on in a log that was begun anew", async () => {
    const log = await make();
    for (let at = 0; at < 20; at++) log(decided({ id: `req_${at}`, denied: at === 3 }));
    await log.flush();
    const { after, rows } = await log.ask("newer", { conclusion: "DENY" }, 0, 5);
    expect([after, rows.map(({ id }) => id)]).toEqual([20, ["req_3"]]);
    expect(await log.ask("newer", {}, after, 5)).toEqual({ after: 20, rows: [] });
    expect(await log.ask("newer", {}, 1_000, 5)).toEqual({ after: 20, rows: [] });
    const latest = await log.ask("newer", {}, 0, 3);
    expect(latest.rows.map(({ id }) => id)).toEqual(["req_17", "req_18", "req_19"]);
  });

  test("keeps as many decisions as it may, the newest", async () => {
    const log = await make({ maxDecisions: 100 });
    for (let at = 0; at < 150; at++) log(decided({ id: `req_${at}` }));
    await log.flush();
    expect((await log.ask("health")).decisions).toBe(100);
    expect(await log.ask("decision", "req_49")).toEqual([]);
    expect(await log.ask("decision", "req_50")).toHaveLength(1);
  });

  test("removes what is too old, though a decision before it bears a later time", async () => {
    const log = await make({ maxAgeDays: 1 });
    log(decided({ id: "req_ahead", time: Date.now() + DAY_MS }));
    log(decided({ id: "req_old", time: Date.now() - 2 * DAY_MS }));
    log(decided({ id: "req_new" }));
    await log.flush();
    const { rows } = await log.ask("search", {}, undefined, 9);
    expect(rows.map(({ id }) => id)).toEqual(["req_ahead", "req_new"]);
  });

  test("takes no more room than it may, and is not emptied for it", async () => {
    const log = await make({ maxBytes: 2 ** 20 });
    for (let round = 0; round < 5; round++) {
      for (let at = 0; at < 900; at++)
        log(decided({ id: `req_${round}_${at}`, path: `/${"a".repeat(900)}` }));
      await log.flush();
    }
    const { bytes, decisions } = await log.ask("health");
    expect(bytes).toBeLessThan(2 * 2 ** 20);
    expect(decisions).toBeGreaterThan(100);
    expect(await log.ask("decision", "req_4_899")).toHaveLength(1);
  });
});

test("neither cookies nor header fields, properties or values of a query reach the file", async () => {
  const path = file();
  const log = sqliteLog(path, { log: quiet });
  log(decided({ id: "req_1", denied: true }));
  log(everyReason("req_2", "shown"));
  await log.close();
  const database = new DatabaseSync(path, { readOnly: true });
  const packed = database.prepare("select data from details").all() as { data: Uint8Array }[];
  database.close();
  const details = packed.map(({ data }) => inflateRawSync(data).toString()).join("");
  expect(details).toContain("curl/8.5");
  expect(details).toContain("…@shown");
  for (const written of [readFileSync(path, "latin1"), details])
    expect(written).not.toContain("sesame");
});

test("a file of an earlier version gets what it lacks", async () => {
  const path = file();
  const first = sqliteLog(path, { log: quiet });
  first(decided({ id: "req_1" }));
  await first.close();
  const old = new DatabaseSync(path);
  old.exec(`drop index decision_would;
    drop table client;
    drop table visit;
    create index decision_path on decision (path, time, seq);
    delete from counter where name = 'client';
    create index decision_ip on decision (ip, time, seq);
    drop table details;
    create table detail (seq integer primary key, data text not null);
    insert into detail values (1, '{"results":["BOT LIVE 0123456789abcdef"],"host":"old"}');
    delete from kysely_migration where name > '0001_tables'`);
  old.close();
  const log = keep(sqliteLog(path, { log: quiet }));
  log(decided({ id: "req_2", dry: true }));
  await log.flush();
  expect((await log.ask("search", { dry: "*" }, undefined, 9)).rows).toHaveLength(1);
  const { rows } = await log.ask("search", { ip: "8.8.8.8" }, undefined, 9);
  expect(rows).toHaveLength(2);
  const { path: same } = rows[0]!;
  expect((await log.ask("search", { path: same }, undefined, 9)).rows).toEqual(rows);
  const hosts = async (id: string) =>
    (await log.ask("decision", id)).map(({ detail }) => [detail?.host, detail?.results.length]);
  expect(await hosts("req_1")).toEqual([["old", 1]]);
  expect(await hosts("req_2")).toEqual([["example.com", 2]]);
  await log.close();
  const now = new DatabaseSync(path);
  const index = now.prepare(
    "select count(*) as n from sqlite_schema where name = 'decision_would'",
  );
  expect(index.get()).toEqual({ n: 1 });
  now.close();
});

test.each([
  [() => sqliteLog(""), "path of a file"],
  [() => sqliteLog("a.db", { maxAgeDays: 0 }), "maxAgeDays"],
  [() => sqliteLog("a.db", { site: "A B" }), "site"],
  [() => decisionLog("mysql://host/db"), "postgres://"],
])("a wrong option throws where it stands: %#", (make, message) => {
  expect(make).toThrow(message);
});
