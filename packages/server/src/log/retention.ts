// What is too old or too much goes, oldest first and a little at a time, between the writes.
import type { Kysely } from "kysely";
import { sql, type RawBuilder } from "kysely";
import { bucketOf, DAY, HOUR, KINDS, MINUTE } from "./counts.ts";
import type { Database } from "./database.ts";
import { MAX_REMOVED, MAX_TOP } from "./limits.ts";
import { PLACES } from "./places.ts";
import type { Schema } from "./schema.ts";

/** How much a log keeps. */
export interface Retention {
  /** Days a decision is kept; default 30. */
  readonly maxAgeDays: number;
  /** Decisions kept at most; default 10,000,000. */
  readonly maxDecisions: number;
  /** Bytes of the database, roughly; default 20 GiB. */
  readonly maxBytes: number;
}

export const RETENTION: Retention = {
  maxAgeDays: 30,
  maxDecisions: 10_000_000,
  maxBytes: 20 * 2 ** 30,
};

const DAY_MS = DAY * 1_000;
/** Gaps that are remembered. */
const MAX_GAPS = 1_000;
/** Rules up to which none is removed. */
const MAX_RULES_KEPT = 5_000;
/** Minutes are kept for two days and hours of names for three; hours and days tell of older times. */
const MINUTE_DAYS = 2;
const NAME_HOUR_DAYS = 3;

interface Span {
  readonly first: number;
  readonly last: number;
  /** The earliest time of a decision. */
  readonly oldest: number;
}

async function spanOf(db: Kysely<Schema>): Promise<Span | undefined> {
  const of = (name: "seq" | "time", order: "asc" | "desc") =>
    db.selectFrom("decision").select(name).orderBy(name, order).limit(1).executeTakeFirst();
  const first = await of("seq", "asc");
  const last = await of("seq", "desc");
  const oldest = await of("time", "asc");
  if (first === undefined || last === undefined || oldest === undefined) return undefined;
  return { first: Number(first.seq), last: Number(last.seq), oldest: Number(oldest.time) };
}

/** Removes where some decisions lie; needs the decisions themselves to find it. */
async function removePlaces(db: Kysely<Schema>, which: RawBuilder<boolean>): Promise<void> {
  for (const [table, key] of PLACES)
    await sql`delete from ${sql.table(table)} where (${sql.ref(key)}, time, seq) in
      (select ${sql.ref(key)}, time, seq from decision where ${which})`.execute(db);
}

/** Removes details up to a decision of which no decision is left. */
const removeDetails = (db: Kysely<Schema>, last: number) =>
  sql`delete from details where first <= ${last} and not exists
    (select 1 from decision where seq >= first and seq < first + size)`.execute(db);

/** Removes the decisions before a time, some at once. Their order in the log need not be that of their times. */
async function removeBefore(db: Kysely<Schema>, time: number): Promise<void> {
  const old = await db
    .selectFrom("decision")
    .select("seq")
    .where("time", "<", time)
    .orderBy("time")
    .limit(MAX_REMOVED)
    .execute();
  const seqs = old.map(({ seq }) => Number(seq));
  await db.transaction().execute(async (tx) => {
    await removePlaces(tx, sql<boolean>`seq in (${sql.join(seqs)})`);
    await tx.deleteFrom("decision").where("seq", "in", seqs).execute();
    await removeDetails(tx, Math.max(...seqs));
  });
}

async function removeUpTo(db: Kysely<Schema>, seq: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await removePlaces(tx, sql<boolean>`seq <= ${seq}`);
    await tx.deleteFrom("decision").where("seq", "<=", seq).execute();
    await removeDetails(tx, seq);
  });
}

