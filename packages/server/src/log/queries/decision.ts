import type { Kysely } from "kysely";
import { readDetail } from "../detail-text.ts";
import type { Detail } from "../entry.ts";
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
    .leftJoin("detail", "detail.seq", "decision.seq")
    .selectAll("decision")
    .select("detail.data")
    .where("id", "=", clean(id, MAX_NAME))
    .orderBy("decision.seq")
    .limit(MAX_SAME_ID)
    .execute();
  return Promise.all(
    rows.map(async ({ data, ...row }) => {
      const detail = readDetail(data);
      const keys = (detail?.results ?? []).map(({ rule }) => rule).filter(Boolean);
      const rules = keys.length === 0 ? [] : await rulesOf(db, keys);
      return { row: numbered(row), detail, rules: Object.fromEntries(rules) };
    }),
  );
}

async function rulesOf(db: Kysely<Schema>, keys: readonly string[]) {
  const rows = await db
    .selectFrom("rule")
    .select(["key", "spec"])
    .where("key", "in", [...keys])
    .execute();
  return rows.map(({ key, spec }) => [key, spec] as const);
}
