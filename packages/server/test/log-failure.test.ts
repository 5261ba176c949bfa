// What happens when a database does not take what it is given: locked, full, read-only, damaged, gone and back.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { Database } from "../src/log/database.ts";
import { createEngine } from "../src/log/engine.ts";
import { decisionLog, sqliteLog, type DecisionLog } from "../src/log/index.ts";
import { logOver } from "../src/log/log.ts";
import { RETENTION } from "../src/log/retention.ts";
import { openSqlite } from "../src/log/sqlite.ts";
import { quiet } from "./harness.ts";
import { decided, directory } from "./log-harness.ts";
import { startPostgres } from "./postgres.ts";

const place = directory();
const open: DecisionLog[] = [];
const keep = (log: DecisionLog): DecisionLog => (open.push(log), log);
let files = 0;
const file = (): string => place.path(`log-${++files}.db`);

afterEach(async () => {
  for (const log of open.splice(0)) await log.close();
});
afterAll(() => place.remove());

/** A log in this thread, whose database can be told to fail. */
function failing(path: string) {
  let database: Database | undefined;
  const engine = createEngine({
    open: async () => (database = openSqlite(path)),
    retention: RETENTION,
    now: Date.now,
  });
  const pragma = async (text: string): Promise<void> => {
    if (database) await sql.raw(`pragma ${text}`).execute(database.db);
  };
  return { log: keep(logOver(engine, { log: quiet })), pragma };
}

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

  test("says that it cannot be opened", async () => {
    const log = keep(sqliteLog(place.path("absent/log.db"), { log: quiet }));
    log(decided({ id: "req_1" }));
    await log.flush();
    expect(log.status()).toMatchObject({
      waiting: 1,
      failure: expect.stringContaining("cannot be opened"),
    });
  });

  test.each([
    ["query_only = 1", "query_only = 0", "it cannot be written to"],
    ["max_page_count = 1", "max_page_count = 1000000", "full"],
  ])("is tried again, and can be read, after `pragma %s`", async (fail, heal, message) => {
    const { log, pragma } = failing(file());
    log(decided({ id: "req_1" }));
    await log.flush();
    await pragma(fail);
    for (let at = 0; at < 2_000; at++) log(decided({ id: `req_full_${at}` }));
    await log.flush();
    expect(log.status()).toMatchObject({
      dropped: 0,
      failure: expect.stringContaining(message),
    });
    expect(await log.ask("decision", "req_1")).toHaveLength(1);
    await pragma(heal);
    await log.flush();
    expect(log.status()).toMatchObject({ written: 2_001, waiting: 0, failure: undefined });
  });

  test("says that it is damaged, when it is read as well as when it is written", async () => {
    const path = file();
    const first = sqliteLog(path, { log: quiet });
    for (let at = 0; at < 500; at++) first(decided({ id: `req_${at}` }));
    await first.close();
    const bytes = readFileSync(path);
    // All pages but the first, which says that it is a database.
    writeFileSync(path, bytes.fill(0x5a, 4_096));
    const log = keep(sqliteLog(path, { log: quiet }));
    log(decided({ id: "req_x" }));
    await log.flush();
    expect(log.status().failure).toContain("it is damaged; move the file away");
    await expect(log.ask("search", {}, undefined, 9)).rejects.toThrow("it is damaged");
  });
});

describe("a PostgreSQL server", () => {
  test("that goes is waited for, and begun anew when its tables are gone as well", async () => {
    const postgres = await startPostgres();
    try {
      const log = keep(decisionLog(postgres.url, { log: quiet }));
      log(decided({ id: "req_1" }));
      await log.flush();
      await postgres.stop();
      log(decided({ id: "req_2" }));
      await log.flush();
      expect(log.status()).toMatchObject({ written: 1, waiting: 1, failure: expect.any(String) });
      await expect(log.ask("health")).rejects.toThrow("ECONNREFUSED");
      await postgres.start();
      await log.flush();
      expect(log.status()).toMatchObject({ written: 2, waiting: 0, failure: undefined });
      await postgres.run("drop schema public cascade; create schema public");
      log(decided({ id: "req_3" }));
      await log.flush();
      await log.flush();
      expect(log.status()).toMatchObject({ written: 3, failure: undefined });
      expect((await log.ask("health")).decisions).toBe(1);
      await log.close();
    } finally {
      await postgres.end();
    }
  });
});
