// SQLite in this thread: used by the worker alone, since every call of it blocks.
import { statSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { Kysely, SqliteDialect, sql, type SqliteDatabase, type SqliteStatement } from "kysely";
import type { Database } from "./database.ts";
import { BUSY_MS } from "./limits.ts";
import type { Schema } from "./schema.ts";

/** Statements kept ready. */
const MAX_STATEMENTS = 200;
/** Pages of the WAL (16 MiB) before they go to the file: those that changed often meanwhile go there once. */
const CHECKPOINT_PAGES = 4_000;
/** Pages given back at once. */
const FREED_PAGES = 500;

// Kysely hands over only what can be bound: texts, numbers and null.
const bindable = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];

function ready(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bindable(parameters)),
    run: (parameters) => statement.run(...bindable(parameters)),
    iterate: (parameters) => statement.iterate(...bindable(parameters)),
  };
}

/**
 * SQLite itself ends the transaction of some failures, such as that of a full disk; that there is none to roll
 * back must not hide the failure.
 */
function rollback(file: DatabaseSync): SqliteStatement {
  const run = (): { changes: number; lastInsertRowid: number } => {
    try {
      file.exec("rollback");
    } catch {
      // One that is still open makes the next `begin` fail, and the file is opened anew.
    }
    return { changes: 0, lastInsertRowid: 0 };
  };
  return { reader: false, all: () => [], run, iterate: () => [][Symbol.iterator]() };
}

function withStatements(file: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => {
      statements.clear();
      file.close();
    },
    prepare: (text) => {
      if (text === "rollback") return rollback(file);
      let statement = statements.get(text);
      if (statement === undefined) {
        statement = ready(file.prepare(text));
        const oldest = statements.keys().next().value;
        if (statements.size >= MAX_STATEMENTS && oldest !== undefined) statements.delete(oldest);
        statements.set(text, statement);
      }
      return statement;
    },
  };
}

/** Which file is at a path. */
function identityOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat && `${stat.dev}:${stat.ino}`;
}

function open(path: string): DatabaseSync {
  const file = new DatabaseSync(path);
  try {
    file.exec(`pragma busy_timeout = ${BUSY_MS}`);
    file.exec("pragma auto_vacuum = incremental");
    file.exec("pragma journal_mode = wal");
    file.exec("pragma synchronous = normal");
    file.exec("pragma cache_size = -65536");
    file.exec("pragma temp_store = memory");
    file.exec(`pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    return file;
  } catch (cause) {
    file.close();
    throw cause;
  }
}

/** Opens a file, makes it when it is not there, and lets other processes read and write beside this one. */
export function openSqlite(path: string): Database {
  const file = open(path);
  const identity = path === ":memory:" ? undefined : identityOf(path);
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: withStatements(file) }) });
  return {
    kind: "sqlite",
    db,
    intact: () => path === ":memory:" || identityOf(path) === identity,
    size: async () => {
      const { rows } = await sql<{ size: number }>`
        select (page_count - freelist_count) * page_size as size
        from pragma_page_count, pragma_freelist_count, pragma_page_size`.execute(db);
      return rows[0]?.size ?? 0;
    },
    shrink: async () => {
      file.exec(`pragma incremental_vacuum(${FREED_PAGES})`);
    },
    close: () => db.destroy(),
  };
}
