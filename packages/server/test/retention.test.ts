// How a log is kept small, also when nothing is written any more.
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Database } from "../src/log/database.ts";
import { createEngine, type Engine } from "../src/log/engine.ts";
import { COUNT_MS, MAX_REMOVED, MAX_TOP, RETENTION_MS } from "../src/log/limits.ts";
import { RETENTION, type Retention } from "../src/log/retention.ts";
import { openSqlite } from "../src/log/sqlite.ts";
import { batchOf, decided, type Wanted } from "./log-harness.ts";

const DAY_MS = 86_400_000;
let engine: Engine;
let database: Database;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime("2026-05-05T12:00:00Z");
});
afterEach(async () => {
  vi.useRealTimers();
  await engine.close();
});

/** A log in memory, on a clock of the test's own. */
function open(retention: Partial<Retention> = {}): void {
  engine = createEngine({
    open: async () => (database = openSqlite(":memory:")),
    retention: { ...RETENTION, ...retention },
    now: Date.now,
  });
}

async function write(wanted: readonly Partial<Wanted>[]): Promise<void> {
  await engine.write(batchOf(wanted.map((one, at) => decided({ id: `req_${at}`, ...one }))));
}

async function count(text: string): Promise<number> {
  const { rows } = await sql
    .raw<{ n: number }>(`select count(*) as n from ${text}`)
    .execute(database.db);
  return rows[0]?.n ?? -1;
}

const names = (prefix: string, amount: number): Partial<Wanted>[] =>
  Array.from({ length: amount }, (_, at) => ({ path: `/${prefix}/${at}` }));
/** Lets so many days pass, and the log look at what is too old. */
async function pass(days: number): Promise<void> {
  vi.setSystemTime(Date.now() + days * DAY_MS);
  await vi.advanceTimersByTimeAsync(2 * RETENTION_MS);
}
const lately = () => ({ from: Date.now() - 3_600_000, to: Date.now() + 1 });

