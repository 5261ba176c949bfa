// What is kept of a decision, as it leaves the thread that decides: a line of text for each field. To make it costs
// that thread less than any object would that another thread is to have; how the texts look is left to who reads them.
// Never: cookies, header fields other than the User-Agent, bodies, values of the query, e-mail addresses, properties
// and metadata of the application.
import type { ReasonData } from "@arcjet/protocol";
import { detailText } from "./detail-text.ts";
import type { Source } from "./entry.ts";
import { MAX_NAME, MAX_PATH } from "./limits.ts";
import { resultsOf, type Results } from "./results.ts";
import type { RuleBook } from "./rule-book.ts";
import { line } from "./text.ts";
import { factsOf, reasonOf, specsOf, type AnyResult, type Told } from "./told.ts";

/** What is kept of a decision. */
export interface Kept {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly site: string;
  readonly conclusion: string;
  readonly results: Results;
  /** What is searched, and what is only shown. */
  readonly entry: string;
  readonly detail: string;
}

function botOf(results: readonly AnyResult[]): string {
  for (const result of results) {
    const reason = reasonOf(result);
    if (reason.type !== "BOT") continue;
    const id = reason.denied[0] ?? reason.allowed[0];
    if (id !== undefined) return line(id, MAX_NAME);
  }
  return "";
}

/** Which rule concluded; reasons of rules name their type, an error belongs to the rule that failed. */
function ruleOf(conclusion: string, reason: ReasonData, results: readonly AnyResult[]): string {
  if (conclusion === "ALLOW") return "";
  const by = results.find(
    (result) => result.conclusion === conclusion && result.state !== "DRY_RUN",
  );
  return line(by?.type ?? (reason.type === "NONE" ? "" : reason.type), MAX_NAME);
}

function dryOf(results: readonly AnyResult[], conclusion: string): string {
  if (conclusion === "DENY") return "";
  const first = results.find(
    (result) => result.state === "DRY_RUN" && result.conclusion === "DENY",
  );
  return line(first?.type ?? "", MAX_NAME);
}

/** What is searched of a decision: its fields in the order in which an entry is read. */
function entryText(told: Told, time: number, site: string, results: Results): string {
  const { decision, request } = told;
  const { conclusion } = decision;
  const all: readonly AnyResult[] = decision.results;
  // Rules that have nothing to say have seen no bot, and none of them would deny.
  const { silent } = results;
  const source: Source = "source" in told ? told.source : "app";
  return [
    line(decision.id, MAX_NAME),
    time,
    site,
    source,
    conclusion,
    ruleOf(conclusion, reasonOf(decision), all),
    silent ? "" : dryOf(all, conclusion),
    line(request.ip, MAX_NAME),
    line(factsOf(told).country ?? "", MAX_NAME),
    silent ? "" : botOf(all),
    line(request.method, MAX_NAME),
    line(request.path, MAX_PATH),
    "durationMs" in told ? Math.round(told.durationMs * 1_000) : "",
  ].join("\n");
}

/** What is kept of a decision. */
export function keptOf(told: Told, ownSite: string, book: RuleBook): Kept {
  const { decision } = told;
  const time = Math.round(told.time);
  const site = "site" in told ? told.site : ownSite;
  const results = resultsOf(decision.results, book.rulesOf(specsOf(told)));
  return {
    time,
    site,
    conclusion: decision.conclusion,
    results,
    entry: entryText(told, time, site, results),
    detail: detailText(told, results),
  };
}
