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

async function endOf(db: Kysely<Schema>, order: "asc" | "desc") {
  return db
    .selectFrom("decision")
    .select(["seq", "time"])
    .orderBy("seq", order)
    .limit(1)
    .executeTakeFirst();
}

/** Size, age and gaps of the log. */
export async function health(
  { db, kind, size }: Database,
  retention: Retention,
): Promise<LogHealth> {
  const first = await endOf(db, "asc");
  const last = await endOf(db, "desc");
  const gaps = await db
    .selectFrom("gap")
    .selectAll()
    .orderBy("end", "desc")
    .limit(SHOWN_GAPS)
    .execute();
  return {
    kind,
    bytes: await size(),
    decisions: first && last ? Number(last.seq) - Number(first.seq) + 1 : 0,
    oldest: first && Number(first.time),
    newest: last && Number(last.time),
    retention,
    gaps: gaps.map(({ start, end, dropped, cause }) => ({
      from: Number(start),
      to: Number(end),
      dropped: Number(dropped),
      cause,
    })),
  };
}
