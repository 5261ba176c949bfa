// Finding decisions. Each search walks one index from new to old, the one that leaves least to look at, and
// stops after so many rows: then it says how far it came, and the next page goes on from there.
import { sql, type Kysely, type SelectQueryBuilder } from "kysely";
import { MAX_PATH, MAX_SCAN } from "../limits.ts";
import { addPlaces } from "../places.ts";
import type { DecisionRow, Schema } from "../schema.ts";
import { clean } from "../text.ts";

/** What a decision must be like. */
export interface Filter {
  readonly id?: string | undefined;
  readonly ip?: string | undefined;
  /** The whole path, or a part of it between asterisks: `/a*`, `*.php`, `*admin*`. */
  readonly path?: string | undefined;
  readonly rule?: string | undefined;
  /** Type of a rule in DRY_RUN that would have denied; "*" for any. */
  readonly dry?: string | undefined;
  readonly bot?: string | undefined;
  readonly country?: string | undefined;
  readonly conclusion?: string | undefined;
  readonly site?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** A place in the log; what is older comes next. */
export interface Cursor {
  readonly time: number;
  readonly seq: number;
}

export interface Found {
  readonly rows: readonly DecisionRow[];
  /** Where to go on; undefined when nothing older can match. */
  readonly next: Cursor | undefined;
  /** Whether the search stopped before it had a page full. */
  readonly stopped: boolean;
}

type Query<Row> = SelectQueryBuilder<Schema, "decision", Row>;

const TEXTS = [
  "id",
  "ip",
  "path",
  "rule",
  "dry",
  "bot",
  "country",
  "conclusion",
  "site",
] as const satisfies readonly (keyof Filter)[];

/** What stands in the table of decisions alone. */
const COLUMNS = [
  "id",
  "site",
  "source",
  "conclusion",
  "rule",
  "dry",
  "country",
  "bot",
  "method",
  "micros",
] as const satisfies readonly (keyof DecisionRow)[];

const ESCAPED = /[\\%_]/g;

/** A path with asterisks as a LIKE pattern, whatever the case: databases differ in whether LIKE minds it. */
const likeOf = (path: string): string =>
  path
    .toLowerCase()
    .replace(ESCAPED, (sign) => `\\${sign}`)
    .replaceAll(/\*+/g, "%");

/** Texts of a filter as the log keeps them. */
function kept(filter: Filter): Filter {
  const texts = TEXTS.flatMap((name) => {
    const text = filter[name];
    return text === undefined ? [] : [[name, clean(text, MAX_PATH)] as const];
  });
  return { ...filter, ...Object.fromEntries(texts) };
}

const isPattern = (path: string | undefined): boolean => path?.includes("*") === true;

/** The condition that an index serves. */
function byIndex<Row>(query: Query<Row>, filter: Filter): Query<Row> {
  const { id, ip, path, bot, rule, dry, conclusion } = filter;
  if (id !== undefined) return query.where("id", "=", id);
  if (ip !== undefined) return query.where("ip", "=", ip);
  if (bot !== undefined) return query.where("bot", "=", bot);
  if (path !== undefined && !isPattern(path)) return query.where("path", "=", path);
  if (dry === "*") return query.where("dry", "is not", null);
  if (dry !== undefined) return query.where("dry", "=", dry);
  if (rule !== undefined) return query.where("rule", "=", rule);
  if (conclusion === undefined || conclusion === "ALLOW") return query;
  // The second condition is that of the index.
  return query.where("conclusion", "=", conclusion).where(sql<boolean>`conclusion <> 'ALLOW'`);
}

/** All conditions, the one of the index among them. */
function byAll<Row>(query: Query<Row>, filter: Filter): Query<Row> {
  let narrowed = query;
  for (const name of ["id", "ip", "bot", "rule", "country", "conclusion", "site"] as const) {
    const value = filter[name];
    if (value !== undefined) narrowed = narrowed.where(name, "=", value);
  }
  const { path, dry } = filter;
  if (dry === "*") narrowed = narrowed.where("dry", "is not", null);
  else if (dry !== undefined) narrowed = narrowed.where("dry", "=", dry);
  if (path === undefined) return narrowed;
  if (!isPattern(path)) return narrowed.where("path", "=", path);
  return narrowed.where(sql<boolean>`lower(path) like ${likeOf(path)} escape '\\'`);
}

/** The table of places by which a search finds decisions. */
function placeOf({ id, ip, bot, path }: Filter): "client" | "visit" | undefined {
  if (id !== undefined) return undefined;
  if (ip !== undefined) return "client";
  return bot === undefined && path !== undefined && !isPattern(path) ? "visit" : undefined;
}

/** Decisions to walk through: those about a client or a path are found by its table of places, in its order. */
function startOf(db: Kysely<Schema>, filter: Filter) {
  switch (placeOf(filter)) {
    case "client": {
      const of = db
        .selectFrom("client")
        .innerJoin("decision", "decision.seq", "client.seq")
        .select(["client.ip", "client.time", "client.seq", "path", ...COLUMNS]);
      return db.selectFrom(of.as("decision"));
    }
    case "visit": {
      const of = db
        .selectFrom("visit")
        .innerJoin("decision", "decision.seq", "visit.seq")
        .select(["visit.path", "visit.time", "visit.seq", "ip", ...COLUMNS]);
      return db.selectFrom(of.as("decision"));
    }
    default:
      return db.selectFrom("decision");
  }
}

function within<Row>(query: Query<Row>, { from, to }: Filter, before: Cursor | undefined) {
  let narrowed = query;
  if (from !== undefined) narrowed = narrowed.where("time", ">=", from);
  if (to !== undefined) narrowed = narrowed.where("time", "<", to);
  if (before === undefined) return narrowed;
  return narrowed.where(sql<boolean>`(time, seq) < (${before.time}, ${before.seq})`);
}

export const numbered = (row: DecisionRow): DecisionRow => ({
  ...row,
  seq: Number(row.seq),
  time: Number(row.time),
  micros: row.micros === null ? null : Number(row.micros),
});

/** Decisions that match, new ones first. */
export async function search(
  db: Kysely<Schema>,
  wanted: Filter,
  before: Cursor | undefined,
  limit: number,
): Promise<Found> {
  const filter = kept(wanted);
  // Who looks sees what is there, as long as it can be written.
  if (placeOf(filter) !== undefined) await addPlaces(db).catch(() => undefined);
  const walk = within(byIndex(startOf(db, filter), filter), filter, before)
    .orderBy("time", "desc")
    .orderBy("seq", "desc");
  const looked = db.selectFrom(walk.selectAll().limit(MAX_SCAN).as("decision"));
  const rows = (
    await byAll(looked.selectAll(), filter)
      .orderBy("time", "desc")
      .orderBy("seq", "desc")
      .limit(limit)
      .execute()
  ).map(numbered);
  const last = rows.at(-1);
  if (rows.length === limit && last !== undefined)
    return { rows, next: { time: last.time, seq: last.seq }, stopped: false };
  const end = await walk
    .select(["time", "seq"])
    .offset(MAX_SCAN - 1)
    .limit(1)
    .executeTakeFirst();
  const next = end && { time: Number(end.time), seq: Number(end.seq) };
  return { rows, next, stopped: next !== undefined };
}

/** What was written after a number, and after which number to ask next. */
export interface Newer {
  /** Old ones first; of more than were asked for, the newest. */
  readonly rows: readonly DecisionRow[];
  readonly after: number;
}

/** What was written after a number. */
export async function newer(
  db: Kysely<Schema>,
  filter: Filter,
  after: number,
  limit: number,
): Promise<Newer> {
  const last = await newest(db);
  // A log that was begun anew counts from the start again.
  if (last <= after) return { rows: [], after: last };
  const lately = db
    .selectFrom("decision")
    .selectAll()
    .where("seq", ">", after)
    .where("seq", "<=", last)
    .orderBy("seq", "desc")
    .limit(MAX_SCAN);
  const looked = db.selectFrom(lately.as("decision"));
  const rows = await byAll(looked.selectAll(), kept(filter))
    .orderBy("seq", "desc")
    .limit(limit)
    .execute();
  return { rows: rows.map(numbered).reverse(), after: last };
}

/** The number of the newest decision; 0 when there is none. */
export async function newest(db: Kysely<Schema>): Promise<number> {
  const row = await db
    .selectFrom("counter")
    .select("value")
    .where("name", "=", "seq")
    .executeTakeFirst();
  return Number(row?.value ?? 0);
}
