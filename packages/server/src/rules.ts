// Rules of a question become rules of the engine, with the same factories that applications use. A rule
// that cannot be built is not a reason to refuse the question: it gives an ERROR result that says why.
import type { BotVerifier } from "@arcjet/bots";
import {
  detectBot,
  detectPromptInjection,
  filter,
  fixedWindow,
  shield,
  slidingWindow,
  tokenBucket,
  validateEmail,
  type Rule,
} from "@arcjet/core";
import type { Fetch, MailRoutes } from "@arcjet/email";
import type { RateLimitSpec, RuleSpec, ShieldSpec } from "@arcjet/protocol";
import type { StrikePolicy } from "@arcjet/rate-limit";

/** What the rules of a server share. */
export interface RuleServices {
  readonly verifier: BotVerifier;
  readonly mailRoutes: MailRoutes;
  readonly fetch: Fetch | undefined;
}

/** A rule that was built, or a stand-in for one that was not. */
export interface BuiltRule {
  readonly rule: Rule<never>;
  /** False for what only the client can judge: its result is NOT_RUN. */
  readonly runs: boolean;
}

function limiterOf(spec: RateLimitSpec): Rule<never> {
  const { mode, characteristics } = spec;
  switch (spec.algorithm) {
    case "TOKEN_BUCKET": {
      const { refillRate, interval, capacity, refill } = spec;
      return tokenBucket({ mode, characteristics, refillRate, interval, capacity, refill });
    }
    case "FIXED_WINDOW": {
      const { window, max, anchor } = spec;
      return fixedWindow({ mode, characteristics, window, max, anchor });
    }
    case "SLIDING_WINDOW": {
      const { interval, max } = spec;
      return slidingWindow({ mode, characteristics, interval, max });
    }
  }
}

/** One of the two lists, as the factories want it. */
function listOf<Entry>(spec: {
  readonly allow?: readonly Entry[];
  readonly deny?: readonly Entry[];
}) {
  return spec.allow ? { allow: spec.allow } : { deny: spec.deny ?? [] };
}

function build(
  spec: RuleSpec,
  { verifier, mailRoutes, fetch }: RuleServices,
): Rule<never> | undefined {
  const { mode } = spec;
  switch (spec.type) {
    case "RATE_LIMIT":
      return limiterOf(spec);
    case "BOT": {
      const { missingUserAgent, denySpoofed } = spec;
      // Names are checked by the factory, whatever their type says.
      const names = listOf(spec) as { readonly allow: readonly "CURL"[] };
      return detectBot({
        mode,
        ...names,
        missingUserAgent,
        denySpoofed,
        verify: "await",
        verifier,
      });
    }
    case "EMAIL": {
      const { requireTopLevelDomain, allowDomainLiteral } = spec;
      const form = { requireTopLevelDomain, allowDomainLiteral };
      const ports = { mailRoutes, ...(fetch && { fetch }) };
      return validateEmail({ mode, ...listOf(spec), ...form, ...ports });
    }
    case "SHIELD": {
      const { threshold, window, blockFor } = spec;
      return shield({ mode, threshold, window, blockFor, testHeader: true, body: true });
    }
    case "FILTER":
      return filter({ mode, ...listOf(spec) });
    case "PROMPT_INJECTION_DETECTION":
      return detectPromptInjection({ mode, threshold: spec.threshold });
    case "SENSITIVE_INFO":
    case "CUSTOM":
      return undefined;
  }
}

/** A rule without an effect, in the place of one that is not judged here. */
function standIn(spec: RuleSpec, message?: string): Rule<never> {
  const evaluate: Rule<never>["evaluate"] = () =>
    message === undefined
      ? { conclusion: "ALLOW", reason: { type: "NONE" } }
      : { conclusion: "ERROR", reason: { type: "ERROR", message } };
  return { spec: { type: "CUSTOM", mode: spec.mode, name: spec.type }, reads: [], evaluate };
}

/** Builds the rule of a spec; undefined is a rule of a kind that has none. */
export function buildRule(spec: RuleSpec | undefined, services: RuleServices): BuiltRule {
  const unknown: RuleSpec = { type: "CUSTOM", mode: "DRY_RUN", name: "unknown" };
  if (spec === undefined) return { rule: standIn(unknown), runs: false };
  try {
    const rule = build(spec, services);
    return rule ? { rule, runs: true } : { rule: standIn(spec), runs: false };
  } catch (cause) {
    return { rule: failing(spec, cause), runs: true };
  }
}

/** A rule whose result is the error that kept it from being built. */
export function failing(spec: RuleSpec, cause: unknown): Rule<never> {
  return standIn(spec, cause instanceof Error ? cause.message : String(cause));
}

const MS = 1_000;

/** The policy by which findings that clients report are counted. */
export function strikePolicy({ mode, threshold, window, blockFor }: ShieldSpec): StrikePolicy {
  return {
    id: `shield:${mode}:${threshold}:${window}:${blockFor}`,
    threshold,
    windowMs: window * MS,
    blockMs: blockFor * MS,
  };
}
