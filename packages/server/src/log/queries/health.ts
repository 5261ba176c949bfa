import type { Kysely } from "kysely";
import type { Gap } from "../batch.ts";
import type { Database } from "../database.ts";
import type { Retention } from "../retention.ts";
import type { Schema } from "../schema.ts";

/** How the log itself does. */
export interface LogHealth {
  readonly kind: "sqlite" | "postgres";
  readonly bytes: number;
  readonly decisions: number;
  /** Milliseconds since the epoch; undefined when the log is empty. */
  readonly oldest: number | undefined;
  readonly newest: number | undefined;
  readonly retention: Retention;
  /** Stretches of time of which decisions are missing, the last first. */
  readonly gaps: readonly Gap[];
}

const SHOWN_GAPS = 20;

async function endOf(db: Kysely<Schema>, of: "seq" | "time", order: "asc" | "desc") {
  const row = await db
    .selectFrom("decision")
    .select(of)
    .orderBy(of, order)
    .limit(1)
    .executeTakeFirst();
  return row && Number(row[of]);
}

/** Size, age and gaps of the log. */
export async function health(
  { db, kind, size }: Database,
  retention: Retention,
): Promise<LogHealth> {
  const first = await endOf(db, "seq", "asc");
  const last = await endOf(db, "seq", "desc");
  const gaps = await db
    .selectFrom("gap")
    .selectAll()
    .orderBy("end", "desc")
    .limit(SHOWN_GAPS)
    .execute();
  return {
    kind,
    bytes: await size(),
    decisions: first === undefined || last === undefined ? 0 : last - first + 1,
    oldest: await endOf(db, "time", "asc"),
    newest: await endOf(db, "time", "desc"),
    retention,
    gaps: gaps.map(({ start, end, dropped, cause }) => ({
      from: Number(start),
      to: Number(end),
      dropped: Number(dropped),
      cause,
    })),
  };
}
