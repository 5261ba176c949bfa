import type { EmailType } from "./spec.ts";

export interface RateLimitReasonData {
  readonly type: "RATE_LIMIT";
  readonly max: number;
  readonly remaining: number;
  /** Seconds until the limit is whole again, rounded up. */
  readonly reset: number;
  /** Length of the window in seconds; for a token bucket, seconds to fill it. */
  readonly window: number;
  /** Seconds until the same request would pass, rounded up; absent when it passed or never can. */
  readonly retryAfter?: number;
  readonly resetTime?: Date;
}

export interface BotReasonData {
  readonly type: "BOT";
  /** Identifiers that were detected and are allowed. */
  readonly allowed: readonly string[];
  /** Identifiers that were detected and are denied. */
  readonly denied: readonly string[];
  readonly verified: boolean;
  readonly spoofed: boolean;
  /** Names of the signals beyond the user agent that spoke for a bot. */
  readonly signals: readonly string[];
}

/** One thing an attack detector saw. */
export interface Finding {
  readonly detector: string;
  /** Where it stood, such as `query.id`, `path` or `cookie.session`. */
  readonly location: string;
  /** The part of the value that spoke, shortened and with secrets redacted. */
  readonly evidence: string;
  readonly score: number;
  readonly truncated?: boolean;
}

export interface ShieldReasonData {
  readonly type: "SHIELD";
  readonly shieldTriggered: boolean;
  readonly suspicious: boolean;
  readonly score: number;
  readonly findings: readonly Finding[];
  /** The exclusion that would let this request through, ready to paste; absent when nothing was found. */
  readonly exclusion?: Readonly<Record<string, string>>;
  /** Seconds the client stays blocked, when its history and not this request is the reason. */
  readonly retryAfter?: number;
}

export interface EmailReasonData {
  readonly type: "EMAIL";
  readonly emailTypes: readonly EmailType[];
  /** The address that was probably meant, such as `a@gmail.com` for `a@gmial.com`. */
  readonly suggestion?: string;
}

export interface FilterReasonData {
  readonly type: "FILTER";
  readonly matchedExpressions: readonly string[];
  readonly undeterminedExpressions: readonly string[];
}

/** A span of the text in UTF-16 code units, end exclusive. */
export interface SensitiveSpan {
  readonly start: number;
  readonly end: number;
  readonly identifiedType: string;
}

export interface SensitiveInfoReasonData {
  readonly type: "SENSITIVE_INFO";
  readonly allowed: readonly SensitiveSpan[];
  readonly denied: readonly SensitiveSpan[];
}

export interface PromptInjectionReasonData {
  readonly type: "PROMPT_INJECTION_DETECTION";
  readonly injectionDetected: boolean;
  /** From 0 to 1. */
  readonly score: number;
  /** Families of phrases that spoke for an injection. */
  readonly families: readonly string[];
}

export interface ErrorReasonData {
  readonly type: "ERROR";
  readonly message: string;
}

export interface CustomReasonData {
  readonly type: "CUSTOM";
  readonly name: string;
  readonly detail?: unknown;
}

/** The reason of an allowed request that no rule had anything to say about. */
export interface NoReasonData {
  readonly type: "NONE";
}

/** Why a decision or a rule concluded so: plain data, tagged by `type`. */
export type ReasonData =
  | RateLimitReasonData
  | BotReasonData
  | ShieldReasonData
  | EmailReasonData
  | FilterReasonData
  | SensitiveInfoReasonData
  | PromptInjectionReasonData
  | ErrorReasonData
  | CustomReasonData
  | NoReasonData;
