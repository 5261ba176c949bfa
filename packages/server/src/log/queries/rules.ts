// What each rule said, and what those in DRY_RUN would have changed.
import { sql, type Kysely } from "kysely";
import { bucketOf, HOUR } from "../counts.ts";
import type { Schema } from "../schema.ts";
import { columnOf, stepOf, type Period } from "./period.ts";

export interface RuleEffect {
  readonly key: string;
  readonly type: string;
  readonly mode: string;
  /** JSON. */
  readonly spec: string;
  readonly site: string;
  readonly n: number;
  /** Denied, or in DRY_RUN what would have been denied. */
  readonly denied: number;
  readonly errors: number;
  /** Denied by this rule while the request was allowed. */
  readonly fresh: number;
}

/** Rules of one page. */
const MAX_RULES = 200;

/** What the rules in a mode said, those that deny most first. */
export async function ruleEffects(
  db: Kysely<Schema>,
  { from, to, site }: Period,
  mode: string,
): Promise<readonly RuleEffect[]> {
  const sum = (name: "n" | "denied" | "errors" | "fresh") =>
    sql<number>`sum(${sql.ref(`rule_volume.${name}`)})`;
  let query = db
    .selectFrom("rule_volume")
    .innerJoin("rule", "rule.key", "rule_volume.key")
    .select(["rule.key", "rule.type", "rule.mode", "rule.spec", "rule_volume.site"])
    .select([sum("n").as("n"), sum("denied").as("denied")])
    .select([sum("errors").as("errors"), sum("fresh").as("fresh")])
    .where("rule_volume.step", "=", HOUR)
    .where("rule_volume.bucket", ">=", bucketOf(from, HOUR))
    .where("rule_volume.bucket", "<", to)
    .where("rule.mode", "=", mode);
  if (site !== undefined) query = query.where("rule_volume.site", "=", site);
  const rows = await query
    .groupBy(["rule.key", "rule.type", "rule.mode", "rule.spec", "rule_volume.site"])
    .orderBy(sum("fresh"), "desc")
    .orderBy(sum("denied"), "desc")
    .orderBy("rule.key")
    .limit(MAX_RULES)
    .execute();
  return rows.map((row) => ({
    ...row,
    n: Number(row.n),
    denied: Number(row.denied),
    errors: Number(row.errors),
    fresh: Number(row.fresh),
  }));
}

/** Denials by one rule in one column of a chart. */
export interface RuleVolume {
  readonly key: string;
  /** Milliseconds since the epoch at which the column begins. */
  readonly at: number;
  readonly denied: number;
}

/** Denials by some rules over time; `width` is the milliseconds of a column, whole minutes or hours. */
export async function ruleVolumes(
  db: Kysely<Schema>,
  { from, to, site }: Period,
  width: number,
  keys: readonly string[],
): Promise<readonly RuleVolume[]> {
  if (keys.length === 0) return [];
  const step = stepOf({ from, to });
  let query = db
    .selectFrom("rule_volume")
    .select(["key", columnOf(width).as("at"), sql<number>`sum(denied)`.as("denied")])
    .where("step", "=", step)
    .where("bucket", ">=", bucketOf(from, step))
    .where("bucket", "<", to)
    .where("key", "in", keys.slice(0, MAX_RULES))
    .where("denied", ">", 0);
  if (site !== undefined) query = query.where("site", "=", site);
  const rows = await query.groupBy(["key", "at"]).execute();
  return rows.map(({ key, at, denied }) => ({ key, at: Number(at), denied: Number(denied) }));
}
