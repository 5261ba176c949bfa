import type { CharacteristicProps } from "../characteristics.ts";
import { checkChoice } from "../options.ts";
import type { Rule } from "../rule.ts";
import { limiter, readLimiter, type LimiterOptions } from "./limiter.ts";

export interface TokenBucketOptions<
  C extends readonly string[] = readonly string[],
> extends LimiterOptions<C> {
  /** Tokens added per interval. */
  readonly refillRate: number;
  /** Seconds, or text such as "1h30m". */
  readonly interval: number | string;
  readonly capacity: number;
  /** Whether tokens arrive at whole intervals or continuously. Default: interval. */
  readonly refill?: "interval" | "continuous";
}

const OWNER = "tokenBucket";

/**
 * Limits requests by a bucket of tokens that refills over time.
 *
 * @throws TypeError or RangeError when an option is wrong.
 * @example
 * tokenBucket({ mode: "LIVE", refillRate: 5, interval: 10, capacity: 10 });
 */
export function tokenBucket<const C extends readonly string[] = readonly []>(
  options: TokenBucketOptions<C>,
): Rule<{ readonly requested?: number } & CharacteristicProps<C>> {
  const given = readLimiter(OWNER, options, ["refillRate", "interval", "capacity", "refill"]);
  const refillRate = given.amount("refillRate");
  const interval = given.duration("interval");
  const capacity = given.amount("capacity");
  const refill = checkChoice(
    OWNER,
    "refill",
    given.value("refill"),
    ["interval", "continuous"],
    "interval",
  );
  return limiter(
    { ...given.common, algorithm: "TOKEN_BUCKET", refillRate, interval, capacity, refill },
    capacity,
    Math.ceil(capacity / refillRate) * interval,
  );
}
