// Decisions as data ↔ decisions on the wire.
import type { IpFacts } from "@arcjet/ip";
import { create } from "@bufbuild/protobuf";
import type { DecisionData, RuleResultData } from "../decision.ts";
import {
  DecisionSchema,
  RuleResultSchema,
  type Decision,
  type RuleResult,
} from "../gen/decide/v1alpha1/decide_pb.js";
import type { ReasonData } from "../reason.ts";
import type { RuleSpec, RuleType } from "../spec.ts";
import {
  conclusionFromWire,
  conclusionToWire,
  ruleTypeFromWire,
  ruleTypeToWire,
  stateFromWire,
  stateToWire,
} from "./enums.ts";
import { ipFromWire, ipToWire } from "./ip.ts";
import { reasonFromWire, reasonToWire, type Dialect } from "./reason.ts";

/** A client that understands everything this schema can say. */
export const FULL: Dialect = { additions: true };
/** A published client, which knows the numbers below 1000 only. */
export const PUBLISHED: Dialect = { additions: false };

/** The message for one result. */
export function resultToWire(data: RuleResultData, dialect: Dialect = FULL): RuleResult {
  return create(RuleResultSchema, {
    ruleId: data.ruleId,
    state: stateToWire(data.state),
    conclusion: conclusionToWire(data.conclusion),
    reason: reasonToWire(data.reason, dialect),
    ttl: data.ttl,
    fingerprint: data.fingerprint,
    type: ruleTypeToWire(data.type),
  });
}

function typeOfReason(reason: ReasonData): RuleType | undefined {
  return reason.type === "ERROR" || reason.type === "NONE" ? undefined : reason.type;
}

/**
 * The result a message stands for. A server that knows nothing of the additions does not say which
 * kind of rule it is: then the rule asked about, or the reason, tells.
 */
export function resultFromWire(message: RuleResult, spec?: RuleSpec): RuleResultData {
  const reason = reasonFromWire(message.reason);
  return {
    ruleId: message.ruleId,
    type: ruleTypeFromWire(message.type) ?? spec?.type ?? typeOfReason(reason) ?? "CUSTOM",
    fingerprint: message.fingerprint,
    ttl: message.ttl,
    state: stateFromWire(message.state) ?? "NOT_RUN",
    conclusion: conclusionFromWire(message.conclusion) ?? "ERROR",
    reason,
  };
}

/** Whether anything is known. */
export function hasFacts(facts: IpFacts): boolean {
  for (const _ in facts) return true;
  return false;
}

/**
 * The message for a decision.
 *
 * @example
 * const message = decisionToWire(decision, PUBLISHED);
 */
export function decisionToWire(data: DecisionData, dialect: Dialect = FULL): Decision {
  return create(DecisionSchema, {
    id: data.id,
    conclusion: conclusionToWire(data.conclusion),
    reason: reasonToWire(data.reason, dialect),
    ruleResults: data.results.map((result) => resultToWire(result, dialect)),
    ttl: data.ttl,
    // Most fields of the details are read whatever they hold, so nothing known is said by nothing.
    ...(hasFacts(data.ip) && { ipDetails: ipToWire(data.ip) }),
    degraded: data.degraded,
  });
}

/** The decision a message stands for. `specs` are the rules asked about, in the order asked. */
export function decisionFromWire(
  message: Decision,
  specs: readonly (RuleSpec | undefined)[] = [],
): DecisionData {
  return {
    id: message.id,
    conclusion: conclusionFromWire(message.conclusion) ?? "ERROR",
    reason: reasonFromWire(message.reason),
    results: message.ruleResults.map((result, index) => resultFromWire(result, specs[index])),
    ttl: message.ttl,
    ip: ipFromWire(message.ipDetails),
    degraded: message.degraded,
  };
}
