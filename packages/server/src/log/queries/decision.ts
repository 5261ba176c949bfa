import type { Kysely } from "kysely";
import { readDetail, type Detail } from "../detail-text.ts";
import { unpackDetail } from "../details.ts";
import { MAX_NAME } from "../limits.ts";
import type { DecisionRow, Schema } from "../schema.ts";
import { clean } from "../text.ts";
import { numbered } from "./search.ts";

/** One decision with everything that is kept of it. */
export interface WholeDecision {
  readonly row: DecisionRow;
  /** Undefined when it cannot be read. */
  readonly detail: Detail | undefined;
  /** The rules it names, as JSON, by key. */
  readonly rules: Readonly<Record<string, string>>;
}

/** Decisions with one id: more than one where a client decided and reported it as well. */
const MAX_SAME_ID = 5;

/** Everything about the decisions with an id, the first first. */
export async function decision(db: Kysely<Schema>, id: string): Promise<readonly WholeDecision[]> {
  const rows = await db
    .selectFrom("decision")
    .selectAll()
    .where("id", "=", clean(id, MAX_NAME))
    .orderBy("seq")
    .limit(MAX_SAME_ID)
    .execute();
  return Promise.all(
    rows.map(numbered).map(async (row) => {
      const detail = await detailOf(db, row.seq);
      const keys = (detail?.results ?? []).map(({ rule }) => rule).filter(Boolean);
      const rules = keys.length === 0 ? [] : await rulesOf(db, keys);
      return { row, detail, rules: Object.fromEntries(rules) };
    }),
  );
}

async function detailOf(db: Kysely<Schema>, seq: number): Promise<Detail | undefined> {
  const stored = await db
    .selectFrom("details")
    .select(["first", "data"])
    .where("first", "<=", seq)
    .orderBy("first", "desc")
    .limit(1)
    .executeTakeFirst();
  return stored && readDetail(await unpackDetail(stored.data, seq - Number(stored.first)));
}

async function rulesOf(db: Kysely<Schema>, keys: readonly string[]) {
  const rows = await db
    .selectFrom("rule")
    .select(["key", "spec"])
    .where("key", "in", [...keys])
    .execute();
  return rows.map(({ key, spec }) => [key, spec] as const);
}
