export type { Conclusion, Mode, RuleState } from "./mode.ts";
export type {
  BotSpec,
  CustomSpec,
  EmailSpec,
  EmailType,
  FilterSpec,
  FixedWindowSpec,
  PromptInjectionSpec,
  RateLimitSpec,
  RuleSpec,
  RuleType,
  SensitiveInfoSpec,
  ShieldSpec,
  SlidingWindowSpec,
  TokenBucketSpec,
} from "./spec.ts";
export type {
  BotReasonData,
  CustomReasonData,
  EmailReasonData,
  ErrorReasonData,
  FilterReasonData,
  Finding,
  NoReasonData,
  PromptInjectionReasonData,
  RateLimitReasonData,
  ReasonData,
  SensitiveInfoReasonData,
  SensitiveSpan,
  ShieldReasonData,
} from "./reason.ts";
export type { DecisionData, RuleResultData } from "./decision.ts";
export type { LocalAnswer, RemoteDecider, RemoteQuestion, RemoteRequest } from "./remote.ts";
