/**
 * The names by which programs written for the published SDK of the system know what has shorter names
 * here. Its reasons and decisions are classes; `instanceof` works with these as it does with those.
 */
import type { Conclusion, RuleState } from "@arcjet/protocol";
import { Decision, RuleResult, type Concluded } from "./decision.ts";
import { IpDetails } from "./ip-details.ts";
import type { Logger } from "./log.ts";
import type {
  BotReason,
  EmailReason,
  ErrorReason,
  FilterReason,
  PromptInjectionReason,
  RateLimitReason,
  Reason,
  SensitiveInfoReason,
  ShieldReason,
} from "./reason.ts";
import type { Rule } from "./rule.ts";
import type { ValidateEmailOptions } from "./rules/validate-email.ts";

/** What may stand on the right of `instanceof`. */
export interface Kind<T> {
  [Symbol.hasInstance](value: unknown): value is T;
}

const kind = <T>(is: (value: Readonly<Record<string, unknown>>) => boolean): Kind<T> => ({
  [Symbol.hasInstance]: (value: unknown): value is T =>
    typeof value === "object" && value !== null && is(value as Readonly<Record<string, unknown>>),
});
const reason = <T extends Reason>(type: T["type"]): Kind<T> =>
  kind<T>((value) => value.type === type && typeof value.isRateLimit === "function");
const decision = <C extends Conclusion>(conclusion: C): Kind<Concluded<C>> =>
  kind((value) => value instanceof Decision && value.conclusion === conclusion);

export type ArcjetMode = "LIVE" | "DRY_RUN";
export type ArcjetConclusion = Conclusion;
export type ArcjetRuleState = RuleState;
export type ArcjetLogger = Logger;
export type ArcjetRule<Props extends object = object> = Rule<Props>;
export type ArcjetEmailType = NonNullable<ValidateEmailOptions["deny"]>[number];

export const ArcjetDecision = Decision;
export type ArcjetDecision = Decision;
export const ArcjetAllowDecision = /* @__PURE__ */ decision("ALLOW");
export type ArcjetAllowDecision = Concluded<"ALLOW">;
export const ArcjetDenyDecision = /* @__PURE__ */ decision("DENY");
export type ArcjetDenyDecision = Concluded<"DENY">;
export const ArcjetChallengeDecision = /* @__PURE__ */ decision("CHALLENGE");
export type ArcjetChallengeDecision = Concluded<"CHALLENGE">;
export const ArcjetErrorDecision = /* @__PURE__ */ decision("ERROR");
export type ArcjetErrorDecision = Concluded<"ERROR">;

export const ArcjetRuleResult = RuleResult;
export type ArcjetRuleResult = RuleResult;
export const ArcjetIpDetails = IpDetails;
export type ArcjetIpDetails = IpDetails;

export const ArcjetReason: Kind<Reason> = /* @__PURE__ */ kind<Reason>(
  (value) => typeof value.type === "string" && typeof value.isRateLimit === "function",
);
export type ArcjetReason = Reason;
export const ArcjetRateLimitReason = /* @__PURE__ */ reason<RateLimitReason>("RATE_LIMIT");
export type ArcjetRateLimitReason = RateLimitReason;
export const ArcjetBotReason = /* @__PURE__ */ reason<BotReason>("BOT");
export type ArcjetBotReason = BotReason;
export const ArcjetShieldReason = /* @__PURE__ */ reason<ShieldReason>("SHIELD");
export type ArcjetShieldReason = ShieldReason;
export const ArcjetEmailReason = /* @__PURE__ */ reason<EmailReason>("EMAIL");
export type ArcjetEmailReason = EmailReason;
export const ArcjetFilterReason = /* @__PURE__ */ reason<FilterReason>("FILTER");
export type ArcjetFilterReason = FilterReason;
export const ArcjetSensitiveInfoReason =
  /* @__PURE__ */ reason<SensitiveInfoReason>("SENSITIVE_INFO");
export type ArcjetSensitiveInfoReason = SensitiveInfoReason;
export const ArcjetPromptInjectionReason = /* @__PURE__ */ reason<PromptInjectionReason>(
  "PROMPT_INJECTION_DETECTION",
);
export type ArcjetPromptInjectionReason = PromptInjectionReason;
export const ArcjetErrorReason = /* @__PURE__ */ reason<ErrorReason>("ERROR");
export type ArcjetErrorReason = ErrorReason;
