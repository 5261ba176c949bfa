/**
 * Reasons as the application sees them: the plain data of the protocol with the documented `isX()`
 * questions on the prototype, so that they print and serialise as the data alone.
 */
import type {
  BotReasonData,
  CustomReasonData,
  EmailReasonData,
  ErrorReasonData,
  FilterReasonData,
  NoReasonData,
  PromptInjectionReasonData,
  RateLimitReasonData,
  ReasonData,
  SensitiveInfoReasonData,
  ShieldReasonData,
} from "@arcjet/protocol";

/** Questions every reason answers; each narrows the type of the reason. */
export interface ReasonQuestions {
  isRateLimit(): this is RateLimitReason;
  isBot(): this is BotReason;
  isShield(): this is ShieldReason;
  isEmail(): this is EmailReason;
  isFilter(): this is FilterReason;
  isFilterRule(): this is FilterReason;
  isSensitiveInfo(): this is SensitiveInfoReason;
  isPromptInjection(): this is PromptInjectionReason;
  isError(): this is ErrorReason;
}

export interface RateLimitReason extends RateLimitReasonData, ReasonQuestions {}
export interface BotReason extends BotReasonData, ReasonQuestions {
  isVerified(): boolean;
  isSpoofed(): boolean;
}
export interface ShieldReason extends ShieldReasonData, ReasonQuestions {}
export interface EmailReason extends EmailReasonData, ReasonQuestions {}
export interface FilterReason extends FilterReasonData, ReasonQuestions {}
export interface SensitiveInfoReason extends SensitiveInfoReasonData, ReasonQuestions {}
export interface PromptInjectionReason extends PromptInjectionReasonData, ReasonQuestions {}
export interface ErrorReason extends ErrorReasonData, ReasonQuestions {}
export interface CustomReason extends CustomReasonData, ReasonQuestions {}
export interface NoReason extends NoReasonData, ReasonQuestions {}

/** Why a decision or a rule concluded so, tagged by `type`. */
export type Reason =
  | RateLimitReason
  | BotReason
  | ShieldReason
  | EmailReason
  | FilterReason
  | SensitiveInfoReason
  | PromptInjectionReason
  | ErrorReason
  | CustomReason
  | NoReason;

const is = (type: ReasonData["type"]) =>
  function (this: ReasonData): boolean {
    return this.type === type;
  };

const questions = {
  isRateLimit: is("RATE_LIMIT"),
  isBot: is("BOT"),
  isShield: is("SHIELD"),
  isEmail: is("EMAIL"),
  isFilter: is("FILTER"),
  isFilterRule: is("FILTER"),
  isSensitiveInfo: is("SENSITIVE_INFO"),
  isPromptInjection: is("PROMPT_INJECTION_DETECTION"),
  isError: is("ERROR"),
};

const botQuestions = Object.assign(Object.create(questions) as typeof questions, {
  isVerified(this: BotReasonData): boolean {
    return this.verified;
  },
  isSpoofed(this: BotReasonData): boolean {
    return this.spoofed;
  },
});

/** Puts the questions on a reason. */
export function toReason(data: ReasonData): Reason {
  // The prototype holds exactly the questions that the interfaces above declare.
  return Object.assign(
    Object.create(data.type === "BOT" ? botQuestions : questions) as ReasonQuestions,
    data,
  ) as Reason;
}

export const NO_REASON: ReasonData = Object.freeze({ type: "NONE" });

/** An error reason from anything that was thrown. */
export function errorReason(cause: unknown): ErrorReasonData {
  return { type: "ERROR", message: cause instanceof Error ? cause.message : String(cause) };
}
