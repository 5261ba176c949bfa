// The tables, alike in SQLite and PostgreSQL. Decisions are narrow rows that are searched; what is only shown
// lies beside them, by the same number. Sums are kept by minute, hour and day while decisions are written, so
// no page adds up millions of rows.
import { sql, type Kysely } from "kysely";
import type { Migration, MigrationProvider } from "kysely/migration";
import { packDetails } from "./details.ts";
import { gatherLines } from "./lines.ts";

export interface DecisionRow {
  /** Counts up in the order of writing, without gaps. */
  seq: number;
  id: string;
  time: number;
  site: string;
  source: string;
  conclusion: string;
  rule: string | null;
  dry: string | null;
  ip: string;
  country: string | null;
  bot: string | null;
  method: string;
  path: string;
  micros: number | null;
}

/** Counts are of a site, in a step (seconds) that began at `bucket` (milliseconds since the epoch). */
interface Counted {
  step: number;
  bucket: number;
  site: string;
  n: number;
}

export interface VolumeRow extends Counted {
  conclusion: string;
  /** Empty when no rule concluded; `dry` likewise. */
  rule: string;
  dry: string;
}

export interface TopRow extends Counted {
  kind: string;
  name: string;
  denied: number;
  /** Allowed, and denied if all rules were LIVE. */
  dry: number;
}

export interface RuleVolumeRow extends Counted {
  key: string;
  denied: number;
  errors: number;
  /** Denied by this rule alone: the request was allowed. */
  fresh: number;
}

/** Where a decision about a client or a path lies. */
interface PlaceRow {
  time: number;
  seq: number;
}

/** Details of `size` decisions, those from `first` on. */
export interface DetailsRow {
  first: number;
  size: number;
  data: Uint8Array;
}

export interface Schema {
  counter: { name: string; value: number };
  client: PlaceRow & { ip: string };
  visit: PlaceRow & { path: string };
  decision: DecisionRow;
  details: DetailsRow;
  rule: { key: string; type: string; mode: string; spec: string };
  volume: VolumeRow;
  top: TopRow;
  rule_volume: RuleVolumeRow;
  gap: { start: number; end: number; dropped: number; cause: string };
}

export type Kind = "sqlite" | "postgres";

/** In SQLite an integer key is the number of the row itself. */
const keyType = (kind: Kind) => (kind === "sqlite" ? ("integer" as const) : ("bigint" as const));

async function createDecisions(db: Kysely<unknown>, kind: Kind): Promise<void> {
  await db.schema
    .createTable("decision")
    .addColumn("seq", keyType(kind), (column) => column.primaryKey())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("time", "bigint", (column) => column.notNull())
    .addColumn("site", "text", (column) => column.notNull())
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("conclusion", "text", (column) => column.notNull())
    .addColumn("rule", "text")
    .addColumn("dry", "text")
    .addColumn("ip", "text", (column) => column.notNull())
    .addColumn("country", "text")
    .addColumn("bot", "text")
    .addColumn("method", "text", (column) => column.notNull())
    .addColumn("path", "text", (column) => column.notNull())
    .addColumn("micros", "bigint")
    .execute();
  const indexes = [
    sql`create index decision_id on decision (id)`,
    sql`create index decision_time on decision (time, seq)`,
    sql`create index decision_ip on decision (ip, time, seq)`,
    sql`create index decision_path on decision (path, time, seq)`,
    sql`create index decision_bot on decision (bot, time, seq) where bot is not null`,
    sql`create index decision_rule on decision (rule, time, seq) where rule is not null`,
    sql`create index decision_dry on decision (dry, time, seq) where dry is not null`,
    sql`create index decision_denied on decision (conclusion, time, seq) where conclusion <> 'ALLOW'`,
  ];
  for (const index of indexes) await index.execute(db);
}

async function createCounts(db: Kysely<unknown>, kind: Kind): Promise<void> {
  const counted = (name: string, key: readonly string[], counts: readonly string[]) => {
    let table = db.schema.createTable(name).addColumn("step", "integer", (c) => c.notNull());
    table = table.addColumn("bucket", "bigint", (c) => c.notNull());
    const texts = key.filter((column) => column !== "step" && column !== "bucket");
    for (const text of texts) table = table.addColumn(text, "text", (c) => c.notNull());
    for (const count of counts) table = table.addColumn(count, "bigint", (c) => c.notNull());
    const keyed = table.addPrimaryKeyConstraint(`${name}_key`, [...key] as never[]);
    return (kind === "sqlite" ? keyed.modifyEnd(sql`without rowid`) : keyed).execute();
  };
  await counted("volume", ["step", "bucket", "site", "conclusion", "rule", "dry"], ["n"]);
  const said = ["n", "denied", "errors", "fresh"];
  await counted("rule_volume", ["step", "bucket", "site", "key"], said);
  await counted("top", ["step", "kind", "bucket", "site", "name"], ["n", "denied", "dry"]);
}

