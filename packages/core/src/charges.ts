import type { Charges, LimitCharge, LimitResult, Outcome, StrikeCharge } from "@arcjet/rate-limit";
import type { PlannedGroup, PlannedRule } from "./plan.ts";
import type { ArcjetRequest } from "./request.ts";
import type { Spend, Strike } from "./rule.ts";

/** A rule that waits for the answer of the store. */
export interface Pending {
  readonly planned: PlannedRule;
  readonly question: Spend | Strike;
}

const NO_STRIKES: readonly StrikeCharge[] = [];

/** Joins the questions of all rules of a request into the charges of one store call. */
export function toCharges(
  pending: readonly Pending[],
  request: ArcjetRequest,
  props: Readonly<Record<string, unknown>>,
): Charges {
  const limits: LimitCharge[] = [];
  let strikes = NO_STRIKES;
  let last: PlannedGroup | undefined;
  let requested: number[] = [];
  for (const { planned, question } of pending) {
    if ("strike" in question) {
      strikes = [...strikes, question.strike];
      continue;
    }
    const group = planned.group!;
    if (group !== last) {
      last = group;
      const known = limits.find((charge) => charge.group === group.group);
      // Made here, and only here, so it may be written until the store sees it.
      requested = known ? (known.requested as number[]) : group.nothing.slice();
      if (!known)
        limits.push({ group: group.group, fingerprint: group.identify(request, props), requested });
    }
    requested[planned.slot] = question.requested;
  }
  return { limits, strikes };
}

/** A limiter's part of the store's answer; a store that leaves a question open has failed. */
export function limitAnswer(
  { group, slot }: PlannedRule,
  charges: Charges,
  outcome: Outcome,
): LimitResult {
  for (let at = 0; at < charges.limits.length; at++) {
    if (charges.limits[at]!.group !== group!.group) continue;
    const answer = outcome.limits[at]?.[slot];
    if (answer !== undefined) return answer;
  }
  throw new Error("the store gave no answer for this limit");
}
