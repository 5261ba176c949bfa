// One batch in one transaction.
import { CompiledQuery, sql, type Insertable, type Kysely, type Transaction } from "kysely";
import type { Batch } from "./batch.ts";
import { ROW } from "./entry.ts";
import type { DecisionRow, Schema, TopRow } from "./schema.ts";

type Tx = Transaction<Schema>;

/** Rows of one insert; a database takes 32,766 parameters of a statement. */
const ROWS = 100;

/** Columns of a decision: its number and all values but the last, which is kept beside it. */
const VALUES = ROW.length - 1;
const COLUMNS: readonly (keyof DecisionRow)[] = ["seq", ...ROW.filter((name) => name !== "detail")];

type InsertText = (rows: number) => string;

/** The text of an insert of so many rows; building it takes longer than running it, so it is kept. */
export function createInsertTexts(db: Kysely<Schema>): {
  decision: InsertText;
  detail: InsertText;
} {
  const keep = (build: InsertText): InsertText => {
    const kept = new Map<number, string>();
    return (rows) => {
      let text = kept.get(rows);
      if (text === undefined) kept.set(rows, (text = build(rows)));
      return text;
    };
  };
  // Only the shape of a row matters here: its values are bound later.
  const decision = Object.fromEntries(COLUMNS.map((name) => [name, ""])) as unknown as DecisionRow;
  const times = <T>(rows: number, row: T): T[] => Array.from({ length: rows }, () => row);
  return {
    decision: keep((rows) => db.insertInto("decision").values(times(rows, decision)).compile().sql),
    detail: keep(
      (rows) =>
        db
          .insertInto("detail")
          .values(times(rows, { seq: 0, data: "" }))
          .compile().sql,
    ),
  };
}

export type InsertTexts = ReturnType<typeof createInsertTexts>;

/** Numbers for so many decisions. The row stays locked until the end, so numbers appear in order. */
async function takeNumbers(tx: Tx, count: number): Promise<number> {
  const { value } = await tx
    .updateTable("counter")
    .set((eb) => ({ value: eb("value", "+", count) }))
    .where("name", "=", "seq")
    .returning("value")
    .executeTakeFirstOrThrow();
  return Number(value) - count + 1;
}

async function insertDecisions(tx: Tx, texts: InsertTexts, { size, values }: Batch) {
  if (size === 0) return;
  const first = await takeNumbers(tx, size);
  for (let from = 0; from < size; from += ROWS) {
    const rows = Math.min(ROWS, size - from);
    const decisions: unknown[] = [];
    const details: unknown[] = [];
    for (let at = from; at < from + rows; at++) {
      const start = at * ROW.length;
      decisions.push(first + at);
      for (let index = start; index < start + VALUES; index++) decisions.push(values[index]);
      details.push(first + at, values[start + VALUES]);
    }
    await tx.executeQuery(CompiledQuery.raw(texts.decision(rows), decisions));
    await tx.executeQuery(CompiledQuery.raw(texts.detail(rows), details));
  }
}

const parts = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, at) =>
    rows.slice(at * ROWS, (at + 1) * ROWS),
  );

/** Adds counts by name. */
export async function writeTop(tx: Tx, rows: readonly TopRow[]): Promise<void> {
  for (const part of parts<Insertable<TopRow>>(rows))
    await tx
      .insertInto("top")
      .values(part)
      .onConflict((conflict) =>
        conflict.columns(["step", "kind", "bucket", "site", "name"]).doUpdateSet({
          n: sql`top.n + excluded.n`,
          denied: sql`top.denied + excluded.denied`,
          dry: sql`top.dry + excluded.dry`,
        }),
      )
      .execute();
}

async function writeVolumes(tx: Tx, { volumes, ruleVolumes }: Batch): Promise<void> {
  for (const part of parts(volumes))
    await tx
      .insertInto("volume")
      .values(part)
      .onConflict((conflict) =>
        conflict
          .columns(["step", "bucket", "site", "conclusion", "rule", "dry"])
          .doUpdateSet({ n: sql`volume.n + excluded.n` }),
      )
      .execute();
  for (const part of parts(ruleVolumes))
    await tx
      .insertInto("rule_volume")
      .values(part)
      .onConflict((conflict) =>
        conflict.columns(["step", "bucket", "site", "key"]).doUpdateSet({
          n: sql`rule_volume.n + excluded.n`,
          denied: sql`rule_volume.denied + excluded.denied`,
          errors: sql`rule_volume.errors + excluded.errors`,
          fresh: sql`rule_volume.fresh + excluded.fresh`,
        }),
      )
      .execute();
}

/** Writes a batch, all of it or nothing. */
export async function writeBatch(tx: Tx, texts: InsertTexts, batch: Batch): Promise<void> {
  const { rules, gap } = batch;
  await insertDecisions(tx, texts, batch);
  await writeVolumes(tx, batch);
  for (const part of parts(rules))
    await tx
      .insertInto("rule")
      .values(part)
      .onConflict((conflict) => conflict.column("key").doNothing())
      .execute();
  if (gap === undefined) return;
  const { from: start, to: end, dropped, cause } = gap;
  await tx.insertInto("gap").values({ start, end, dropped, cause }).execute();
}
