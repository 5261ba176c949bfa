// Requests by conclusion and rule over time, from the sums by minute or hour.
import { sql, type Kysely } from "kysely";
import { bucketOf, HOUR } from "../counts.ts";
import type { Schema } from "../schema.ts";
import { columnOf, stepOf, type Period } from "./period.ts";

/** Requests of one column of a chart that ended alike. */
export interface Volume {
  /** Milliseconds since the epoch at which the column begins. */
  readonly at: number;
  readonly conclusion: string;
  readonly rule: string;
  readonly dry: string;
  readonly n: number;
}

/** Requests by column; `width` is the milliseconds of a column, whole minutes or hours. */
export async function volumes(
  db: Kysely<Schema>,
  { from, to, site }: Period,
  width: number,
): Promise<readonly Volume[]> {
  const step = stepOf({ from, to });
  let query = db
    .selectFrom("volume")
    .select([columnOf(width).as("at"), "conclusion", "rule", "dry", sql<number>`sum(n)`.as("n")])
    .where("step", "=", step)
    .where("bucket", ">=", bucketOf(from, step))
    .where("bucket", "<", to);
  if (site !== undefined) query = query.where("site", "=", site);
  const rows = await query.groupBy(["at", "conclusion", "rule", "dry"]).execute();
  return rows.map((row) => ({ ...row, at: Number(row.at), n: Number(row.n) }));
}

/** Sites that were asked about lately. */
export async function sites(db: Kysely<Schema>, since: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("volume")
    .select("site")
    .distinct()
    .where("step", "=", HOUR)
    .where("bucket", ">=", bucketOf(since, HOUR))
    .orderBy("site")
    .execute();
  return rows.map(({ site }) => site);
}