describe("a log", () => {
  test("finds a client at once, and forgets where it was with its decisions", async () => {
    open({ maxDecisions: 3 });
    const of = async (ip: string) => {
      const { rows } = await engine.ask("search", { ip }, undefined, 9);
      return rows.map(({ id }) => id);
    };
    await write([{ id: "a", ip: "1.1.1.1" }, { id: "b" }]);
    expect(await of("1.1.1.1")).toEqual(["a"]);
    expect([await count("client"), await count("visit")]).toEqual([2, 2]);
    const time = Date.now() - 1;
    await write([{ id: "c", ip: "1.1.1.1" }, { id: "d", ip: "1.1.1.1", time }, { id: "e" }]);
    expect(await count("client")).toBe(2);
    expect(await of("1.1.1.1")).toEqual(["c", "a", "d"]);
    const { next } = await engine.ask("search", { ip: "1.1.1.1" }, undefined, 2);
    const rest = await engine.ask("search", { ip: "1.1.1.1" }, next, 2);
    expect(rest.rows.map(({ id }) => id)).toEqual(["d"]);
    await write([{ id: "f", ip: "1.1.1.1" }]);
    await vi.advanceTimersByTimeAsync(2 * RETENTION_MS);
    const left = [await count("client"), await count("visit"), await count("decision")];
    expect(left).toEqual([3, 3, 3]);
    expect(await of("1.1.1.1")).toEqual(["f", "d"]);
  });

  test("removes what is too old, though nothing is written any more", async () => {
    open({ maxAgeDays: 1 });
    const amount = MAX_REMOVED + 1;
    await write(Array.from({ length: amount }, () => ({})));
    await pass(0.99);
    expect([await count("decision"), await count("details")]).toEqual([amount, 1]);
    await pass(0.01);
    expect([await count("decision"), await count("details")]).toEqual([0, 0]);
  });

  test("keeps the details of decisions that were written together until the last of them goes", async () => {
    open({ maxAgeDays: 2 });
    const early = Date.now() - 1.5 * DAY_MS;
    await write([{ id: "a" }, { id: "b", time: early }, { id: "c", time: early }]);
    await write([{ id: "d", time: early }]);
    await write([{ id: "e", denied: true }]);
    await pass(1);
    expect([await count("decision"), await count("details")]).toEqual([2, 2]);
    expect(await engine.ask("decision", "c")).toEqual([]);
    const [a] = await engine.ask("decision", "a");
    expect(a?.detail).toMatchObject({ host: "example.com", reason: { type: "NONE" } });
    const [e] = await engine.ask("decision", "e");
    expect(e?.detail).toMatchObject({ reason: { type: "BOT", denied: ["CURL"] } });
    await pass(1);
    expect([await count("decision"), await count("details")]).toEqual([0, 0]);
  });

  test("is left alone by who only looks at it", async () => {
    open({ maxAgeDays: 1 });
    await engine.ask("newest");
    await sql.raw("insert into gap values (1, 2, 3, 'x'); ").execute(database.db);
    await pass(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("tells by the minute of two days, by the hour of all that is kept", async () => {
    open();
    await write([{}]);
    const steps = (table: string) => count(`${table} where step = 60`);
    expect([await steps("volume"), await steps("rule_volume")]).toEqual([1, 2]);
    await pass(2);
    expect([await steps("volume"), await steps("rule_volume")]).toEqual([0, 0]);
    expect([await count("volume"), await count("rule_volume")]).toEqual([1, 2]);
    await pass(29);
    expect([await count("volume"), await count("rule_volume"), await count("top")]).toEqual([
      0, 0, 0,
    ]);
  });

  test.each([
    [2 * MAX_TOP, 2 * MAX_TOP],
    [2 * MAX_TOP + 1, MAX_TOP],
  ])("of %d paths of an hour leaves %d, the most frequent", async (asked, left) => {
    open();
    await write([]);
    const half = MAX_TOP - 1;
    await write([...names("often", 1), ...names("often", 1), ...names("a", half)]);
    await engine.ask("top", lately(), "path", "n", 1);
    await write(names("b", half));
    await engine.ask("top", lately(), "path", "n", 1);
    await write(names("c", asked - 1 - 2 * half));
    await vi.advanceTimersByTimeAsync(COUNT_MS);
    expect(await count("top where kind = 'path' and step = 3600")).toBe(asked);
    await vi.advanceTimersByTimeAsync(2 * RETENTION_MS);
    expect(await count("top where kind = 'path' and step = 3600")).toBe(left);
    expect(await engine.ask("top", lately(), "path", "n", 1)).toMatchObject([
      { name: "/often/0", n: 2 },
    ]);
  });

  test("counts what comes often though more names come than are counted", async () => {
    open();
    for (let round = 0; round < 12; round++)
      await write([...names(`once-${round}`, 450), ...(round > 8 ? names("late", 20) : [])]);
    const top = await engine.ask("top", lately(), "path", "n", 20);
    expect(top.map(({ name, n }) => [name.split("/")[1], n])).toEqual(
      Array.from({ length: 20 }, () => ["late", 3]),
    );
  });

  test("keeps counts that could not be written", async () => {
    open();
    await write([{ path: "/kept" }]);
    await sql`pragma query_only = 1`.execute(database.db);
    expect(await engine.ask("top", lately(), "path", "n", 9)).toEqual([]);
    await sql`pragma query_only = 0`.execute(database.db);
    expect(await engine.ask("top", lately(), "path", "n", 9)).toMatchObject([
      { name: "/kept", n: 1 },
    ]);
  });

  test("forgets rules that nothing names any more, once there are many", async () => {
    open();
    await write([{}]);
    await sql`with recursive many(n) as (select 1 union all select n + 1 from many where n < 4998)
      insert into rule select 'key-' || n, 'BOT', 'LIVE', '{}' from many`.execute(database.db);
    await vi.advanceTimersByTimeAsync(2 * RETENTION_MS);
    expect(await count("rule")).toBe(5_000);
    await sql`insert into rule values ('one-more', 'BOT', 'LIVE', '{}')`.execute(database.db);
    await vi.advanceTimersByTimeAsync(2 * RETENTION_MS);
    expect(await count("rule")).toBe(2);
  });
});
