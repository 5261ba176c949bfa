// The most frequent clients, paths, bots and countries.
import { sql, type Kysely } from "kysely";
import { bucketOf, DAY, HOUR, type Kind } from "../counts.ts";
import type { Schema } from "../schema.ts";
import { isShort, type Period } from "./period.ts";

export interface Top {
  readonly name: string;
  readonly n: number;
  readonly denied: number;
  /** Allowed, and denied if all rules were LIVE. */
  readonly dry: number;
}

/** By which count the most frequent are chosen. */
export type TopOrder = "n" | "denied" | "dry";

/** The most frequent names of a kind, by the hour in a short period, else by the day (UTC). */
export async function top(
  db: Kysely<Schema>,
  { from, to, site }: Period,
  kind: Kind,
  order: TopOrder,
  limit: number,
): Promise<readonly Top[]> {
  const step = isShort({ from, to }) ? HOUR : DAY;
  const sum = (name: TopOrder) => sql<number>`sum(${sql.ref(name)})`;
  let query = db
    .selectFrom("top")
    .select(["name", sum("n").as("n"), sum("denied").as("denied"), sum("dry").as("dry")])
    .where("step", "=", step)
    .where("kind", "=", kind)
    .where("bucket", ">=", bucketOf(from, step))
    .where("bucket", "<", to);
  if (site !== undefined) query = query.where("site", "=", site);
  const rows = await query
    .groupBy("name")
    .having(sum(order), ">", 0)
    .orderBy(sum(order), "desc")
    .orderBy("name")
    .limit(limit)
    .execute();
  return rows.map(({ name, ...counts }) => ({
    name,
    n: Number(counts.n),
    denied: Number(counts.denied),
    dry: Number(counts.dry),
  }));
}