/** Removes some decisions that are too old or too many. Gives whether there may be more of them. */
export async function removeSome(
  { db, size, shrink }: Database,
  { maxAgeDays, maxDecisions, maxBytes }: Retention,
  now: number,
): Promise<boolean> {
  const span = await spanOf(db);
  if (span === undefined) return false;
  const { first, last, oldest } = span;
  const tooMany = Math.min(last - first + 1 - maxDecisions, MAX_REMOVED);
  const oldestKept = now - maxAgeDays * DAY_MS;
  if (oldest < oldestKept) await removeBefore(db, oldestKept);
  else if (tooMany > 0) await removeUpTo(db, first - 1 + tooMany);
  else {
    const bytes = await size();
    if (bytes <= maxBytes) return false;
    const share = Math.ceil(((last - first + 1) * (bytes - maxBytes)) / bytes);
    await removeUpTo(db, first - 1 + Math.min(share, MAX_REMOVED));
  }
  await shrink();
  return true;
}

/**
 * Removes counts that are too old, and of names all but the most frequent: otherwise whoever asks for ever
 * other paths from ever other addresses would fill the log. `since` is when this was last done.
 */
export async function removeCounts(
  db: Kysely<Schema>,
  { maxAgeDays }: Retention,
  now: number,
  since: number,
): Promise<void> {
  const before = (days: number): number => now - Math.min(days, maxAgeDays) * DAY_MS;
  const oldest = before(maxAgeDays);
  await db.transaction().execute(async (tx) => {
    await tx
      .deleteFrom("volume")
      .where("step", "=", MINUTE)
      .where("bucket", "<", before(MINUTE_DAYS))
      .execute();
    await tx.deleteFrom("volume").where("bucket", "<", oldest).execute();
    await tx
      .deleteFrom("rule_volume")
      .where("step", "=", MINUTE)
      .where("bucket", "<", before(MINUTE_DAYS))
      .execute();
    await tx.deleteFrom("rule_volume").where("bucket", "<", oldest).execute();
    await tx
      .deleteFrom("top")
      .where("step", "=", HOUR)
      .where("bucket", "<", before(NAME_HOUR_DAYS))
      .execute();
    await tx.deleteFrom("top").where("bucket", "<", bucketOf(oldest, DAY)).execute();
    const { count } = await tx
      .selectFrom("gap")
      .select(sql<number>`count(*)`.as("count"))
      .executeTakeFirstOrThrow();
    if (Number(count) > MAX_GAPS) await tx.deleteFrom("gap").where("end", "<", oldest).execute();
    await removeRules(tx);
  });
  for (const step of [HOUR, DAY]) for (const kind of KINDS) await thinOut(db, step, kind, since);
}

/** Removes rules that nothing names any more, once there are many. */
async function removeRules(db: Kysely<Schema>): Promise<void> {
  const { count } = await db
    .selectFrom("rule")
    .select(sql<number>`count(*)`.as("count"))
    .executeTakeFirstOrThrow();
  if (Number(count) <= MAX_RULES_KEPT) return;
  const named = db.selectFrom("rule_volume").select("key").distinct().where("step", "=", HOUR);
  await db.deleteFrom("rule").where("key", "not in", named).execute();
}

/** Leaves the most frequent names of each stretch from `since` on that holds many, whether or not it is over. */
async function thinOut(
  db: Kysely<Schema>,
  step: number,
  kind: string,
  since: number,
): Promise<void> {
  const full = await db
    .selectFrom("top")
    .select(["bucket", "site"])
    .where("step", "=", step)
    .where("kind", "=", kind)
    .where("bucket", ">=", bucketOf(since, step))
    .groupBy(["bucket", "site"])
    .having(sql<number>`count(*)`, ">", 2 * MAX_TOP)
    .execute();
  for (const { bucket, site } of full) {
    const of = { step, kind, bucket: Number(bucket), site };
    const kept = db
      .selectFrom("top")
      .select("name")
      .where((eb) => eb.and(of))
      .orderBy("n", "desc")
      .limit(MAX_TOP);
    await db
      .deleteFrom("top")
      .where((eb) => eb.and(of))
      .where("name", "not in", kept)
      .execute();
  }
}
