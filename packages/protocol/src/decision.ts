import type { IpFacts } from "@arcjet/ip";
import type { Conclusion, RuleState } from "./mode.ts";
import type { ReasonData } from "./reason.ts";
import type { RuleType } from "./spec.ts";

/** What one rule concluded. */
export interface RuleResultData {
  readonly ruleId: string;
  readonly type: RuleType;
  readonly fingerprint: string;
  /** Seconds for which a remote client may remember a denial. */
  readonly ttl: number;
  readonly state: RuleState;
  readonly conclusion: Conclusion;
  readonly reason: ReasonData;
}

/** The outcome for one request, as data. */
export interface DecisionData {
  /** `lreq_…` when decided in the process, `req_…` by a server. */
  readonly id: string;
  readonly conclusion: Conclusion;
  readonly reason: ReasonData;
  /** One for each rule, in declared order. */
  readonly results: readonly RuleResultData[];
  readonly ttl: number;
  readonly ip: IpFacts;
  /** True when the shared store or the server did not answer and this process decided alone. */
  readonly degraded: boolean;
}