async function createRest(db: Kysely<unknown>, kind: Kind): Promise<void> {
  await db.schema
    .createTable("detail")
    .addColumn("seq", keyType(kind), (column) => column.primaryKey())
    .addColumn("data", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("rule")
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("type", "text", (column) => column.notNull())
    .addColumn("mode", "text", (column) => column.notNull())
    .addColumn("spec", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("gap")
    .addColumn("start", "bigint", (column) => column.notNull())
    .addColumn("end", "bigint", (column) => column.notNull())
    .addColumn("dropped", "bigint", (column) => column.notNull())
    .addColumn("cause", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("counter")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("value", "bigint", (column) => column.notNull())
    .execute();
  await sql`insert into counter (name, value) values ('seq', 0)`.execute(db);
}

async function createPlaces(
  db: Kysely<unknown>,
  kind: Kind,
  name: string,
  key: string,
): Promise<void> {
  const table = db.schema
    .createTable(name)
    .addColumn(key, "text", (column) => column.notNull())
    .addColumn("time", "bigint", (column) => column.notNull())
    .addColumn("seq", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint(`${name}_key`, [key, "time", "seq"] as never[]);
  await (kind === "sqlite" ? table.modifyEnd(sql`without rowid`) : table).execute();
}

/**
 * Clients come in any order, so an index of them in the table of decisions would change another page of the
 * file with each decision. Apart from it they are added sorted, those of some seconds at once.
 */
async function createClients(db: Kysely<unknown>, kind: Kind): Promise<void> {
  await createPlaces(db, kind, "client", "ip");
  await sql`drop index decision_ip`.execute(db);
  await sql`insert into client (ip, time, seq)
    select ip, time, seq from decision order by ip, time, seq`.execute(db);
  await sql`insert into counter (name, value)
    select 'client', value from counter where name = 'seq'`.execute(db);
}

/** Paths as clients, and up to the same decision. */
async function createVisits(db: Kysely<unknown>, kind: Kind): Promise<void> {
  await createPlaces(db, kind, "visit", "path");
  await sql`drop index decision_path`.execute(db);
  await sql`insert into visit (path, time, seq)
    select path, time, seq from decision
    where seq <= (select value from counter where name = 'client')
    order by path, time, seq`.execute(db);
}

/** Details of earlier versions that are moved at once. */
const MOVED = 1_000;

/** Details together, as a row for each would be most of what is written. */
async function createDetails(db: Kysely<unknown>, kind: Kind): Promise<void> {
  await db.schema
    .createTable("details")
    .addColumn("first", keyType(kind), (column) => column.primaryKey())
    .addColumn("size", "integer", (column) => column.notNull())
    .addColumn("data", kind === "sqlite" ? "blob" : "bytea", (column) => column.notNull())
    .execute();
  for (;;) {
    const { rows } = await sql<OldDetail>`
      select seq, data from detail order by seq limit ${sql.lit(MOVED)}`.execute(db);
    if (rows.length === 0) break;
    const end = await moveDetails(db, rows);
    await sql`delete from detail where seq < ${end}`.execute(db);
  }
  await sql`drop table detail`.execute(db);
}

interface OldDetail {
  readonly seq: number;
  readonly data: string;
}

/** Puts details together, of so many numbers at most. Gives the number up to which they were moved. */
async function moveDetails(db: Kysely<unknown>, rows: readonly OldDetail[]): Promise<number> {
  const texts = new Map(rows.map(({ seq, data }) => [Number(seq), data]));
  const [first = 0] = texts.keys();
  const end = Math.min(first + MOVED, Math.max(...texts.keys()) + 1);
  const details = gatherLines();
  for (let seq = first; seq < end; seq++) details.add(texts.get(seq) ?? "");
  const data = await packDetails(details.take());
  await sql`insert into details values (${first}, ${end - first}, ${data})`.execute(db);
  return end;
}

const migrationsOf = (kind: Kind): Record<string, Migration> => ({
  "0001_tables": {
    up: async (db: Kysely<unknown>) => {
      await createDecisions(db, kind);
      await createCounts(db, kind);
      await createRest(db, kind);
    },
  },
  "0002_would_be_denied": {
    up: async (db: Kysely<unknown>) => {
      await sql`create index decision_would on decision (time, seq) where dry is not null`.execute(
        db,
      );
    },
  },
  "0003_clients_apart": { up: (db: Kysely<unknown>) => createClients(db, kind) },
  "0004_details_together": { up: (db: Kysely<unknown>) => createDetails(db, kind) },
  "0005_paths_apart": { up: (db: Kysely<unknown>) => createVisits(db, kind) },
});

/** Steps from an empty database to these tables; a later version adds one at the end. */
export const migrationsFor = (kind: Kind): MigrationProvider => ({
  getMigrations: () => Promise.resolve(migrationsOf(kind)),
});
