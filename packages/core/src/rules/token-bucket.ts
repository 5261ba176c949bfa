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

export interface TokenBucketOptions<C extends readonly string[] = readonly string[]> {
  /** Default: DRY_RUN. */
  readonly mode?: "LIVE" | "DRY_RUN";
  /** What is counted together. Default: the characteristics of the client. */
  readonly characteristics?: C;
  /** Tokens added per interval. */
  readonly refillRate: number;
  /** Seconds, or text such as "1h30m". */
  readonly interval: number | string;
  readonly capacity: number;
  /** Whether tokens arrive at whole intervals or continuously. Default: interval. */
  readonly refill?: "interval" | "continuous";
}

const OWNER = "tokenBucket";
const MAX = 2 ** 32 - 1;

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
  const given = checkObject(OWNER, options);
  checkKnown(OWNER, given, [
    "mode",
    "characteristics",
    "refillRate",
    "interval",
    "capacity",
    "refill",
  ]);
  const refillRate = checkInteger(OWNER, "refillRate", given.refillRate, 1, MAX);
  const interval = parseDuration(given.interval, `\`${OWNER}\` options error: \`interval\``);
  const capacity = checkInteger(OWNER, "capacity", given.capacity, 1, MAX);
  return limiter(
    {
      type: "RATE_LIMIT",
      algorithm: "TOKEN_BUCKET",
      mode: checkMode(OWNER, given.mode),
      characteristics: checkStrings(OWNER, "characteristics", given.characteristics) ?? [],
      refillRate,
      interval,
      capacity,
      refill: checkChoice(OWNER, "refill", given.refill, ["interval", "continuous"], "interval"),
    },
    capacity,
    Math.ceil(capacity / refillRate) * interval,
  );
}
