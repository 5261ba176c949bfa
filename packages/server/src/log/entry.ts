// What is kept of a decision. Never: cookies, header fields other than the User-Agent, bodies, values of the
// query, e-mail addresses, properties and metadata of the application. Texts are cut to a stated length and
// made well-formed, so that any database takes them.
import type { DecisionRecord } from "@arcjet/core";
import type { DecisionData, ReasonData, RuleSpec } from "@arcjet/protocol";
import type { SiteDecision } from "../sink.ts";
import { keptReason } from "./reason.ts";
import { MAX_AGENT, MAX_NAME, MAX_PATH, MAX_RULES, MAX_TEXT } from "./limits.ts";
import { clean } from "./text.ts";

/** Where a decision was made: by this server, by a client of it, or by an application on its own. */
export type Source = "decide" | "report" | "app";

/** One result as it is kept; `rule` names the rule in the list of rules. */
export interface ResultEntry {
  readonly rule: string;
  readonly type: string;
  readonly mode: string;
  readonly state: string;
  readonly conclusion: string;
  readonly reason?: ReasonData;
}

/** What is kept of a decision and never searched. */
export interface Detail {
  readonly reason: ReasonData;
  readonly results: readonly ResultEntry[];
  readonly host: string;
  /** Names of the parameters of the query. */
  readonly query: readonly string[];
  readonly userAgent: string;
  readonly protocol: string;
  readonly provenance: string;
  readonly degraded: boolean;
  readonly correlationId?: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

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
  readonly detail: Detail;
}

/** Values of a decision, in this order; `detail` is JSON. */
export const ROW = [
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
  "detail",
] as const satisfies readonly (keyof LogEntry)[];

export type Value = string | number | null;

/** Decisions as plain values. */
export interface Rows {
  readonly size: number;
  /** Values of one decision after the other. */
  readonly values: readonly Value[];
}

/** A rule that some entry names. */
export interface RuleEntry {
  readonly key: string;
  readonly type: string;
  readonly mode: string;
  readonly spec: string;
}

/** What a sink may be told: by an embedded client, or by the server. */
export type Told = DecisionRecord | SiteDecision;

type AnyResult = DecisionRecord["decision"]["results"][number] | DecisionData["results"][number];

const MAX_QUERY_NAMES = 30;

const reasonOf = (
  of: AnyResult | DecisionRecord["decision"] | SiteDecision["decision"],
): ReasonData => ("data" in of ? of.data : of.reason);

/** Names of the parameters of a query. Values are left out: passwords and tokens stand there. */
export function queryNames(query: string): readonly string[] {
  if (query.length < 2) return [];
  const parts = query.slice(1, MAX_PATH).split("&", MAX_QUERY_NAMES);
  return parts.map((part) => clean(part.split("=", 1)[0] ?? "", MAX_NAME)).filter(Boolean);
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

/** Rules of the decisions of a batch, by key. */
export interface RuleBook {
  keyOf(spec: RuleSpec | undefined): string;
}

/** Whether a reason to allow a request says more than that there was nothing to object to. */
function hasSeen(reason: ReasonData): boolean {
  for (const value of Object.values(reason))
    if (value === true || (Array.isArray(value) && value.length > 0)) return true;
  return false;
}

function resultEntry(result: AnyResult, spec: RuleSpec | undefined, book: RuleBook): ResultEntry {
  const reason = reasonOf(result);
  const { type, state, conclusion } = result;
  const mode = spec?.mode ?? (state === "DRY_RUN" ? "DRY_RUN" : "LIVE");
  const rule = book.keyOf(spec);
  if (state === "NOT_RUN" || (conclusion === "ALLOW" && !hasSeen(reason)))
    return { rule, type, mode, state, conclusion };
  return { rule, type, mode, state, conclusion, reason: keptReason(reason) };
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

const kept = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : clean(text, MAX_NAME);

function factsOf(told: Told): Readonly<Record<string, unknown>> {
  const { decision } = told;
  const facts = "facts" in decision ? decision.facts : decision.ip;
  const { isHosting, isVpn, isProxy, isTor, isRelay } = facts;
  return {
    country: kept(facts.country),
    city: kept(facts.city),
    asn: kept(facts.asn),
    asnName: kept(facts.asnName),
    isHosting,
    isVpn,
    isProxy,
    isTor,
    isRelay,
  };
}

function detailOf(told: Told, book: RuleBook): Detail {
  const { request, decision } = told;
  const specs = "specs" in told ? told.specs : told.rules;
  const agent = request.headers.get("user-agent") ?? "";
  const correlationId = "correlationId" in told ? told.correlationId : undefined;
  return {
    reason: keptReason(reasonOf(decision)),
    results: decision.results
      .slice(0, MAX_RULES)
      .map((result, at) => resultEntry(result, specs[at], book)),
    host: clean(request.host, MAX_NAME),
    query: queryNames(request.query),
    userAgent: clean(agent, MAX_AGENT),
    protocol: clean(request.protocol, MAX_NAME),
    provenance: clean(request.provenance, MAX_NAME),
    degraded: decision.degraded,
    ...(correlationId !== undefined && { correlationId: clean(correlationId, MAX_TEXT) }),
    facts: factsOf(told),
  };
}

/** What is kept of a decision. */
export function toEntry(told: Told, site: string, book: RuleBook): LogEntry {
  const { decision, request, time } = told;
  const { conclusion, results } = decision;
  const { country } = "facts" in decision ? decision.facts : decision.ip;
  return {
    id: clean(decision.id, MAX_NAME),
    time: Math.round(time),
    site: "site" in told ? told.site : site,
    source: "source" in told ? told.source : "app",
    conclusion,
    rule: ruleOf(conclusion, reasonOf(decision), results),
    dry: dryOf(results, conclusion),
    ip: clean(request.ip, MAX_NAME),
    country: country === undefined ? null : clean(country, MAX_NAME),
    bot: botOf(results),
    method: clean(request.method, MAX_NAME),
    path: clean(request.path, MAX_PATH),
    micros: "durationMs" in told ? Math.round(told.durationMs * 1_000) : null,
    detail: detailOf(told, book),
  };
}
