import { Kysely, PostgresDialect, sql, type Dialect } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** Connections at once: one writes, the others read for pages. */
const CONNECTIONS = 4;
const CONNECT_MS = 5_000;
const STATEMENT_MS = 15_000;

async function dialectOf(url: string): Promise<Dialect> {
  // Loaded only where a PostgreSQL log is opened.
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: STATEMENT_MS,
    application_name: "arcjet",
    allowExitOnIdle: true,
  });
  // A lost idle connection is replaced at the next query, which also says so if it cannot be.
  pool.on("error", () => undefined);
  // So is one that is lost between two queries, of which nobody else hears: without a listener the process ends.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return new PostgresDialect({ pool });
}

/** Decisions by which the size of all is estimated. */
const SAMPLE = 200;
/** What a decision takes beside its values, in its rows and its ten or so entries of indexes. */
const OVERHEAD_BYTES = 200;

/**
 * Bytes of the decisions that are kept. The size of the tables would not do: they never become smaller when
 * rows are removed, only emptier, so a log that is too large would be emptied altogether.
 */
async function keptBytes(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ kept: string | null }>`
    with sample as (select * from decision order by seq desc limit ${sql.lit(SAMPLE)}),
      lately as (select * from details order by first desc limit ${sql.lit(SAMPLE)})
    select (select max(seq) - min(seq) + 1 from decision)
      * (${sql.lit(OVERHEAD_BYTES)} + (select avg(2 * pg_column_size(sample.*)) from sample)
      + (select sum(pg_column_size(lately.*)) / sum(size) from lately)) as kept`.execute(db);
  return Math.round(Number(rows[0]?.kept ?? 0));
}

/** A PostgreSQL database behind a dialect of Kysely. */
export function postgresOf(dialect: Dialect): Database {
  const db = new Kysely<Schema>({ dialect });
  return {
    kind: "postgres",
    db,
    intact: () => true,
    size: () => keptBytes(db),
    shrink: () => Promise.resolve(),
    close: () => db.destroy(),
  };
}

/** Opens the database at a URL such as `postgres://user:password@host/name`. */
export async function openPostgres(url: string): Promise<Database> {
  return postgresOf(await dialectOf(url));
}
