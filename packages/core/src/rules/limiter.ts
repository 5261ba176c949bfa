/** What the three limiters share: their options, the request they count, and the reason they give. */
import type { Mode, RateLimitSpec } from "@arcjet/protocol";
import { parseDuration, type LimitResult } from "@arcjet/rate-limit";
import { checkInteger, checkKnown, checkMode, checkObject, checkStrings } from "../options.ts";
import type { Evaluation, Rule, RuleContext, Verdict } from "../rule.ts";

const MS = 1000;
/** The largest amount a limit may hold, and a request may ask of it. */
const MAX_AMOUNT = 2 ** 32 - 1;

/** Options that every limiter has. */
export interface LimiterOptions<C extends readonly string[]> {
  /** Default: DRY_RUN. */
  readonly mode?: Mode;
  /** What is counted together. Default: the characteristics of the client. */
  readonly characteristics?: C;
}

/** The options of a limiter, each checked when it is read. */
export interface GivenLimiter {
  readonly common: {
    readonly type: "RATE_LIMIT";
    readonly mode: Mode;
    readonly characteristics: readonly string[];
  };
  /** An option that is none of the common ones. */
  readonly value: (option: string) => unknown;
  /** An integer from 1 to 2^32 − 1. */
  readonly amount: (option: string) => number;
  /** Seconds, given as such or as text. */
  readonly duration: (option: string) => number;
}

/**
 * Reads the options of a limiter.
 *
 * @throws TypeError or RangeError when an option is wrong, missing, or not one of `own` and the common ones.
 */
export function readLimiter(owner: string, options: unknown, own: readonly string[]): GivenLimiter {
  const given = checkObject(owner, options);
  checkKnown(owner, given, ["mode", "characteristics", ...own]);
  return {
    common: {
      type: "RATE_LIMIT",
      mode: checkMode(owner, given.mode),
      characteristics: checkStrings(owner, "characteristics", given.characteristics) ?? [],
    },
    value: (option) => given[option],
    amount: (option) => checkInteger(owner, option, given[option], 1, MAX_AMOUNT),
    duration: (option) => parseDuration(given[option], `\`${owner}\` options error: \`${option}\``),
  };
}

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
      if (!Number.isInteger(requested) || requested < 1 || requested > MAX_AMOUNT)
        return {
          conclusion: "ERROR",
          reason: {
            type: "ERROR",
            message: `\`requested\` must be an integer from 1 to ${MAX_AMOUNT}, got ${requested}`,
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
