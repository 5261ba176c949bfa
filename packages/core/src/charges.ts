import type {
  Charges,
  LimitCharge,
  LimitResult,
  Outcome,
  StrikeCharge,
  StrikeResult,
} from "@arcjet/rate-limit";
import type { PlannedGroup, PlannedRule } from "./plan.ts";
import type { ArcjetRequest } from "./request.ts";
import type { Spend, Strike, Verdict } from "./rule.ts";

/** A rule that waits for the answer of the store. */
export interface Pending {
  readonly planned: PlannedRule;
  readonly question: Spend | Strike;
}

/** A rule that can now be settled, and what its limit answered. */
export interface Answered {
  readonly planned: PlannedRule;
  readonly settle: () => Verdict;
  readonly limit: LimitResult | undefined;
}

const NO_STRIKES: readonly StrikeCharge[] = [];

/** Joins the questions of all rules of a request into the charges of one store call. */
export function toCharges(
  pending: readonly Pending[],
  request: ArcjetRequest,
  props: Readonly<Record<string, unknown>>,
): Charges {
  const groups: PlannedGroup[] = [];
  const asked: number[][] = [];
  const limits: LimitCharge[] = [];
  let strikes = NO_STRIKES;
  for (const { planned, question } of pending) {
    if ("strike" in question) {
      strikes = [...strikes, question.strike];
      continue;
    }
    const group = planned.group!;
    let at = groups.indexOf(group);
    if (at === -1) {
      at = groups.push(group) - 1;
      const requested = group.group.limits.map(() => 0);
      asked.push(requested);
      limits.push({ group: group.group, fingerprint: group.identify(request, props), requested });
    }
    asked[at]![planned.slot] = question.requested;
  }
  return { limits, strikes };
}

/** Gives each waiting rule its part of the store's answer. */
export function toAnswers(
  pending: readonly Pending[],
  charges: Charges,
  outcome: Outcome,
): readonly Answered[] {
  let strikes = 0;
  return pending.map(({ planned, question }) => {
    if ("strike" in question) {
      const answer = part(outcome.strikes[strikes++]);
      return { planned, settle: () => question.settle(answer()), limit: undefined };
    }
    const at = charges.limits.findIndex(({ group }) => group === planned.group!.group);
    const limit = outcome.limits[at]?.[planned.slot];
    const answer = part(limit);
    return { planned, settle: () => question.settle(answer()), limit };
  });
}

/** A store that leaves a question open has failed, and the rule says so. */
function part<T extends LimitResult | StrikeResult>(answer: T | undefined): () => T {
  return () => {
    if (answer === undefined) throw new Error("the store gave no answer for this rule");
    return answer;
  };
}
