/**
 * What a test expects of a decision. A function that throws is understood by every test runner: vitest,
 * node:test and others show the difference between `actual` and `expected`.
 */
import type { Conclusion } from "@arcjet/protocol";
import type { Decision, RuleResult } from "./decision.ts";
import type { Reason } from "./reason.ts";

/** Types of the reasons a request may be denied for. */
export type DenialType = Exclude<Reason["type"], "NONE">;

/** Thrown when a decision is not what a test expects. */
export class DecisionAssertionError extends Error {
  // Test runners know an assertion by these.
  override readonly name = "AssertionError";
  readonly code = "ERR_ASSERTION";
  readonly operator = "arcjet";
  readonly actual: string;
  readonly expected: string;

  constructor(decision: Decision, expected: string) {
    const actual = describeDecision(decision);
    super(`expected ${expected}, got ${actual}${describeResults(decision)}`);
    this.actual = actual;
    this.expected = expected;
  }
}

function describeDecision({ conclusion, data }: Decision): string {
  if (conclusion === "ALLOW") return conclusion;
  return data.type === "ERROR"
    ? `${conclusion} by ERROR (${data.message})`
    : `${conclusion} by ${data.type}`;
}

function describeResult({ type, state, conclusion, data }: RuleResult): string {
  const detail = data.type === "NONE" ? "" : ` ${JSON.stringify(data)}`;
  return `\n  ${type} ${state} ${conclusion}${detail}`;
}

function describeResults({ results }: Decision): string {
  return results.length === 0 ? "" : `; the rules said${results.map(describeResult).join("")}`;
}

function expectConclusion(decision: Decision, expected: Conclusion): void {
  if (decision.conclusion !== expected) throw new DecisionAssertionError(decision, expected);
}

/**
 * Expects that a request was denied, and by which kind of rule; gives the reason.
 *
 * @throws DecisionAssertionError when it was not; the message tells what every rule said.
 * @example
 * const decision = await aj.protect(fakeRequest());
 * const { retryAfter } = expectDenied(decision, "RATE_LIMIT");
 */
export function expectDenied<Type extends DenialType = DenialType>(
  decision: Decision,
  type?: Type,
): Extract<Reason, { readonly type: Type }> {
  const { reason } = decision;
  if (!decision.isDenied() || (type !== undefined && reason.type !== type))
    throw new DecisionAssertionError(decision, type === undefined ? "DENY" : `DENY by ${type}`);
  // The type of the reason has just been looked at.
  return reason as Extract<Reason, { readonly type: Type }>;
}

/**
 * Expects that a request was allowed by every live rule; a rule that failed is not enough.
 *
 * @throws DecisionAssertionError when it was not.
 * @example
 * expectAllowed(await aj.protect(fakeRequest({ url: "/search?q=shoes" })));
 */
export function expectAllowed(decision: Decision): void {
  expectConclusion(decision, "ALLOW");
}

/**
 * Expects that a rule failed and none denied; gives the reason.
 *
 * @throws DecisionAssertionError when it was otherwise.
 * @example
 * expectErrored(await aj.protect(fakeRequest({ headers: { "user-agent": undefined } })));
 */
export function expectErrored(decision: Decision): Extract<Reason, { readonly type: "ERROR" }> {
  expectConclusion(decision, "ERROR");
  // A decision is an ERROR only for the reason that a rule failed.
  return decision.reason as Extract<Reason, { readonly type: "ERROR" }>;
}
