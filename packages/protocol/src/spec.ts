import type { Mode } from "./mode.ts";

interface Spec {
  readonly mode: Mode;
}

/** What every limiter names: the parts of a request that are counted together. */
interface LimiterSpec extends Spec {
  readonly type: "RATE_LIMIT";
  /** Empty means the characteristics of the client, `ip.src` by default. */
  readonly characteristics: readonly string[];
}

export interface TokenBucketSpec extends LimiterSpec {
  readonly algorithm: "TOKEN_BUCKET";
  /** Tokens added per interval. */
  readonly refillRate: number;
  /** Seconds. */
  readonly interval: number;
  readonly capacity: number;
  readonly refill: "interval" | "continuous";
}

export interface FixedWindowSpec extends LimiterSpec {
  readonly algorithm: "FIXED_WINDOW";
  readonly max: number;
  /** Seconds. */
  readonly window: number;
  readonly anchor: "first" | "epoch";
}

export interface SlidingWindowSpec extends LimiterSpec {
  readonly algorithm: "SLIDING_WINDOW";
  readonly max: number;
  /** Seconds. */
  readonly interval: number;
}

export type RateLimitSpec = TokenBucketSpec | FixedWindowSpec | SlidingWindowSpec;

/** Exactly one of `allow` and `deny` is there. */
export interface BotSpec extends Spec {
  readonly type: "BOT";
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
  readonly missingUserAgent: "error" | "deny" | "allow";
  readonly denySpoofed: boolean;
}

export type EmailType =
  | "DISPOSABLE"
  | "FREE"
  | "NO_MX_RECORDS"
  | "NO_GRAVATAR"
  | "INVALID"
  | "ROLE";

/** Exactly one of `allow` and `deny` is there. */
export interface EmailSpec extends Spec {
  readonly type: "EMAIL";
  readonly allow?: readonly EmailType[];
  readonly deny?: readonly EmailType[];
  readonly requireTopLevelDomain: boolean;
  readonly allowDomainLiteral: boolean;
}

export interface ShieldSpec extends Spec {
  readonly type: "SHIELD";
  /** Distinct suspicious findings that block a client. */
  readonly threshold: number;
  /** Seconds in which the findings are counted. */
  readonly window: number;
  /** Seconds a client stays blocked. */
  readonly blockFor: number;
}

/** Exactly one of `allow` and `deny` is there. */
export interface FilterSpec extends Spec {
  readonly type: "FILTER";
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
}

/** Exactly one of `allow` and `deny` is there. */
export interface SensitiveInfoSpec extends Spec {
  readonly type: "SENSITIVE_INFO";
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
}

export interface PromptInjectionSpec extends Spec {
  readonly type: "PROMPT_INJECTION_DETECTION";
  /** Score from 0 to 1 at and above which a message is an injection. */
  readonly threshold: number;
}

/** A rule of the application's own; it runs after all others and only in its process. */
export interface CustomSpec extends Spec {
  readonly type: "CUSTOM";
  readonly name: string;
}

/** A rule as data: plain, serialisable, tagged by `type`. */
export type RuleSpec =
  | RateLimitSpec
  | BotSpec
  | EmailSpec
  | ShieldSpec
  | FilterSpec
  | SensitiveInfoSpec
  | PromptInjectionSpec
  | CustomSpec;

export type RuleType = RuleSpec["type"];
