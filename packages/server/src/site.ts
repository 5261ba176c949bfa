// The engine of one site: finds or makes the list of rules a question names, judges the request, and
// puts the outcome into the terms of the wire.
import { whenReady, type MaybePromise } from "@arcjet/core/node";
import type { Decision, RuleResult } from "@arcjet/core";
import type {
  Conclusion,
  DecisionData,
  LocalAnswer,
  ReasonData,
  RuleResultData,
  RuleSpec,
  RuleState,
} from "@arcjet/protocol";
import {
  detailsFromWire,
  resultFromWire,
  ruleFromWire,
  type ReportRequest,
  type WireRequest,
} from "@arcjet/protocol/wire";
import { LOCAL, type WireProps } from "./answered.ts";
import { MAX_RULES } from "./limits.ts";
import { createReadyRules } from "./ready-rules.ts";
import { RpcError } from "./rpc/code.ts";
import type { Details } from "./rpc/details.ts";
import { questionOf, type Question } from "./rpc/question.ts";
import { createRuleSet, type RuleSet, type SiteServices, type WireRule } from "./rule-set.ts";
import { partsOf } from "./wire-request.ts";

/** A decision, and what it was about. */
export interface Decided {
  readonly decision: DecisionData;
  readonly request: WireRequest;
  /** The rules asked about; undefined for a kind that has no spec. */
  readonly specs: readonly (RuleSpec | undefined)[];
}

export interface Site {
  readonly decide: (message: Question) => MaybePromise<Decided>;
  /** Counts the findings that a client reports. */
  readonly report: (message: ReportRequest) => MaybePromise<void>;
}

/** A question that has been read. */
interface Asked {
  readonly details: Details;
  readonly request: WireRequest;
  readonly ruleSet: RuleSet;
  readonly local: readonly (LocalAnswer | undefined)[];
}

const ADDITIONS = 1;

function localOf({ dialect, local }: Question, specs: readonly unknown[]) {
  if (dialect < ADDITIONS || local.length === 0) return [];
  const answers: (LocalAnswer | undefined)[] = specs.map(() => undefined);
  for (const { index, result, findings } of local)
    if (index < specs.length && result)
      answers[index] = { result: resultFromWire(result), findings };
  return answers;
}

/** Properties as the rules read them. */
function propsOf(request: WireRequest, asked: Asked): WireProps {
  const props: Record<string, unknown> = { ...request.props };
  if (request.props.requested !== undefined) props.requested = Number(request.props.requested);
  if (request.body !== undefined) props.body = request.body;
  if (asked.local.length > 0) props[LOCAL] = asked.local;
  return props;
}

/**
 * Seconds for which a published client may answer in the server's place. It takes the denial of one
 * `requested` for all, and one of a rule in DRY_RUN for one that counts: so only live limits that are
 * empty for everybody have any.
 */
function ttlOf(
  state: RuleState,
  conclusion: Conclusion,
  reason: ReasonData,
  requested: unknown,
): number {
  if (state !== "RUN" || conclusion !== "DENY" || reason.type !== "RATE_LIMIT") return 0;
  return requested === undefined || requested === 1 ? (reason.retryAfter ?? 0) : 0;
}

function toWireResult(
  { state, conclusion, data: reason }: RuleResult,
  rule: WireRule,
  asked: Asked,
  index: number,
  requested: unknown,
): RuleResultData {
  const judged = rule.runs || asked.local[index] !== undefined;
  return {
    ruleId: rule.id,
    type: rule.spec?.type ?? "CUSTOM",
    fingerprint: rule.fingerprint(asked.details),
    state: judged ? state : "NOT_RUN",
    conclusion,
    reason,
    ttl: ttlOf(state, conclusion, reason, requested),
  };
}

function toWireDecision(decision: Decision, asked: Asked, requested: unknown): DecisionData {
  const { id, conclusion, data: reason, facts: ip, degraded } = decision;
  const results = decision.results.map((result, index) =>
    toWireResult(result, asked.ruleSet.rules[index]!, asked, index, requested),
  );
  const ttl = conclusion === "DENY" ? Math.max(0, ...results.map((result) => result.ttl)) : 0;
  return { id: id.replace(/^lreq_/, "req_"), conclusion, reason, results, ttl, ip, degraded };
}

/** The engine of one site. */
export function createSite(services: SiteServices): Site {
  const readyRules = createReadyRules();

  const ruleSetOf = (message: Question, ignoreCase: boolean): RuleSet => {
    const { characteristics, rulesKey } = message;
    if (message.ruleCount > MAX_RULES)
      throw new RpcError("invalid_argument", `only ${MAX_RULES} rules may be specified`);
    const name = `${ignoreCase}${JSON.stringify(characteristics)}${rulesKey}`;
    return readyRules.get(name, () => {
      const key = { specs: message.rules().map(ruleFromWire), characteristics, ignoreCase };
      return ready(() => createRuleSet(key, services));
    });
  };

  const askedOf = (message: Question): Asked => {
    const { details } = message;
    if (details === undefined) throw new RpcError("invalid_argument", "`details` is missing");
    const request = detailsFromWire(details);
    const ruleSet = ruleSetOf(message, request.ignoreCase);
    return { details, request, ruleSet, local: localOf(message, ruleSet.rules) };
  };

  const decide = (message: Question): MaybePromise<Decided> => {
    const asked = askedOf(message);
    const { request, ruleSet } = asked;
    const props = propsOf(request, asked);
    const made = ruleSet.client.decide(partsOf(request), props);
    return whenReady(made, (decision) => ({
      decision: toWireDecision(decision, asked, props.requested),
      request,
      specs: ruleSet.specs,
    }));
  };

  return {
    decide,
    report: (message) => {
      const findings = onlyFindings(message);
      return findings && whenReady(decide(findings), () => undefined);
    },
  };
}

/** The part of a report that counts towards a client: Shield rules with findings. */
function onlyFindings(message: ReportRequest): Question | undefined {
  const local = message.local.filter(
    ({ index, findings }) => findings.length > 0 && message.rules[index]?.rule.case === "shield",
  );
  if (local.length === 0) return undefined;
  const rules = local.map(({ index }) => message.rules[index]!);
  return questionOf({
    ...message,
    rules,
    local: local.map((answer, at) => ({ ...answer, index: at })),
  });
}

function ready<T>(make: () => T): T {
  try {
    return make();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RpcError("invalid_argument", why);
  }
}
