// The log on the side of the database: opens it when it is first needed and again when it broke, writes
// batches, keeps it small, and answers the pages' questions. SQLite blocks, so for it all of this runs in a
// worker; PostgreSQL waits without blocking and needs none.
import { Migrator } from "kysely/migration";
import type { Batch } from "./batch.ts";
import { createTopCounts, withDays } from "./counts.ts";
import type { Database, OpenDatabase } from "./database.ts";
import { isLasting, LogError, logError } from "./failure.ts";
import { COUNT_MS, REMOVAL_MS, RETENTION_MS } from "./limits.ts";
import { within } from "./patience.ts";
import { writePlaces } from "./places.ts";
import { prepare } from "./prepare.ts";
import { createQueries, type Ask, type Queries } from "./queries/index.ts";
import { removeCounts, removeSome, type Retention } from "./retention.ts";
import { migrationsFor } from "./schema.ts";
import { createInsertTexts, writeBatch, writeTop, type InsertTexts } from "./write.ts";

/** The log behind whatever it is kept in. */
export interface Engine {
  write(batch: Batch): Promise<void>;
  readonly ask: Ask;
  /** Writes the counts that are held, and closes. */
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly open: OpenDatabase;
  readonly retention: Retention;
  readonly now: () => number;
}

interface Opened {
  readonly database: Database;
  readonly texts: InsertTexts;
}

async function migrate({ db, kind }: Database): Promise<void> {
  const migrator = new Migrator({ db, provider: migrationsFor(kind) });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Opens one database at a time, anew when the last is no longer the one at its place. */
function createOpener(open: OpenDatabase) {
  let opening: Promise<Opened> | undefined;
  const openOnce = async (): Promise<Opened> => {
    const database = await open();
    try {
      await migrate(database);
      return { database, texts: createInsertTexts(database.db) };
    } catch (cause) {
      await database.close().catch(() => undefined);
      throw cause;
    }
  };
  const close = async (last = opening): Promise<void> => {
    // Another may have been opened meanwhile.
    if (opening === last) opening = undefined;
    try {
      await (await last)?.database.close();
    } catch {
      // It is given up anyway.
    }
  };
  const get = async (): Promise<Opened> => {
    const known = await opening?.catch(() => undefined);
    if (known !== undefined && !known.database.intact()) void close();
    opening ??= openOnce().catch((cause: unknown) => {
      opening = undefined;
      throw cause;
    });
    return opening;
  };
  return { get, close };
}

/** Calls a function again and again, sooner or later. */
function createClock(tick: () => Promise<number>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = Infinity;
  let ended = false;
  const within = (ms: number): void => {
    const at = performance.now() + ms;
    if (ended || at >= due) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(() => {
      due = Infinity;
      tick().then(within, () => within(RETENTION_MS));
    }, ms);
    timer.unref?.();
  };
  const end = (): void => {
    ended = true;
    clearTimeout(timer);
  };
  return { within, end };
}

export function createEngine({ open, retention, now }: EngineOptions): Engine {
  const opener = createOpener(open);
  const top = createTopCounts();
  let counted = now();
  let looked = 0;

  /** Runs on the open database; one that failed for good is closed, so that the next call opens it anew. */
  const using = async <T>(run: (opened: Opened) => Promise<T>): Promise<T> => {
    const opened = await opener.get().catch((cause: unknown) => {
      throw logError(cause);
    });
    try {
      return await run(opened);
    } catch (cause) {
      // Not waited for: a connection that hangs may not end either.
      if (isLasting(cause)) void opener.close();
      throw logError(cause);
    }
  };

  const writeCounts = async ({ database }: Opened): Promise<void> => {
    counted = now();
    const rows = top.take();
    if (rows.length === 0) return;
    try {
      await database.db.transaction().execute(async (tx) => {
        await writeTop(tx, withDays(rows));
        await writePlaces(tx);
      });
    } catch (cause) {
      top.giveBack(rows);
      throw cause;
    }
  };

  /** Removes some of what is too much. Gives whether there may be more. */
  const keepSmall = async ({ database }: Opened): Promise<boolean> => {
    if (now() - looked < RETENTION_MS) return false;
    if (await removeSome(database, retention, now())) return true;
    const since = looked;
    looked = now();
    await removeCounts(database.db, retention, now(), since);
    return false;
  };

  /**
   * What is done between writes, and when nothing is written any more. Who only looks at a log removes nothing:
   * how long it is kept is for those to say who write it.
   */
  const clock = createClock(() =>
    using(async (opened) => {
      if (top.size > 0) await writeCounts(opened);
      return (await keepSmall(opened)) ? REMOVAL_MS : RETENTION_MS;
    }),
  );

  const write = (batch: Batch): Promise<void> =>
    using(async (opened) => {
      const { database, texts } = opened;
      const prepared = await prepare(batch);
      await database.db.transaction().execute((tx) => writeBatch(tx, texts, prepared));
      for (const entry of prepared.entries) top.add(entry);
      clock.within(COUNT_MS);
      // The batch is written: what fails from here on must not write it again.
      try {
        if (now() - counted >= COUNT_MS) await writeCounts(opened);
        await keepSmall(opened);
      } catch (cause) {
        if (isLasting(cause)) void opener.close();
      }
    });

  // Each query is called by its name with what it takes, which a mapped type cannot follow.
  const ask = ((name: keyof Queries, ...given: readonly unknown[]) =>
    using<unknown>(async (opened) => {
      const { database } = opened;
      // Who looks sees what has been counted, as long as it can be written.
      if (name === "top") await writeCounts(opened).catch(() => undefined);
      const queries = createQueries(database, retention);
      if (!Object.hasOwn(queries, name)) throw new LogError(`there is no question ${name}`);
      const query = queries[name] as (...given: readonly unknown[]) => Promise<unknown>;
      return query(...given);
    })) as Ask;

  return {
    write,
    ask,
    close: async () => {
      clock.end();
      const end = async (): Promise<void> => {
        if (top.size > 0) await using(writeCounts).catch(() => undefined);
        await opener.close();
      };
      await within(end());
    },
  };
}
