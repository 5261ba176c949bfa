import { parseDuration } from "@arcjet/rate-limit";
import type { CharacteristicProps } from "../characteristics.ts";
import {
  checkChoice,
  checkInteger,
  checkKnown,
  checkMode,
  checkObject,
  checkStrings,
} from "../options.ts";
import type { Rule } from "../rule.ts";
import { limiter } from "./limiter.ts";

export interface FixedWindowOptions<C extends readonly string[] = readonly string[]> {
  /** Default: DRY_RUN. */
  readonly mode?: "LIVE" | "DRY_RUN";
  /** What is counted together. Default: the characteristics of the client. */
  readonly characteristics?: C;
  /** Seconds, or text such as "1h30m". */
  readonly window: number | string;
  readonly max: number;
  /** Whether a window opens at the first counted request or at multiples of its length. Default: first. */
  readonly anchor?: "first" | "epoch";
}

const OWNER = "fixedWindow";
const MAX = 2 ** 32 - 1;

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
  const given = checkObject(OWNER, options);
  checkKnown(OWNER, given, ["mode", "characteristics", "window", "max", "anchor"]);
  const window = parseDuration(given.window, `\`${OWNER}\` options error: \`window\``);
  const max = checkInteger(OWNER, "max", given.max, 1, MAX);
  return limiter(
    {
      type: "RATE_LIMIT",
      algorithm: "FIXED_WINDOW",
      mode: checkMode(OWNER, given.mode),
      characteristics: checkStrings(OWNER, "characteristics", given.characteristics) ?? [],
      window,
      max,
      anchor: checkChoice(OWNER, "anchor", given.anchor, ["first", "epoch"], "first"),
    },
    max,
    window,
  );
}
