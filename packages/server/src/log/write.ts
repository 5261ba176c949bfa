// One batch in one transaction.
import { CompiledQuery, sql, type Insertable, type Kysely, type Transaction } from "kysely";
import type { Batch } from "./batch.ts";
import { ruleVolumesOf, volumesOf } from "./counts.ts";
import type { LogEntry } from "./entry.ts";
import type { DecisionRow, Schema, TopRow } from "./schema.ts";

type Tx = Transaction<Schema>;

/** Rows of one insert; a database takes 32,766 parameters of a statement. */
const ROWS = 100;

const COLUMNS = [
  "seq",
  "id",
  "time",
  "site",
  "source",
  "conclusion",
  "rule",
  "dry",
  "ip",
  "country",
  "bot",
  "method",
  "path",
  "micros",
] as const satisfies readonly (keyof DecisionRow)[];

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

async function insertEntries(tx: Tx, texts: InsertTexts, entries: readonly LogEntry[]) {
  if (entries.length === 0) return;
  const first = await takeNumbers(tx, entries.length);
  for (let from = 0; from < entries.length; from += ROWS) {
    const part = entries.slice(from, from + ROWS);
    const decisions: unknown[] = [];
    const details: unknown[] = [];
    part.forEach((entry, at) => {
      const seq = first + from + at;
      for (const name of COLUMNS) decisions.push(name === "seq" ? seq : entry[name]);
      details.push(seq, JSON.stringify(entry.detail));
    });
    await tx.executeQuery(CompiledQuery.raw(texts.decision(part.length), decisions));
    await tx.executeQuery(CompiledQuery.raw(texts.detail(part.length), details));
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

async function writeVolumes(tx: Tx, entries: readonly LogEntry[]): Promise<void> {
  for (const part of parts(volumesOf(entries)))
    await tx
      .insertInto("volume")
      .values(part)
      .onConflict((conflict) =>
        conflict
          .columns(["step", "bucket", "site", "conclusion", "rule", "dry"])
          .doUpdateSet({ n: sql`volume.n + excluded.n` }),
      )
      .execute();
  for (const part of parts(ruleVolumesOf(entries)))
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
  const { entries, rules, gap } = batch;
  await insertEntries(tx, texts, entries);
  await writeVolumes(tx, entries);
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
