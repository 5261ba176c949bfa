// One batch in one transaction.
import { CompiledQuery, sql, type Insertable, type Kysely, type Transaction } from "kysely";
import type { LogEntry } from "./entry.ts";
import type { Prepared } from "./prepare.ts";
import type { DecisionRow, Schema, TopRow } from "./schema.ts";

type Tx = Transaction<Schema>;

/** Rows of one insert; a database takes 32,766 parameters of a statement. */
const ROWS = 100;

/** Columns of a decision, in the order of its values. */
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

function addValues(values: (string | number | null)[], entry: LogEntry, seq: number): void {
  const { id, time, site, source, conclusion, rule, dry, ip, country, bot } = entry;
  values.push(seq, id, time, site, source, conclusion, rule, dry, ip, country, bot);
  values.push(entry.method, entry.path, entry.micros);
}

/** The text of an insert of so many decisions; building it takes longer than running it, so it is kept. */
export function createInsertTexts(db: Kysely<Schema>): (rows: number) => string {
  const kept = new Map<number, string>();
  // Only the shape of a row matters here: its values are bound later.
  const decision = Object.fromEntries(COLUMNS.map((name) => [name, ""])) as unknown as DecisionRow;
  return (rows) => {
    let text = kept.get(rows);
    if (text === undefined) {
      const shapes = Array.from({ length: rows }, () => decision);
      kept.set(rows, (text = db.insertInto("decision").values(shapes).compile().sql));
    }
    return text;
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

const partsOf = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, at) =>
    rows.slice(at * ROWS, (at + 1) * ROWS),
  );

async function insertDecisions(
  tx: Tx,
  texts: InsertTexts,
  { entries, details }: Prepared,
): Promise<void> {
  const size = entries.length;
  if (size === 0) return;
  const first = await takeNumbers(tx, size);
  let seq = first;
  for (const part of partsOf(entries)) {
    const values: (string | number | null)[] = [];
    for (const entry of part) addValues(values, entry, seq++);
    await tx.executeQuery(CompiledQuery.raw(texts(part.length), values));
  }
  await tx.insertInto("details").values({ first, size, data: details }).execute();
}

/** Adds counts by name. */
export async function writeTop(tx: Tx, rows: readonly TopRow[]): Promise<void> {
  for (const part of partsOf<Insertable<TopRow>>(rows))
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

async function writeVolumes(tx: Tx, { volumes, ruleVolumes }: Prepared): Promise<void> {
  for (const part of partsOf(volumes))
    await tx
      .insertInto("volume")
      .values(part)
      .onConflict((conflict) =>
        conflict
          .columns(["step", "bucket", "site", "conclusion", "rule", "dry"])
          .doUpdateSet({ n: sql`volume.n + excluded.n` }),
      )
      .execute();
  for (const part of partsOf(ruleVolumes))
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
export async function writeBatch(tx: Tx, texts: InsertTexts, batch: Prepared): Promise<void> {
  const { rules, gap } = batch;
  await insertDecisions(tx, texts, batch);
  await writeVolumes(tx, batch);
  for (const part of partsOf(rules))
    await tx
      .insertInto("rule")
      .values(part)
      .onConflict((conflict) => conflict.column("key").doNothing())
      .execute();
  if (gap === undefined) return;
  const { from: start, to: end, dropped, cause } = gap;
  await tx.insertInto("gap").values({ start, end, dropped, cause }).execute();
}
