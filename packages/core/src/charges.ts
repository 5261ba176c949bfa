import type { Charges, LimitCharge, LimitResult, Outcome, StrikeCharge } from "@arcjet/rate-limit";
import type { Plan, PlannedGroup, PlannedRule } from "./plan.ts";
import type { ArcjetRequest } from "./request.ts";
import type { Spend, Strike } from "./rule.ts";

/** What a rule asks of the store. */
export type Question = Spend | Strike;

const NO_LIMITS: readonly LimitCharge[] = [];
const NO_STRIKES: readonly StrikeCharge[] = [];

/** Joins the questions of the rules, at their places in the declared order, into the charges of one store call. */
export function toCharges(
  { rules }: Plan,
  questions: readonly (Question | undefined)[],
  request: ArcjetRequest,
  props: Readonly<Record<string, unknown>>,
): Charges {
  let limits = NO_LIMITS;
  let strikes = NO_STRIKES;
  let last: PlannedGroup | undefined;
  let requested: number[] = [];
  for (const { group, index, slot } of rules) {
    const question = questions[index];
    if (question === undefined) continue;
    if ("strike" in question) {
      strikes = [...strikes, question.strike];
      continue;
    }
    if (group !== last) {
      last = group;
      const known = chargeOf(limits, group!);
      // Made here, and only here, so it may be written until the store sees it.
      requested = known ? (known.requested as number[]) : group!.nothing.slice();
      if (!known) {
        const made = charge(group!, requested, request, props);
        // Nearly always there is one; an array that grows reserves far too much.
        limits = limits.length === 0 ? [made] : [...limits, made];
      }
    }
    requested[slot] = question.requested;
  }
  return { limits, strikes };
}

/** The charge of a group that came before; no closure over what changes from rule to rule, which would cost each rule. */
function chargeOf(
  limits: readonly LimitCharge[],
  { group }: PlannedGroup,
): LimitCharge | undefined {
  for (const charge of limits) if (charge.group === group) return charge;
  return undefined;
}

const charge = (
  { group, identify }: PlannedGroup,
  requested: readonly number[],
  request: ArcjetRequest,
  props: Readonly<Record<string, unknown>>,
): LimitCharge => ({ group, fingerprint: identify(request, props), requested });

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
