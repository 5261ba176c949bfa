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
  return new PostgresDialect({ pool });
}

/** A PostgreSQL database behind a dialect of Kysely. */
export function postgresOf(dialect: Dialect): Database {
  const db = new Kysely<Schema>({ dialect });
  return {
    kind: "postgres",
    db,
    intact: () => true,
    size: async () => {
      const { rows } = await sql<{ size: string }>`
        select sum(pg_total_relation_size(c.oid)) as size
        from pg_class c join pg_namespace s on s.oid = c.relnamespace
        where s.nspname = current_schema() and c.relname in ('decision', 'detail', 'top')`.execute(
        db,
      );
      return Number(rows[0]?.size ?? 0);
    },
    shrink: () => Promise.resolve(),
    close: () => db.destroy(),
  };
}

/** Opens the database at a URL such as `postgres://user:password@host/name`. */
export async function openPostgres(url: string): Promise<Database> {
  return postgresOf(await dialectOf(url));
}
