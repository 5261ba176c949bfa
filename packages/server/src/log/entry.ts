// What is kept of a decision. Never: cookies, header fields other than the User-Agent, bodies, values of the
// query, e-mail addresses, properties and metadata of the application. Texts are cut to a stated length and
// made well-formed, so that any database takes them.
import type { ReasonData } from "@arcjet/protocol";
import { detailText } from "./detail-text.ts";
import { MAX_NAME, MAX_PATH } from "./limits.ts";
import { resultsOf, type NamedRule, type Results } from "./results.ts";
import type { RuleBook } from "./rule-book.ts";
import { clean } from "./text.ts";
import { factsOf, reasonOf, specsOf, type AnyResult, type Told } from "./told.ts";

/** Where a decision was made: by this server, by a client of it, or by an application on its own. */
export type Source = "decide" | "report" | "app";

/** One decision on its way to the database. */
export interface LogEntry {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly site: string;
  readonly source: Source;
  readonly conclusion: string;
  /** Type of the rule that gave the conclusion; null when none did. */
  readonly rule: string | null;
  /** Type of the first rule in DRY_RUN that would have denied an allowed request. */
  readonly dry: string | null;
  readonly ip: string;
  readonly country: string | null;
  readonly bot: string | null;
  readonly method: string;
  readonly path: string;
  /** Microseconds the decision took, where the application was told. */
  readonly micros: number | null;
  readonly results: Results;
  /** What is never searched, as it is stored. */
  readonly detail: string;
}

/** What a number takes, in characters. */
const NUMBER_CHARS = 8;

/** What is searched of a decision, in this order. */
const SEARCHED = [
  "id",
  "time",
  "site",
  "source",
  "conclusion",
  "rule",
  "dry",
  "ip",
  "country",
  "bot",
  "method",
  "path",
  "micros",
] as const satisfies readonly (keyof LogEntry)[];

/** Values of a decision in a part of a batch. */
export const ROW = ["seq", ...SEARCHED] as const;

export type Value = string | number | null;

/** Values of so many decisions at most, one decision after the other, as a statement takes them at once. */
export type Part = Value[];
export const PART_ROWS = 100;

/** Decisions as plain values. */
export interface Rows {
  readonly size: number;
  /** All parts but the last are full. The number of each decision is put in when it is written. */
  readonly parts: readonly (readonly Value[])[];
}

/** Adds what is searched of a decision to a part. Gives its characters, roughly. */
export function addRow(part: Part, entry: LogEntry): number {
  let chars = 0;
  part.push(0);
  for (const name of SEARCHED) {
    const value = entry[name];
    part.push(value);
    chars += typeof value === "string" ? value.length : NUMBER_CHARS;
  }
  return chars;
}

/** A rule that some entry names. */
export interface RuleEntry extends NamedRule {
  readonly spec: string;
}

function botOf(results: readonly AnyResult[]): string | null {
  for (const result of results) {
    const reason = reasonOf(result);
    if (reason.type !== "BOT") continue;
    const id = reason.denied[0] ?? reason.allowed[0];
    if (id !== undefined) return clean(id, MAX_NAME);
  }
  return null;
}

function dryOf(results: readonly AnyResult[], conclusion: string): string | null {
  if (conclusion === "DENY") return null;
  const first = results.find(
    (result) => result.state === "DRY_RUN" && result.conclusion === "DENY",
  );
  return first?.type ?? null;
}

/** Which rule concluded; reasons of rules name their type, an error belongs to the rule that failed. */
function ruleOf(
  conclusion: string,
  reason: ReasonData,
  results: readonly AnyResult[],
): string | null {
  if (conclusion === "ALLOW") return null;
  const by = results.find(
    (result) => result.conclusion === conclusion && result.state !== "DRY_RUN",
  );
  return by?.type ?? (reason.type === "NONE" ? null : reason.type);
}

/** What is kept of a decision. */
export function toEntry(told: Told, site: string, book: RuleBook): LogEntry {
  const { decision, request, time } = told;
  const { conclusion } = decision;
  const all: readonly AnyResult[] = decision.results;
  const { country } = factsOf(told);
  const results = resultsOf(all, book.rulesOf(specsOf(told)));
  // Rules that have nothing to say have seen no bot, and none of them would deny.
  const { silent } = results;
  return {
    id: clean(decision.id, MAX_NAME),
    time: Math.round(time),
    site: "site" in told ? told.site : site,
    source: "source" in told ? told.source : "app",
    conclusion,
    rule: ruleOf(conclusion, reasonOf(decision), all),
    dry: silent ? null : dryOf(all, conclusion),
    ip: clean(request.ip, MAX_NAME),
    country: country === undefined ? null : clean(country, MAX_NAME),
    bot: silent ? null : botOf(all),
    method: clean(request.method, MAX_NAME),
    path: clean(request.path, MAX_PATH),
    micros: "durationMs" in told ? Math.round(told.durationMs * 1_000) : null,
    results,
    detail: detailText(told, results),
  };
}
