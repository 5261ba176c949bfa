// Judges a text that the application passes to `protect()`. It is read in this process only: nothing of
// it is logged, stored or sent, and the reason names types and offsets, never the text.
import {
  createFinder,
  DEFAULT_TYPES,
  type Detect,
  isBuiltInType,
  type SensitiveInfoBackend,
  type Span,
} from "@arcjet/redact";
import type { Mode, SensitiveInfoSpec } from "@arcjet/protocol";
import {
  checkAllowOrDeny,
  checkInteger,
  checkKnown,
  checkMode,
  checkObject,
  checkStrings,
  optionError,
} from "../options.ts";
import type { Rule, Verdict } from "../rule.ts";
import { foreignFailure, missingProperty, readString } from "./text-property.ts";

/** UTF-16 code units of a text that are looked through. */
export const MAX_SENSITIVE_TEXT = 1_048_576;

interface SharedOptions<Custom extends string> {
  /** DRY_RUN by default. */
  readonly mode?: Mode;
  /** Names the type of each word, or undefined for a word that is not sensitive. */
  readonly detect?: Detect<Custom>;
  /** Words shown to `detect` at once, from 1 to 100; 1 by default. */
  readonly contextWindowSize?: number;
  /** A model that finds further types, such as names and addresses. */
  readonly backend?: SensitiveInfoBackend;
}

/** Types that are built in; the last three are looked for only when a `deny` list names them. */
export type SensitiveInfoType =
  | "EMAIL"
  | "PHONE_NUMBER"
  | "IP_ADDRESS"
  | "CREDIT_CARD_NUMBER"
  | "IBAN"
  | "US_SSN"
  | "API_KEY";

/** Options of `sensitiveInfo()`: exactly one of `allow` and `deny`. */
export type SensitiveInfoOptions<Custom extends string = string> = SharedOptions<Custom> &
  (
    | { readonly allow: readonly (SensitiveInfoType | Custom)[]; readonly deny?: never }
    | { readonly deny: readonly (SensitiveInfoType | Custom)[]; readonly allow?: never }
  );

export interface SensitiveInfoProps {
  /** The text to look through. */
  readonly sensitiveInfoValue?: string;
}

const RULE = "sensitiveInfo";
const PROPERTY = "sensitiveInfoValue";
const FOREIGN = "`detect` or `backend`";
const OPTIONS = ["mode", "allow", "deny", "detect", "contextWindowSize", "backend"];

/**
 * Denies texts that contain sensitive information: `deny` refuses the listed types, `allow` every other
 * type that is found.
 *
 * @example
 * const aj = arcjet({ rules: [sensitiveInfo({ mode: "LIVE", deny: ["CREDIT_CARD_NUMBER"] })] });
 * const decision = await aj.protect(req, { sensitiveInfoValue: comment });
 */
export function sensitiveInfo<const Custom extends string = never>(
  options: SensitiveInfoOptions<Custom>,
): Rule<SensitiveInfoProps> {
  const spec = readSpec(checkObject(RULE, options));
  const refuses = refusal(spec);
  const find = buildFinder(options, spec);
  return {
    spec,
    reads: [PROPERTY],
    evaluate: ({ props }) => {
      const value = readString(props, PROPERTY);
      if (value === undefined) return missingProperty(RULE, PROPERTY);
      const settle = (spans: readonly Span[]): Verdict => judge(spans, refuses, value.length);
      const fail = (cause: unknown): Verdict => foreignFailure(RULE, FOREIGN, cause);
      try {
        const spans = find(value.slice(0, MAX_SENSITIVE_TEXT));
        return spans instanceof Promise ? spans.then(settle, fail) : settle(spans);
      } catch (cause) {
        return fail(cause);
      }
    },
  };
}

function readSpec(given: Readonly<Record<string, unknown>>): SensitiveInfoSpec {
  checkKnown(RULE, given, OPTIONS);
  const list = checkAllowOrDeny(RULE, given);
  const types = checkStrings(RULE, list, given[list]) ?? [];
  const extended = given.detect !== undefined || given.backend !== undefined;
  const unknown = types.find((type) => !isBuiltInType(type));
  if (unknown !== undefined && !extended)
    throw optionError(
      RULE,
      list,
      unknown,
      "expected a built-in type; other types need `detect` or `backend`, which find them",
    );
  return {
    type: "SENSITIVE_INFO",
    mode: checkMode(RULE, given.mode),
    ...(list === "allow" ? { allow: types } : { deny: types }),
  };
}

type Refuses = (type: string) => boolean;

function refusal({ allow, deny }: SensitiveInfoSpec): Refuses {
  return deny ? (type) => deny.includes(type) : (type) => !allow?.includes(type);
}

type FindSpans = (text: string) => readonly Span[] | Promise<readonly Span[]>;

/** Finds every type that the lists speak of, and any that the application's own detectors name. */
function buildFinder<Custom extends string>(
  { detect, contextWindowSize, backend }: SensitiveInfoOptions<Custom>,
  { allow, deny }: SensitiveInfoSpec,
): FindSpans {
  checkFunction("detect", detect);
  // `null` and the like are what callers without types may pass.
  if (backend !== undefined) checkFunction("backend.detect", backend?.detect ?? null);
  return createFinder({
    types: [...new Set([...DEFAULT_TYPES, ...(allow ?? []), ...(deny ?? [])])],
    otherTypes: true,
    contextWindowSize: checkInteger(RULE, "contextWindowSize", contextWindowSize, 1, 100, 1),
    ...(detect && { detect }),
    ...(backend && { backend }),
  });
}

function checkFunction(option: string, value: unknown): void {
  if (value !== undefined && typeof value !== "function")
    throw optionError(RULE, option, value, "expected a function");
}

function judge(spans: readonly Span[], refuses: Refuses, length: number): Verdict {
  const denied = spans.filter(({ identifiedType }) => refuses(identifiedType));
  if (denied.length === 0 && length > MAX_SENSITIVE_TEXT) return tooLong(length);
  const allowed = spans.filter(({ identifiedType }) => !refuses(identifiedType));
  return {
    conclusion: denied.length > 0 ? "DENY" : "ALLOW",
    reason: { type: "SENSITIVE_INFO", allowed, denied },
  };
}

function tooLong(length: number): Verdict {
  return {
    conclusion: "ERROR",
    reason: {
      type: "ERROR",
      message: `\`${RULE}\` looks through ${MAX_SENSITIVE_TEXT} characters and found nothing to deny; the text has ${length}: pass it in parts`,
    },
  };
}
