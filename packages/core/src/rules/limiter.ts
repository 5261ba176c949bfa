/** What the three limiters share: the request they count, and the reason they give. */
import type { RateLimitSpec } from "@arcjet/protocol";
import type { LimitResult } from "@arcjet/rate-limit";
import type { Evaluation, Rule, RuleContext, Verdict } from "../rule.ts";

const MS = 1000;

export function limiter<Props>(spec: RateLimitSpec, max: number, window: number): Rule<Props> {
  const settle = (result: LimitResult): Verdict => toVerdict(result, max, window);
  const takesRequested = spec.algorithm === "TOKEN_BUCKET";
  const one: Evaluation = { requested: 1, settle };
  return {
    spec,
    reads: [...(takesRequested ? ["requested"] : []), ...spec.characteristics],
    evaluate: (context: RuleContext<Props>): Evaluation => {
      const requested = takesRequested
        ? ((context.props as { requested?: number }).requested ?? 1)
        : 1;
      if (!Number.isInteger(requested) || requested < 1)
        return {
          conclusion: "ERROR",
          reason: {
            type: "ERROR",
            message: `\`requested\` must be an integer from 1, got ${requested}`,
          },
        };
      return requested === 1 ? one : { requested, settle };
    },
  };
}

function toVerdict(
  { allowed, remaining, resetMs, retryAfterMs }: LimitResult,
  max: number,
  window: number,
): Verdict {
  const reset = Math.ceil(resetMs / MS);
  const counted = { type: "RATE_LIMIT", max, remaining, reset, window } as const;
  if (allowed) return { conclusion: "ALLOW", reason: counted };
  return {
    conclusion: "DENY",
    reason:
      retryAfterMs === null ? counted : { ...counted, retryAfter: Math.ceil(retryAfterMs / MS) },
  };
}
