// Rules as data ↔ rules on the wire. Every kind of spec has a form on the wire; a message of a kind that
// has no spec (an earlier generation, or one from the future) gives undefined and keeps its place.
import { create } from "@bufbuild/protobuf";
import {
  BotV2RuleSchema,
  CustomRuleSchema,
  EmailRuleSchema,
  FilterRuleSchema,
  MissingUserAgent,
  PromptInjectionDetectionRuleSchema,
  RateLimitAlgorithm,
  RateLimitRuleSchema,
  RefillMode,
  RuleSchema,
  SensitiveInfoRuleSchema,
  ShieldRuleSchema,
  WindowAnchor,
  type BotV2Rule,
  type EmailRule,
  type RateLimitRule,
  type Rule,
} from "../gen/decide/v1alpha1/decide_pb.js";
import type { BotSpec, EmailSpec, RateLimitSpec, RuleSpec } from "../spec.ts";
import { emailTypesFromWire, emailTypeToWire, modeFromWire, modeToWire } from "./enums.ts";

/** What a zero in a shield rule stands for. */
export const SHIELD_DEFAULTS = { threshold: 5, window: 600, blockFor: 600 } as const;
/** What an absent threshold of a prompt injection rule stands for. */
export const PROMPT_INJECTION_THRESHOLD = 0.5;

const MISSING_USER_AGENT = {
  error: MissingUserAgent.ERROR,
  deny: MissingUserAgent.DENY,
  allow: MissingUserAgent.ALLOW,
} as const;

interface Lists<Entry> {
  readonly allow?: readonly Entry[];
  readonly deny?: readonly Entry[];
}

/** Both lists empty means an empty `allow`, unless `denyNone` says otherwise. */
function listsFromWire<Entry>(rule: {
  allow: Entry[];
  deny: Entry[];
  denyNone: boolean;
}): Lists<Entry> {
  if (rule.allow.length > 0) return { allow: rule.allow };
  return rule.deny.length > 0 || rule.denyNone ? { deny: rule.deny } : { allow: [] };
}

function listsToWire<Entry>(spec: Lists<Entry>) {
  return {
    allow: [...(spec.allow ?? [])],
    deny: [...(spec.deny ?? [])],
    denyNone: spec.allow === undefined && spec.deny?.length === 0,
  };
}

function limiterToWire(spec: RateLimitSpec): RateLimitRule {
  const shared = { mode: modeToWire(spec.mode), characteristics: [...spec.characteristics] };
  switch (spec.algorithm) {
    case "TOKEN_BUCKET":
      return create(RateLimitRuleSchema, {
        ...shared,
        algorithm: RateLimitAlgorithm.TOKEN_BUCKET,
        refillRate: spec.refillRate,
        interval: spec.interval,
        capacity: spec.capacity,
        refill: spec.refill === "continuous" ? RefillMode.CONTINUOUS : RefillMode.INTERVAL,
      });
    case "FIXED_WINDOW":
      return create(RateLimitRuleSchema, {
        ...shared,
        algorithm: RateLimitAlgorithm.FIXED_WINDOW,
        max: spec.max,
        windowInSeconds: spec.window,
        anchor: spec.anchor === "epoch" ? WindowAnchor.EPOCH : WindowAnchor.FIRST,
      });
    case "SLIDING_WINDOW":
      return create(RateLimitRuleSchema, {
        ...shared,
        algorithm: RateLimitAlgorithm.SLIDING_WINDOW,
        max: spec.max,
        interval: spec.interval,
      });
  }
}

function limiterFromWire(rule: RateLimitRule): RateLimitSpec | undefined {
  const shared = {
    type: "RATE_LIMIT",
    mode: modeFromWire(rule.mode),
    characteristics: rule.characteristics,
  } as const;
  switch (rule.algorithm) {
    case RateLimitAlgorithm.TOKEN_BUCKET:
      return {
        ...shared,
        algorithm: "TOKEN_BUCKET",
        refillRate: rule.refillRate,
        interval: rule.interval,
        capacity: rule.capacity,
        refill: rule.refill === RefillMode.CONTINUOUS ? "continuous" : "interval",
      };
    case RateLimitAlgorithm.UNSPECIFIED:
    case RateLimitAlgorithm.FIXED_WINDOW:
      return {
        ...shared,
        algorithm: "FIXED_WINDOW",
        max: rule.max,
        window: rule.windowInSeconds,
        anchor: rule.anchor === WindowAnchor.EPOCH ? "epoch" : "first",
      };
    case RateLimitAlgorithm.SLIDING_WINDOW:
      return { ...shared, algorithm: "SLIDING_WINDOW", max: rule.max, interval: rule.interval };
    default:
      return undefined;
  }
}

