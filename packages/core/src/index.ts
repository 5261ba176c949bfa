export { default } from "./arcjet.ts";
export type { ArcjetOptions, CommonProps, PropsArgument } from "./arcjet-options.ts";
export type {
  BuiltInCharacteristic,
  CharacteristicProps,
  CharacteristicValue,
} from "./characteristics.ts";
export { createClient, type Adapter, type Client, type ClientIpDetails } from "./client.ts";
export { Decision, RuleResult } from "./decision.ts";
export { defineConfig } from "./define-config.ts";
export type { IpDetails } from "./ip-details.ts";
export type { LimitKey, LimitState } from "./limits.ts";
export { jsonLogger, type Logger, type LogLevel } from "./log.ts";
export type { RequestParts } from "./normalize.ts";
export type {
  BotReason,
  CustomReason,
  EmailReason,
  ErrorReason,
  FilterReason,
  NoReason,
  PromptInjectionReason,
  RateLimitReason,
  Reason,
  SensitiveInfoReason,
  ShieldReason,
} from "./reason.ts";
export type { ArcjetRequest, HeaderReader, Provenance } from "./request.ts";
export { setRateLimitHeaders } from "./response.ts";
export {
  ArcjetAllowDecision,
  ArcjetBotReason,
  ArcjetChallengeDecision,
  ArcjetDecision,
  ArcjetDenyDecision,
  ArcjetEmailReason,
  ArcjetErrorDecision,
  ArcjetErrorReason,
  ArcjetFilterReason,
  ArcjetIpDetails,
  ArcjetPromptInjectionReason,
  ArcjetRateLimitReason,
  ArcjetReason,
  ArcjetRuleResult,
  ArcjetSensitiveInfoReason,
  ArcjetShieldReason,
  type ArcjetConclusion,
  type ArcjetEmailType,
  type ArcjetLogger,
  type ArcjetMode,
  type ArcjetRule,
  type ArcjetRuleState,
  type Kind,
} from "./official-names.ts";
export type { PropsOf, RuleInput } from "./rule-list.ts";
export type { Evaluation, Evaluator, Rule, RuleContext, Spend, Strike, Verdict } from "./rule.ts";
export type { DecisionRecord, Sink } from "./sink.ts";
export { isMissingUserAgent, isSpoofedBot, isVerifiedBot } from "./inspect.ts";
export { detectBot, type DetectBotOptions } from "./rules/detect-bot.ts";
export {
  detectPromptInjection,
  experimental_detectPromptInjection,
  type DetectPromptInjectionOptions,
  type DetectPromptInjectionProps,
} from "./rules/detect-prompt-injection.ts";
export { filter, type FilterOptions, type FilterProps } from "./rules/filter.ts";
export { fixedWindow, type FixedWindowOptions } from "./rules/fixed-window.ts";
export { protectSignup, type ProtectSignupOptions } from "./rules/protect-signup.ts";
export {
  sensitiveInfo,
  type SensitiveInfoOptions,
  type SensitiveInfoProps,
  type SensitiveInfoType,
} from "./rules/sensitive-info.ts";
export { shield, type ShieldOptions, type ShieldProps } from "./rules/shield.ts";
export { slidingWindow, type SlidingWindowOptions } from "./rules/sliding-window.ts";
export { tokenBucket, type TokenBucketOptions } from "./rules/token-bucket.ts";
export {
  validateEmail,
  type ValidateEmailOptions,
  type ValidateEmailProps,
} from "./rules/validate-email.ts";
export { cloudflare, fastly } from "@arcjet/ip";
