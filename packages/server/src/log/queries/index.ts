// Everything a page may ask, by name: plain data in and out, so that it crosses to a worker and back.
import type { Kind } from "../counts.ts";
import type { Database } from "../database.ts";
import type { Retention } from "../retention.ts";
import { decision } from "./decision.ts";
import { health } from "./health.ts";
import { sites, volumes } from "./overview.ts";
import type { Period } from "./period.ts";
import { ruleEffects, ruleVolumes } from "./rules.ts";
import { newer, newest, search, type Cursor, type Filter } from "./search.ts";
import { top, type TopOrder } from "./top.ts";

export function createQueries(database: Database, retention: Retention) {
  const { db } = database;
  return {
    volumes: (period: Period, width: number) => volumes(db, period, width),
    sites: (since: number) => sites(db, since),
    top: (period: Period, kind: Kind, order: TopOrder, limit: number) =>
      top(db, period, kind, order, limit),
    search: (filter: Filter, before: Cursor | undefined, limit: number) =>
      search(db, filter, before, limit),
    newer: (filter: Filter, after: number, limit: number) => newer(db, filter, after, limit),
    newest: () => newest(db),
    decision: (id: string) => decision(db, id),
    ruleEffects: (period: Period, mode: string) => ruleEffects(db, period, mode),
    ruleVolumes: (period: Period, width: number, keys: readonly string[]) =>
      ruleVolumes(db, period, width, keys),
    health: () => health(database, retention),
  };
}

export type Queries = ReturnType<typeof createQueries>;

/** Asks one question by name. */
export type Ask = <Name extends keyof Queries>(
  name: Name,
  ...given: Parameters<Queries[Name]>
) => ReturnType<Queries[Name]>;
