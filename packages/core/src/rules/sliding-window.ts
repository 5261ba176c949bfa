import { parseDuration } from "@arcjet/rate-limit";
import type { CharacteristicProps } from "../characteristics.ts";
import { checkInteger, checkKnown, checkMode, checkObject, checkStrings } from "../options.ts";
import type { Rule } from "../rule.ts";
import { limiter } from "./limiter.ts";

export interface SlidingWindowOptions<C extends readonly string[] = readonly string[]> {
  /** Default: DRY_RUN. */
  readonly mode?: "LIVE" | "DRY_RUN";
  /** What is counted together. Default: the characteristics of the client. */
  readonly characteristics?: C;
  /** Seconds, or text such as "1h30m". */
  readonly interval: number | string;
  readonly max: number;
}

const OWNER = "slidingWindow";
const MAX = 2 ** 32 - 1;

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
  const given = checkObject(OWNER, options);
  checkKnown(OWNER, given, ["mode", "characteristics", "interval", "max"]);
  const interval = parseDuration(given.interval, `\`${OWNER}\` options error: \`interval\``);
  const max = checkInteger(OWNER, "max", given.max, 1, MAX);
  return limiter(
    {
      type: "RATE_LIMIT",
      algorithm: "SLIDING_WINDOW",
      mode: checkMode(OWNER, given.mode),
      characteristics: checkStrings(OWNER, "characteristics", given.characteristics) ?? [],
      interval,
      max,
    },
    max,
    interval,
  );
}
