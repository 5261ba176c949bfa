// Judges a message before a model reads it. The built-in score is a heuristic over common phrases, and
// an application that has a better judge passes it as `classifier`: the higher of the two counts.
import {
  DEFAULT_THRESHOLD,
  MAX_PROMPT_LENGTH,
  type PromptScore,
  scorePrompt,
} from "@arcjet/redact";
import type { Mode, PromptInjectionSpec } from "@arcjet/protocol";
import { checkKnown, checkMode, checkObject, optionError } from "../options.ts";
import type { Rule, Verdict } from "../rule.ts";
import { foreignFailure, missingProperty, readString } from "./text-property.ts";

/** Judges a message: from 0, harmless, to 1, certainly an injection. */
export type PromptClassifier = (message: string) => number | Promise<number>;

/** Options of `detectPromptInjection()`. */
export interface DetectPromptInjectionOptions {
  /** DRY_RUN by default. */
  readonly mode?: Mode;
  /** Score from which a message is an injection, above 0 and up to 1; 0.5 by default. */
  readonly threshold?: number;
  /** A judge of the application's own; the higher of its score and the built-in one counts. */
  readonly classifier?: PromptClassifier;
}

export interface DetectPromptInjectionProps {
  /** The message to judge. */
  readonly detectPromptInjectionMessage: string;
}

const RULE = "detectPromptInjection";
const PROPERTY = "detectPromptInjectionMessage";
const CLASSIFIER = "classifier";

/**
 * Denies messages that try to command the model which will read them. It finds common attempts, not all:
 * keep the model's rights small.
 *
 * @example
 * const aj = arcjet({ rules: [detectPromptInjection({ mode: "LIVE" })] });
 * const decision = await aj.protect(req, { detectPromptInjectionMessage: message });
 */
export function detectPromptInjection(
  options: DetectPromptInjectionOptions = {},
): Rule<DetectPromptInjectionProps> {
  const spec = readSpec(checkObject(RULE, options));
  const { classifier } = options;
  return {
    spec,
    reads: [PROPERTY],
    evaluate: ({ props }) => {
      const message = readString(props, PROPERTY);
      if (message === undefined) return missingProperty(RULE, PROPERTY);
      const found = scorePrompt(message);
      const settle = (rated: unknown): Verdict => judge(found, rated, spec.threshold);
      const fail = (cause: unknown): Verdict => foreignFailure(RULE, `\`${CLASSIFIER}\``, cause);
      try {
        const rated = classifier?.(message);
        return rated instanceof Promise ? rated.then(settle, fail) : settle(rated);
      } catch (cause) {
        return fail(cause);
      }
    },
  };
}

/** The name the rule had before it was final. */
export const experimental_detectPromptInjection: typeof detectPromptInjection =
  detectPromptInjection;

function readSpec(given: Readonly<Record<string, unknown>>): PromptInjectionSpec {
  checkKnown(RULE, given, ["mode", "threshold", CLASSIFIER]);
  const { threshold = DEFAULT_THRESHOLD, classifier } = given;
  if (typeof threshold !== "number" || !(threshold > 0 && threshold <= 1))
    throw optionError(RULE, "threshold", threshold, "expected a number above 0 and up to 1");
  if (classifier !== undefined && typeof classifier !== "function")
    throw optionError(RULE, CLASSIFIER, classifier, "expected a function");
  return { type: "PROMPT_INJECTION_DETECTION", mode: checkMode(RULE, given.mode), threshold };
}

function judge(found: PromptScore, rated: unknown, threshold: number): Verdict {
  if (rated !== undefined && !isRating(rated)) return badRating(rated);
  const score = Math.max(found.score, rated ?? 0);
  const injectionDetected = score >= threshold;
  if (!injectionDetected && found.truncated && rated === undefined) return tooLong();
  const families = rated !== undefined && rated >= threshold ? [CLASSIFIER] : [];
  return {
    conclusion: injectionDetected ? "DENY" : "ALLOW",
    reason: {
      type: "PROMPT_INJECTION_DETECTION",
      injectionDetected,
      score,
      families: [...found.families, ...families],
    },
  };
}

function tooLong(): Verdict {
  return {
    conclusion: "ERROR",
    reason: {
      type: "ERROR",
      message: `\`${RULE}\` looks at ${MAX_PROMPT_LENGTH} characters and found nothing in them; the message is longer: pass it in parts`,
    },
  };
}

function isRating(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}

function badRating(rated: unknown): Verdict {
  return {
    conclusion: "ERROR",
    reason: {
      type: "ERROR",
      message: `\`${RULE}\` got ${typeof rated === "number" ? rated : typeof rated} from \`${CLASSIFIER}\`, expected a number from 0 to 1`,
    },
  };
}