function botsFromWire(rule: BotV2Rule): BotSpec {
  const missing = rule.missingUserAgent;
  return {
    type: "BOT",
    mode: modeFromWire(rule.mode),
    ...listsFromWire(rule),
    missingUserAgent:
      missing === MissingUserAgent.DENY
        ? "deny"
        : missing === MissingUserAgent.ALLOW
          ? "allow"
          : "error",
    denySpoofed: rule.denySpoofed,
  };
}

/** `block` is what `deny` was called once. */
function emailFromWire(rule: EmailRule): EmailSpec {
  return {
    type: "EMAIL",
    mode: modeFromWire(rule.mode),
    ...listsFromWire({
      allow: emailTypesFromWire(rule.allow),
      deny: emailTypesFromWire(rule.deny.length > 0 ? rule.deny : rule.block),
      denyNone: rule.denyNone,
    }),
    requireTopLevelDomain: rule.requireTopLevelDomain,
    allowDomainLiteral: rule.allowDomainLiteral,
  };
}

function kindToWire(spec: RuleSpec): Exclude<Rule["rule"], { case: undefined }> {
  const mode = modeToWire(spec.mode);
  switch (spec.type) {
    case "RATE_LIMIT":
      return { case: "rateLimit", value: limiterToWire(spec) };
    case "BOT":
      return {
        case: "botV2",
        value: create(BotV2RuleSchema, {
          mode,
          ...listsToWire(spec),
          missingUserAgent: MISSING_USER_AGENT[spec.missingUserAgent],
          denySpoofed: spec.denySpoofed,
        }),
      };
    case "EMAIL": {
      const { allow, deny, denyNone } = listsToWire(spec);
      return {
        case: "email",
        value: create(EmailRuleSchema, {
          mode,
          allow: allow.map(emailTypeToWire),
          deny: deny.map(emailTypeToWire),
          denyNone,
          requireTopLevelDomain: spec.requireTopLevelDomain,
          allowDomainLiteral: spec.allowDomainLiteral,
        }),
      };
    }
    case "SHIELD":
      return {
        case: "shield",
        value: create(ShieldRuleSchema, {
          mode,
          threshold: spec.threshold,
          windowInSeconds: spec.window,
          blockForSeconds: spec.blockFor,
        }),
      };
    case "FILTER":
      return { case: "filter", value: create(FilterRuleSchema, { mode, ...listsToWire(spec) }) };
    case "SENSITIVE_INFO":
      return {
        case: "sensitiveInfo",
        value: create(SensitiveInfoRuleSchema, { mode, ...listsToWire(spec) }),
      };
    case "PROMPT_INJECTION_DETECTION":
      return {
        case: "promptInjectionDetection",
        value: create(PromptInjectionDetectionRuleSchema, { mode, threshold: spec.threshold }),
      };
    case "CUSTOM":
      return { case: "custom", value: create(CustomRuleSchema, { mode, name: spec.name }) };
  }
}

/**
 * The message for a rule.
 *
 * @example
 * const message = ruleToWire({ type: "FILTER", mode: "LIVE", deny: ["ip.src.tor"] });
 */
export function ruleToWire(spec: RuleSpec): Rule {
  return create(RuleSchema, { rule: kindToWire(spec) });
}

/**
 * The rule a message stands for; undefined when it is of a kind that has no spec. Values are taken as
 * they are: the rule factories check them.
 */
export function ruleFromWire({ rule }: Rule): RuleSpec | undefined {
  switch (rule.case) {
    case "rateLimit":
      return limiterFromWire(rule.value);
    case "botV2":
      return botsFromWire(rule.value);
    case "email":
      return emailFromWire(rule.value);
    case "shield":
      return {
        type: "SHIELD",
        mode: modeFromWire(rule.value.mode),
        threshold: rule.value.threshold || SHIELD_DEFAULTS.threshold,
        window: rule.value.windowInSeconds || SHIELD_DEFAULTS.window,
        blockFor: rule.value.blockForSeconds || SHIELD_DEFAULTS.blockFor,
      };
    case "filter":
      return { type: "FILTER", mode: modeFromWire(rule.value.mode), ...listsFromWire(rule.value) };
    case "sensitiveInfo":
      return {
        type: "SENSITIVE_INFO",
        mode: modeFromWire(rule.value.mode),
        ...listsFromWire(rule.value),
      };
    case "promptInjectionDetection":
      return {
        type: "PROMPT_INJECTION_DETECTION",
        mode: modeFromWire(rule.value.mode),
        threshold: rule.value.threshold ?? PROMPT_INJECTION_THRESHOLD,
      };
    case "custom":
      return { type: "CUSTOM", mode: modeFromWire(rule.value.mode), name: rule.value.name };
    case "bots":
    case undefined:
      return undefined;
  }
}
