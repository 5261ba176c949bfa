// Judges the address that the application passes to `protect()`. What is looked for follows from the
// list: a `deny` list looks for its types and nothing else; an `allow` list looks for every documented
// type that it does not allow. NO_GRAVATAR tells a third party about the address and ROLE is not in
// the documented set, so both count only when a `deny` list names them.
import {
  createEmailClassifier,
  type DomainData,
  type EmailClassification,
  type Fetch,
  isEmailType,
  type MailRoutes,
} from "@arcjet/email";
import type { EmailReasonData, EmailSpec, EmailType, Mode } from "@arcjet/protocol";
import {
  checkAllowOrDeny,
  checkBoolean,
  checkKnown,
  checkMode,
  checkObject,
  checkStrings,
  optionError,
} from "../options.ts";
import type { Rule, Verdict } from "../rule.ts";
import { missingProperty, readString } from "./text-property.ts";

interface SharedOptions {
  /** DRY_RUN by default. */
  readonly mode?: Mode;
  /** Whether the domain needs a top-level domain; true by default. */
  readonly requireTopLevelDomain?: boolean;
  /** Whether an address such as `user@[192.0.2.1]` is valid; false by default. */
  readonly allowDomainLiteral?: boolean;
  /** Domains that are never DISPOSABLE or FREE, with everything below them. */
  readonly allowDomains?: readonly string[];
  /** Domains that are always DISPOSABLE, with everything below them. */
  readonly denyDomains?: readonly string[];
  /** Answers whether a domain takes mail; `node:dns` by default. */
  readonly mailRoutes?: MailRoutes;
  /** Asks gravatar.com; the global `fetch` by default. */
  readonly fetch?: Fetch;
  /** The lists of disposable and free domains; those of `@arcjet/email` by default. */
  readonly domains?: DomainData;
}

/** Options of `validateEmail()`: exactly one of `allow` and `deny`. */
export type ValidateEmailOptions = SharedOptions &
  (
    | { readonly allow: readonly EmailType[]; readonly deny?: never }
    | { readonly deny: readonly EmailType[]; readonly allow?: never }
  );

export interface ValidateEmailProps {
  readonly email: string;
}

const RULE = "validateEmail";
const OPTIONS = [
  "mode",
  "allow",
  "deny",
  "requireTopLevelDomain",
  "allowDomainLiteral",
  "allowDomains",
  "denyDomains",
  "mailRoutes",
  "fetch",
  "domains",
];

/** Types an `allow` list refuses when it does not name them. */
const REFUSED_UNLESS_ALLOWED: readonly EmailType[] = [
  "INVALID",
  "DISPOSABLE",
  "FREE",
  "NO_MX_RECORDS",
];
/** Types reported beside those that are refused, since they need no network. */
const REPORTED: readonly EmailType[] = ["DISPOSABLE", "FREE", "ROLE"];
/** Those of them that need no list either: a rule that has no use for the lists does not load them. */
const REPORTED_WITHOUT_LISTS: readonly EmailType[] = ["ROLE"];

/**
 * Denies addresses by what they are: INVALID, DISPOSABLE, FREE, ROLE, NO_MX_RECORDS or NO_GRAVATAR.
 * A look-up that fails denies nothing.
 *
 * @example
 * const aj = arcjet({ rules: [validateEmail({ mode: "LIVE", deny: ["INVALID", "DISPOSABLE"] })] });
 * const decision = await aj.protect(req, { email: "ada@example.com" });
 */
export function validateEmail(options: ValidateEmailOptions): Rule<ValidateEmailProps> {
  const spec = readSpec(checkObject(RULE, options));
  const refused = refusedTypes(spec);
  const { allowDomains, denyDomains, mailRoutes, fetch, domains } = options;
  const classifier = createEmailClassifier({
    types: [...new Set([...refused, ...reportedTypes(spec)])],
    requireTopLevelDomain: spec.requireTopLevelDomain,
    allowDomainLiteral: spec.allowDomainLiteral,
    ...(allowDomains && { allowDomains }),
    ...(denyDomains && { denyDomains }),
    ...(mailRoutes && { mailRoutes }),
    ...(fetch && { fetch }),
    ...(domains && { domains }),
  });
  // Loading starts here so that the first request waits as little as possible; a failure shows there.
  classifier.load().catch(() => undefined);
  return {
    spec,
    reads: ["email"],
    evaluate: ({ props }) => {
      const email = readString(props, "email");
      if (email === undefined) return missingProperty(RULE, "email");
      const found = classifier.classify(email);
      return found instanceof Promise
        ? found.then((found) => judge(found, refused))
        : judge(found, refused);
    },
  };
}

function readSpec(given: Readonly<Record<string, unknown>>): EmailSpec {
  checkKnown(RULE, given, OPTIONS);
  const list = checkAllowOrDeny(RULE, given);
  const types = checkTypes(list, checkStrings(RULE, list, given[list]) ?? []);
  return {
    type: "EMAIL",
    mode: checkMode(RULE, given.mode),
    ...(list === "allow" ? { allow: types } : { deny: types }),
    requireTopLevelDomain: checkBoolean(
      RULE,
      "requireTopLevelDomain",
      given.requireTopLevelDomain,
      true,
    ),
    allowDomainLiteral: checkBoolean(RULE, "allowDomainLiteral", given.allowDomainLiteral, false),
  };
}

function checkTypes(list: string, words: readonly string[]): readonly EmailType[] {
  return words.map((word) => {
    if (isEmailType(word)) return word;
    throw optionError(
      RULE,
      list,
      word,
      "expected any of INVALID, DISPOSABLE, FREE, ROLE, NO_MX_RECORDS, NO_GRAVATAR",
    );
  });
}

function refusedTypes({ allow, deny }: EmailSpec): readonly EmailType[] {
  if (deny) return deny;
  return REFUSED_UNLESS_ALLOWED.filter((type) => !allow?.includes(type));
}

function reportedTypes({ deny }: EmailSpec): readonly EmailType[] {
  const usesLists = !deny || deny.includes("DISPOSABLE") || deny.includes("FREE");
  return usesLists ? REPORTED : REPORTED_WITHOUT_LISTS;
}

function judge(found: EmailClassification, refused: readonly EmailType[]): Verdict {
  const reason: EmailReasonData = {
    type: "EMAIL",
    emailTypes: found.types,
    ...(found.suggestion !== undefined && { suggestion: found.suggestion }),
  };
  const denied = found.types.some((type) => refused.includes(type));
  return { conclusion: denied ? "DENY" : "ALLOW", reason };
}
