import type { CharacteristicProps } from "../characteristics.ts";
import type { Rule } from "../rule.ts";
import { limiter, readLimiter, type LimiterOptions } from "./limiter.ts";

export interface SlidingWindowOptions<
  C extends readonly string[] = readonly string[],
> extends LimiterOptions<C> {
  /** Seconds, or text such as "1h30m". */
  readonly interval: number | string;
  readonly max: number;
}

const OWNER = "slidingWindow";

/**
 * Limits requests over the last interval, weighting the window before the current one.
 *
 * @throws TypeError or RangeError when an option is wrong.
 * @example
 * slidingWindow({ mode: "LIVE", interval: "1m", max: 100 });
 */
export function slidingWindow<const C extends readonly string[] = readonly []>(
  options: SlidingWindowOptions<C>,
): Rule<CharacteristicProps<C>> {
  const given = readLimiter(OWNER, options, ["interval", "max"]);
  const interval = given.duration("interval");
  const max = given.amount("max");
  return limiter({ ...given.common, algorithm: "SLIDING_WINDOW", interval, max }, max, interval);
}
