// What a sink is told, by an embedded client or by the server, and what both have alike.
import type { DecisionRecord } from "@arcjet/core";
import type { IpFacts } from "@arcjet/ip";
import type { DecisionData, ReasonData, RuleSpec } from "@arcjet/protocol";
import type { SiteDecision } from "../sink.ts";

/** What a sink may be told: by an embedded client, or by the server. */
export type Told = DecisionRecord | SiteDecision;

export type AnyResult =
  | DecisionRecord["decision"]["results"][number]
  | DecisionData["results"][number];

export const reasonOf = (of: AnyResult | Told["decision"]): ReasonData =>
  "data" in of ? of.data : of.reason;

/** What is known of the client's address. */
export const factsOf = ({ decision }: Told): IpFacts =>
  "facts" in decision ? decision.facts : decision.ip;

/** In the order of the results; undefined for a kind of rule that has no spec. */
export const specsOf = (told: Told): readonly (RuleSpec | undefined)[] =>
  "specs" in told ? told.specs : told.rules;
