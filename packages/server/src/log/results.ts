// What the rules said of a request, as it is kept. Of most requests every rule has nothing to say: that is known
// beforehand for a list of rules, and is one object and one text for all of them.
import type { ReasonData } from "@arcjet/protocol";
import { MAX_RULES } from "./limits.ts";
import { keptReason } from "./reason.ts";
import { reasonOf, type AnyResult } from "./told.ts";

/** One result as it is kept; `rule` names the rule in the list of rules. */
export interface ResultEntry {
  readonly rule: string;
  readonly type: string;
  readonly mode: string;
  readonly state: string;
  readonly conclusion: string;
  readonly reason?: ReasonData;
}

/** What the rules said of a request. */
export interface Results {
  readonly entries: readonly ResultEntry[];
  /** As JSON, of one line. */
  readonly text: string;
  /** Whether all of them ran and had nothing to object to: then this is the same object each time. */
  readonly silent: boolean;
}

/** A rule as the log names it. */
export interface NamedRule {
  readonly key: string;
  readonly type: string;
  readonly mode: string;
}

/** A list of rules, and what they say when they have nothing to say. */
export interface NamedRules {
  /** Undefined for a rule that has no spec. */
  readonly rules: readonly (NamedRule | undefined)[];
  readonly silence: Results;
}

/** The state of a rule that ran. */
const stateOf = (mode: string): string => (mode === "DRY_RUN" ? mode : "RUN");

const silent = ({ key: rule, type, mode }: NamedRule): ResultEntry => ({
  rule,
  type,
  mode,
  state: stateOf(mode),
  conclusion: "ALLOW",
});

/** Of a rule that ran and had nothing to object to its type, mode and name are written, which tell the rest. */
function shortened(result: ResultEntry): ResultEntry | string {
  const { rule, type, mode, state, conclusion, reason } = result;
  if (conclusion !== "ALLOW" || reason !== undefined || state !== stateOf(mode)) return result;
  return `${type} ${mode} ${rule}`;
}

/** A result from what was stored of it. */
export function whole(stored: ResultEntry | string): ResultEntry {
  if (typeof stored !== "string") return stored;
  const [type = "", mode = "", key = ""] = stored.split(" ");
  return silent({ key, type, mode });
}

/** Results as they are stored. */
export const resultsText = (entries: readonly ResultEntry[]): string =>
  JSON.stringify(entries.map(shortened));

/** What a list of rules says when each has run and has nothing to object to. */
export function silenceOf(rules: readonly (NamedRule | undefined)[]): Results {
  const entries = rules.flatMap((rule) => (rule === undefined ? [] : [silent(rule)]));
  return { entries, text: resultsText(entries), silent: true };
}

/** Whether a reason to allow a request says more than that there was nothing to object to. */
function hasSeen(reason: ReasonData): boolean {
  switch (reason.type) {
    case "NONE":
    case "RATE_LIMIT":
    case "CUSTOM":
      return false;
    case "SHIELD":
      return reason.shieldTriggered || reason.suspicious || reason.findings.length > 0;
    case "BOT": {
      const { allowed, denied, signals, verified, spoofed } = reason;
      return verified || spoofed || allowed.length + denied.length + signals.length > 0;
    }
    case "EMAIL":
      return reason.emailTypes.length > 0;
    case "FILTER":
      return reason.matchedExpressions.length + reason.undeterminedExpressions.length > 0;
    case "SENSITIVE_INFO":
      return reason.allowed.length + reason.denied.length > 0;
    case "PROMPT_INJECTION_DETECTION":
      return reason.injectionDetected || reason.families.length > 0;
    case "ERROR":
      return true;
  }
}

function isSilent(result: AnyResult, rule: NamedRule | undefined): boolean {
  if (rule === undefined || result.conclusion !== "ALLOW" || result.type !== rule.type)
    return false;
  return result.state === stateOf(rule.mode) && !hasSeen(reasonOf(result));
}

function areSilent(results: readonly AnyResult[], { rules }: NamedRules): boolean {
  if (results.length !== rules.length || results.length > MAX_RULES) return false;
  for (let at = 0; at < results.length; at++) {
    const result = results[at];
    if (result === undefined || !isSilent(result, rules[at])) return false;
  }
  return true;
}

function entryOf(result: AnyResult, named: NamedRule | undefined): ResultEntry {
  const reason = reasonOf(result);
  const { type, state, conclusion } = result;
  const mode = named?.mode ?? (state === "DRY_RUN" ? "DRY_RUN" : "LIVE");
  const rule = named?.key ?? "";
  if (state === "NOT_RUN" || (conclusion === "ALLOW" && !hasSeen(reason)))
    return { rule, type, mode, state, conclusion };
  return { rule, type, mode, state, conclusion, reason: keptReason(reason) };
}

/** What is kept of the results of a decision. */
export function resultsOf(results: readonly AnyResult[], named: NamedRules): Results {
  if (areSilent(results, named)) return named.silence;
  const entries = results.slice(0, MAX_RULES).map((result, at) => entryOf(result, named.rules[at]));
  return { entries, text: resultsText(entries), silent: false };
}
