// How far one search looks before it asks whether to go on.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createEngine, type Engine } from "../src/log/engine.ts";
import { MAX_SCAN } from "../src/log/limits.ts";
import { RETENTION } from "../src/log/retention.ts";
import { openSqlite } from "../src/log/sqlite.ts";
import { batchOf, decided } from "./log-harness.ts";

const NEEDLE = { path: "*needle*" };
const START = Date.UTC(2026, 4, 5);
let engine: Engine;

beforeEach(() => {
  engine = createEngine({
    open: async () => openSqlite(":memory:"),
    retention: RETENTION,
    now: () => START,
  });
});
afterEach(() => engine.close());

/** Writes so many decisions, of which the oldest alone is looked for. */
async function write(count: number): Promise<void> {
  const decisions = Array.from({ length: count }, (_, at) =>
    decided({ id: `req_${at}`, time: START + at, path: at === 0 ? "/needle" : "/hay" }),
  );
  await engine.write(batchOf(decisions));
}

const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

describe("a search", () => {
  test("of one decision less than the limit comes to its end", async () => {
    await write(MAX_SCAN - 1);
    const found = await engine.ask("search", NEEDLE, undefined, 9);
    expect(idsOf(found.rows)).toEqual(["req_0"]);
    expect(found).toMatchObject({ stopped: false, next: undefined });
  });

  test("looks at as many as the limit, and asks whether to go on", async () => {
    await write(MAX_SCAN);
    const found = await engine.ask("search", NEEDLE, undefined, 9);
    expect(idsOf(found.rows)).toEqual(["req_0"]);
    expect(found).toMatchObject({ stopped: true, next: { time: START } });
    const older = await engine.ask("search", NEEDLE, found.next, 9);
    expect(older).toEqual({ rows: [], stopped: false, next: undefined });
  });

  test("finds what lies one beyond the limit when it goes on", async () => {
    await write(MAX_SCAN + 1);
    const found = await engine.ask("search", NEEDLE, undefined, 9);
    expect(found).toMatchObject({ rows: [], stopped: true, next: { time: START + 1 } });
    const older = await engine.ask("search", NEEDLE, found.next, 9);
    expect(idsOf(older.rows)).toEqual(["req_0"]);
    expect(older).toMatchObject({ stopped: false, next: undefined });
  });
});

test.each([
  [MAX_SCAN, ["req_0"]],
  [MAX_SCAN + 1, []],
])("a live feed looks at the newest of %i that came since", async (count, ids) => {
  await write(count);
  const { rows, after } = await engine.ask("newer", NEEDLE, 0, 9);
  expect(idsOf(rows)).toEqual(ids);
  expect(after).toBe(count);
});
