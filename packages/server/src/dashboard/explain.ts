// A rule and a reason in words: what was seen, where, and what would let it pass.
import type { Finding, ReasonData, RuleSpec } from "@arcjet/protocol";
import { clean } from "../log/text.ts";

export interface Explained {
  readonly text: string;
  /** One line for each thing that was seen. */
  readonly evidence: readonly string[];
  /** What to write to let it pass, ready to paste. */
  readonly exempt?: string;
}

const list = (names: readonly string[]): string => names.join(", ") || "nothing";

function botText(reason: Extract<ReasonData, { type: "BOT" }>): Explained {
  const { denied, allowed, verified, spoofed, signals } = reason;
  const evidence = [
    ...denied.map((id) => `denied: ${id}`),
    ...allowed.map((id) => `allowed: ${id}`),
    ...signals.map((signal) => `signal: ${signal}`),
    ...(verified ? ["its address is verified"] : []),
    ...(spoofed ? ["it is not who it says it is"] : []),
  ];
  if (denied.length === 0 && allowed.length === 0)
    return { text: "No bot was detected.", evidence };
  if (denied.length === 0) return { text: "A bot that the rule allows.", evidence };
  const exempt = `detectBot({ allow: [${denied.map((id) => JSON.stringify(id)).join(", ")}] })`;
  return { text: `A bot that the rule does not allow: ${list(denied)}.`, evidence, exempt };
}

const findingText = ({ detector, location, evidence, score }: Finding): string =>
  `${detector} in ${location} (score ${score}): ${evidence}`;

function shieldText(reason: Extract<ReasonData, { type: "SHIELD" }>): Explained {
  const { shieldTriggered, suspicious, score, findings, exclusion, retryAfter } = reason;
  const evidence = findings.map(findingText);
  const text = shieldTriggered
    ? retryAfter === undefined
      ? `The request looks like an attack: its score is ${score}.`
      : `The client is blocked for ${retryAfter} s more for what it sent before.`
    : suspicious
      ? `The request is suspicious: its score is ${score}.`
      : "Nothing of an attack was seen.";
  if (exclusion === undefined) return { text, evidence };
  return { text, evidence, exempt: `shield({ exclude: [${JSON.stringify(exclusion)}] })` };
}

function limitText(reason: Extract<ReasonData, { type: "RATE_LIMIT" }>): Explained {
  const { max, remaining, reset, window, retryAfter } = reason;
  const again = retryAfter === undefined ? "" : ` The same request passes after ${retryAfter} s.`;
  return {
    text: `${remaining} of ${max} left in a window of ${window} s, whole again in ${reset} s.${again}`,
    evidence: [],
  };
}

/** What a reason says. */
export function explain(reason: ReasonData): Explained {
  switch (reason.type) {
    case "BOT":
      return botText(reason);
    case "SHIELD":
      return shieldText(reason);
    case "RATE_LIMIT":
      return limitText(reason);
    case "EMAIL": {
      const meant = reason.suggestion === undefined ? [] : [`probably meant: ${reason.suggestion}`];
      return { text: `The address is: ${list(reason.emailTypes)}.`, evidence: meant };
    }
    case "FILTER":
      return {
        text:
          reason.matchedExpressions.length > 0
            ? "An expression matched."
            : "No expression matched.",
        evidence: [
          ...reason.matchedExpressions.map((text) => `matched: ${text}`),
          ...reason.undeterminedExpressions.map((text) => `open, for want of data: ${text}`),
        ],
      };
    case "SENSITIVE_INFO": {
      const kinds = [...new Set(reason.denied.map(({ identifiedType }) => identifiedType))];
      return { text: `Found in the text: ${list(kinds)}.`, evidence: [] };
    }
    case "PROMPT_INJECTION_DETECTION":
      return {
        text: `${reason.injectionDetected ? "An" : "No"} injection; its score is ${reason.score} of 1.`,
        evidence: reason.families.map((family) => `phrases: ${family}`),
      };
    case "ERROR":
      return { text: `The rule failed: ${reason.message}`, evidence: [] };
    case "CUSTOM":
      return { text: `The application's own rule ${reason.name}.`, evidence: [] };
    case "NONE":
      return { text: "Nothing to object to.", evidence: [] };
    default:
      return { text: "A reason of a kind that is not known here.", evidence: [] };
  }
}

const listed = (spec: { readonly allow?: readonly string[]; readonly deny?: readonly string[] }) =>
  spec.allow ? `allow ${list(spec.allow)}` : `deny ${list(spec.deny ?? [])}`;

function limitSpec(spec: Extract<RuleSpec, { type: "RATE_LIMIT" }>): string {
  const by = spec.characteristics.length > 0 ? ` by ${spec.characteristics.join(", ")}` : "";
  switch (spec.algorithm) {
    case "TOKEN_BUCKET":
      return `token bucket of ${spec.capacity}, ${spec.refillRate} more every ${spec.interval} s${by}`;
    case "FIXED_WINDOW":
      return `${spec.max} in a fixed window of ${spec.window} s${by}`;
    default:
      return `${spec.max} in a sliding window of ${spec.interval} s${by}`;
  }
}

/** Characters of a rule that are shown; an expression may be longer. */
const MAX_RULE_TEXT = 400;

function specText(spec: RuleSpec): string {
  switch (spec.type) {
    case "RATE_LIMIT":
      return limitSpec(spec);
    case "SHIELD":
      return `${spec.threshold} findings in ${spec.window} s block for ${spec.blockFor} s`;
    case "PROMPT_INJECTION_DETECTION":
      return `score from ${spec.threshold}`;
    case "CUSTOM":
      return spec.name;
    default:
      return listed(spec);
  }
}

/** A rule in one line; its JSON comes from the log. */
export function ruleText(json: string | undefined): string {
  if (json === undefined) return "";
  try {
    // Written by the log as the JSON of a rule; one that was cut lacks parts and is told by its type alone.
    return clean(specText(JSON.parse(json) as RuleSpec), MAX_RULE_TEXT);
  } catch {
    return "";
  }
}
