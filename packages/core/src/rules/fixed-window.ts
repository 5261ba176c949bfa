import type { CharacteristicProps } from "../characteristics.ts";
import { checkChoice } from "../options.ts";
import type { Rule } from "../rule.ts";
import { limiter, readLimiter, type LimiterOptions } from "./limiter.ts";

export interface FixedWindowOptions<
  C extends readonly string[] = readonly string[],
> extends LimiterOptions<C> {
  /** Seconds, or text such as "1h30m". */
  readonly window: number | string;
  readonly max: number;
  /** Whether a window opens at the first counted request or at multiples of its length. Default: first. */
  readonly anchor?: "first" | "epoch";
}

const OWNER = "fixedWindow";

/**
 * Limits requests to a number per window of time.
 *
 * @throws TypeError or RangeError when an option is wrong.
 * @example
 * fixedWindow({ mode: "LIVE", window: "1m", max: 100 });
 */
export function fixedWindow<const C extends readonly string[] = readonly []>(
  options: FixedWindowOptions<C>,
): Rule<CharacteristicProps<C>> {
  const given = readLimiter(OWNER, options, ["window", "max", "anchor"]);
  const window = given.duration("window");
  const max = given.amount("max");
  const anchor = checkChoice(OWNER, "anchor", given.value("anchor"), ["first", "epoch"], "first");
  return limiter({ ...given.common, algorithm: "FIXED_WINDOW", window, max, anchor }, max, window);
}
