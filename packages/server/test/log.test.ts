// The log on both databases, and what happens when one does not take what it is given.
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { PGlite } from "@electric-sql/pglite";
import { PGliteDialect } from "kysely";
import { afterEach, describe, expect, test } from "vitest";
import { createEngine } from "../src/log/engine.ts";
import { logOver } from "../src/log/log.ts";
import { postgresOf } from "../src/log/postgres.ts";
import { RETENTION } from "../src/log/retention.ts";
import { MAX_WAITING } from "../src/log/limits.ts";
import { decisionLog, sqliteLog, type DecisionLog } from "../src/log/index.ts";
import { decided, directory, HOSTILE } from "./log-harness.ts";
import { quiet } from "./harness.ts";

const place = directory();
const open: DecisionLog[] = [];
const keep = (log: DecisionLog): DecisionLog => (open.push(log), log);
let files = 0;
const file = (): string => place.path(`log-${++files}.db`);

afterEach(async () => {
  for (const log of open.splice(0)) await log.close();
});

const LOGS: readonly (readonly [string, () => DecisionLog])[] = [
  ["SQLite", () => sqliteLog(file(), { log: quiet })],
  [
    "PostgreSQL",
    () =>
      logOver(
        createEngine({
          open: async () => postgresOf(new PGliteDialect({ pglite: new PGlite() })),
          retention: RETENTION,
          now: Date.now,
        }),
        { log: quiet },
      ),
  ],
];

describe.each(LOGS)("a log in %s", (_, make) => {
  test("answers what the pages ask, with hostile texts as they came", async () => {
    const log = keep(make());
    for (let at = 0; at < 450; at++)
      log(
        decided({ id: `req_${at}`, denied: at % 3 === 0, dry: at % 5 === 0, path: `/p${at % 4}` }),
      );
    log(decided({ id: "req_hostile", text: HOSTILE, denied: true }));
    await log.flush();
    expect(log.status()).toEqual({ written: 451, dropped: 0, waiting: 0, failure: undefined });
    const period = { from: Date.now() - 3_600_000, to: Date.now() + 1 };
    const volumes = await log.ask("volumes", period, 3_600_000);
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
    expect(await log.ask("newer", {}, 449, 10)).toHaveLength(2);
    expect((await log.ask("health")).decisions).toBe(451);
  });
});

test("neither cookies nor header fields, properties or values of a query reach the file", async () => {
  const path = file();
  const log = sqliteLog(path, { log: quiet });
  log(decided({ id: "req_1", denied: true }));
  await log.close();
  expect(readFileSync(path, "latin1")).not.toContain("sesame");
});

test("what is too many goes, oldest first", async () => {
  const log = keep(sqliteLog(file(), { log: quiet, maxDecisions: 100 }));
  for (let at = 0; at < 150; at++) log(decided({ id: `req_${at}` }));
  await log.flush();
  expect((await log.ask("health")).decisions).toBe(100);
  expect(await log.ask("decision", "req_49")).toEqual([]);
  expect(await log.ask("decision", "req_50")).toHaveLength(1);
});

test("what is too old goes", async () => {
  const log = keep(sqliteLog(file(), { log: quiet, maxAgeDays: 1 }));
  log(decided({ id: "req_old", time: Date.now() - 2 * 86_400_000 }));
  log(decided({ id: "req_new" }));
  await log.flush();
  log(decided({ id: "req_next" }));
  await log.flush();
  expect((await log.ask("search", {}, undefined, 9)).rows.map(({ id }) => id)).toEqual([
    "req_next",
    "req_new",
  ]);
});

describe("a database that does not take decisions", () => {
  test("is waited for while another process has locked it, and nothing is lost", async () => {
    const path = file();
    const log = keep(sqliteLog(path, { log: quiet }));
    log(decided({ id: "req_1" }));
    await log.flush();
    const other = new DatabaseSync(path);
    other.exec("begin immediate");
    log(decided({ id: "req_2" }));
    await log.flush();
    expect(log.status()).toMatchObject({ waiting: 1, failure: expect.stringContaining("locked") });
    other.exec("rollback");
    other.close();
    await log.flush();
    expect(log.status()).toMatchObject({ written: 2, dropped: 0, waiting: 0, failure: undefined });
  });

  test("is begun anew when its file is gone", async () => {
    const path = file();
    const log = keep(sqliteLog(path, { log: quiet }));
    log(decided({ id: "req_1" }));
    await log.flush();
    for (const end of ["", "-wal", "-shm"]) rmSync(path + end, { force: true });
    log(decided({ id: "req_2" }));
    await log.flush();
    expect(existsSync(path)).toBe(true);
    expect(await log.ask("decision", "req_2")).toHaveLength(1);
  });

  test("says that it is no database, and goes on when the file is moved away", async () => {
    const path = file();
    writeFileSync(path, "this is no database, ".repeat(500));
    const log = keep(sqliteLog(path, { log: quiet }));
    log(decided({ id: "req_1" }));
    await log.flush();
    expect(log.status().failure).toContain("no SQLite database; move it away");
    await expect(log.ask("health")).rejects.toThrow("no SQLite database");
    rmSync(path);
    await log.flush();
    expect(log.status()).toMatchObject({ written: 1, failure: undefined });
  });

  test("drops what comes beyond the queue, counts it and tells it later", async () => {
    const log = keep(sqliteLog(place.path("absent/log.db"), { log: quiet }));
    log(decided({ id: "req_0" }));
    await log.flush();
    expect(log.status().failure).toContain("cannot be opened");
    for (let at = 0; at < MAX_WAITING + 1; at++) log(decided({ id: "req" }));
    expect(log.status()).toMatchObject({ dropped: 1, waiting: MAX_WAITING + 1 });
  });

  test.skipIf(process.getuid?.() === 0)("says that it cannot be written to", async () => {
    const path = file();
    const first = sqliteLog(path, { log: quiet });
    first(decided({ id: "req_1" }));
    await first.close();
    chmodSync(path, 0o400);
    const log = keep(sqliteLog(path, { log: quiet }));
    log(decided({ id: "req_2" }));
    await log.flush();
    expect(log.status().failure).toContain("cannot be written to");
  });
});

test.each([
  [() => sqliteLog(""), "path of a file"],
  [() => sqliteLog("a.db", { maxAgeDays: 0 }), "maxAgeDays"],
  [() => sqliteLog("a.db", { site: "A B" }), "site"],
  [() => decisionLog("mysql://host/db"), "postgres://"],
])("a wrong option throws where it stands: %#", (make, message) => {
  expect(make).toThrow(message);
});
