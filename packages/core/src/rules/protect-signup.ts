// The three rules of a sign-up form in one: too many tries, automated clients, and bad addresses.
import type { CharacteristicProps } from "../characteristics.ts";
import { checkKnown, checkObject } from "../options.ts";
import type { Rule } from "../rule.ts";
import { detectBot, type DetectBotOptions } from "./detect-bot.ts";
import { slidingWindow, type SlidingWindowOptions } from "./sliding-window.ts";
import {
  validateEmail,
  type ValidateEmailOptions,
  type ValidateEmailProps,
} from "./validate-email.ts";

/** Options of `protectSignup()`: those of the three rules. */
export interface ProtectSignupOptions<C extends readonly string[] = readonly string[]> {
  readonly rateLimit: SlidingWindowOptions<C>;
  readonly bots: DetectBotOptions;
  readonly email: ValidateEmailOptions;
}

/** The sliding window, the bot rule and the e-mail rule. */
export type SignupRules<C extends readonly string[]> = readonly [
  limit: Rule<CharacteristicProps<C>>,
  bots: Rule,
  email: Rule<ValidateEmailProps>,
];

/**
 * Protects a sign-up form with a sliding window, bot detection and e-mail validation.
 *
 * @throws TypeError or RangeError when an option of one of the rules is missing or wrong.
 * @example
 * const aj = arcjet({
 *   rules: [
 *     protectSignup({
 *       rateLimit: { mode: "LIVE", interval: "10m", max: 5 },
 *       bots: { mode: "LIVE", allow: [] },
 *       email: { mode: "LIVE", deny: ["INVALID", "DISPOSABLE", "NO_MX_RECORDS"] },
 *     }),
 *   ],
 * });
 * const decision = await aj.protect(req, { email });
 */
export function protectSignup<const C extends readonly string[] = readonly []>(
  options: ProtectSignupOptions<C>,
): SignupRules<C> {
  checkKnown("protectSignup", checkObject("protectSignup", options), [
    "rateLimit",
    "bots",
    "email",
  ]);
  return [
    slidingWindow<C>(options.rateLimit),
    detectBot(options.bots),
    validateEmail(options.email),
  ];
}
