// Clients of this project judge what they can by themselves and say what came out. The server takes that
// over in the place of its own judgement, so that its decision is whole; of Shield it counts the
// findings, which is what a client alone cannot do.
import type { Evaluation, Rule, RuleContext, Strike, Verdict } from "@arcjet/core";
import type { LocalAnswer, ReasonData, ShieldReasonData, ShieldSpec } from "@arcjet/protocol";
import { strikePolicy } from "./rules.ts";

/** The property under which the engine passes what the client has judged; no client can name it. */
export const LOCAL = "\0local";

/** Properties of a request that came over the wire. */
export interface WireProps {
  readonly [name: string]: unknown;
  readonly [LOCAL]?: readonly (LocalAnswer | undefined)[] | undefined;
}

/** Puts what the client has judged before a rule's own judgement. */
export function withLocalAnswer(rule: Rule<never>, index: number): Rule<WireProps> {
  const { spec } = rule;
  const evaluate = (context: RuleContext<WireProps>): Evaluation | Promise<Evaluation> => {
    const answer = context.props[LOCAL]?.[index];
    // The properties of a rule are a part of those of the request, and the rule reads only its own.
    if (answer === undefined) return rule.evaluate(context as RuleContext<never>);
    if (spec.type !== "SHIELD") return verdictOf(answer);
    return countFindings(context, spec, answer);
  };
  return { spec, reads: rule.reads, evaluate };
}

function verdictOf({ result }: LocalAnswer): Verdict {
  const { conclusion, reason } = result;
  return { conclusion: conclusion === "CHALLENGE" ? "ERROR" : conclusion, reason };
}

/** Whether many people are known to stand behind the address. */
async function isShared(context: RuleContext<WireProps>): Promise<boolean> {
  try {
    const facts = await context.facts();
    return [facts?.isRelay, facts?.isVpn, facts?.isProxy, facts?.isTor, facts?.isMobile].includes(
      true,
    );
  } catch {
    return true;
  }
}

function countFindings(
  context: RuleContext<WireProps>,
  spec: ShieldSpec,
  answer: LocalAnswer,
): Evaluation | Promise<Evaluation> {
  const verdict = verdictOf(answer);
  const { request } = context;
  if (!request.verified && !(request.provenance === "development" && request.ip === "127.0.0.1"))
    return verdict;
  const ask = (findings: readonly number[]): Strike => ({
    strike: {
      policy: strikePolicy(spec),
      fingerprint: context.identify(["ip.src"]),
      findings,
      live: spec.mode === "LIVE",
    },
    settle: ({ blocked, retryAfterMs }) =>
      blocked
        ? { conclusion: "DENY", reason: blockedReason(verdict.reason, retryAfterMs) }
        : verdict,
  });
  const findings = answer.findings ?? [];
  if (findings.length === 0) return ask(findings);
  return isShared(context).then((shared) => ask(shared ? [] : findings));
}

function blockedReason(reason: ReasonData, retryAfterMs: number): ShieldReasonData {
  const seen =
    reason.type === "SHIELD"
      ? reason
      : { type: "SHIELD" as const, suspicious: false, score: 0, findings: [] };
  return { ...seen, shieldTriggered: true, retryAfter: Math.ceil(retryAfterMs / 1_000) };
}
