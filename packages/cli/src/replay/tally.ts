/** Counts what the rules said of the requests of a log, in bounded memory. */
import type { Decision, RuleResult } from "@arcjet/core";
import type { Conclusion } from "@arcjet/protocol";
import { Clients } from "./clients.ts";
import { pathOf, type LogEntry } from "./entry.ts";
import { HeavyHitters } from "./heavy-hitters.ts";
import { Findings } from "./findings.ts";
import { reasonText } from "./reason-text.ts";
import { Timeline } from "./timeline.ts";

/** What one rule did. */
export interface RuleTally {
  denied: number;
  errors: number;
  /** Its reasons in words. */
  readonly reasons: HeavyHitters;
}

/** Different reasons kept for each rule. */
const MAX_REASONS = 256;

export class Tally {
  requests = 0;
  readonly conclusions: Record<Conclusion, number> = { ALLOW: 0, DENY: 0, CHALLENGE: 0, ERROR: 0 };
  readonly rules: readonly RuleTally[];
  readonly timeline = new Timeline();
  readonly clients = new Clients();
  readonly paths = new HeavyHitters();
  readonly userAgents = new HeavyHitters();
  readonly findings = new Findings();

  constructor(rules: number) {
    this.rules = Array.from({ length: rules }, () => ({
      denied: 0,
      errors: 0,
      reasons: new HeavyHitters(MAX_REASONS),
    }));
  }

  /** Counts a request; a denial in DRY_RUN counts as one, and `conclusions` tells what the client got. */
  add(entry: LogEntry, decision: Decision, client: string): void {
    this.requests++;
    this.conclusions[decision.conclusion]++;
    this.#countRules(entry, decision, client);
    const denial = denialOf(decision);
    const denied = denial !== undefined || decision.isDenied();
    this.timeline.add(entry.time, denied);
    this.clients.add(entry, client, decision, denial, denied);
    this.paths.add(pathOf(entry.target), denied);
    const agent = entry.headers["user-agent"];
    if (typeof agent === "string") this.userAgents.add(agent, denied);
  }

  #countRules(entry: LogEntry, { results }: Decision, client: string): void {
    for (let at = 0; at < results.length; at++) {
      const { conclusion, data } = results[at]!;
      if (conclusion === "ALLOW") continue;
      const tally = this.rules[at]!;
      if (conclusion === "ERROR") tally.errors++;
      if (conclusion !== "DENY") continue;
      tally.denied++;
      tally.reasons.add(reasonText(data), true);
      if (data.type === "SHIELD") this.findings.add(entry, client, data);
    }
  }
}

/** The first rule that denies, LIVE before DRY_RUN; undefined when none does. */
export function denialOf({ results }: Decision): RuleResult | undefined {
  let first: RuleResult | undefined;
  for (const result of results) {
    if (result.conclusion !== "DENY") continue;
    if (result.state !== "DRY_RUN") return result;
    first ??= result;
  }
  return first;
}
