// Checks of the classifier's options. A wrong one throws where the classifier is built.
import type { EmailType } from "./classification.ts";
import { parseDomain } from "./domain.ts";

const TYPES: ReadonlySet<string> = new Set<EmailType>([
  "INVALID",
  "DISPOSABLE",
  "FREE",
  "ROLE",
  "NO_MX_RECORDS",
  "NO_GRAVATAR",
]);

/** Whether a word is an e-mail type. */
export function isEmailType(value: unknown): value is EmailType {
  return typeof value === "string" && TYPES.has(value);
}

export function checkTypes(types: readonly EmailType[]): readonly EmailType[] {
  const wrong: unknown = types.find((type) => !isEmailType(type));
  if (wrong !== undefined)
    throw new TypeError(
      `email options error: \`types\` contains ${JSON.stringify(wrong)}, expected any of ${[...TYPES].join(", ")}`,
    );
  return types;
}

/** The two lists of the application as sets of names in ASCII. */
export function checkDomains(
  allow: readonly string[] = [],
  deny: readonly string[] = [],
): readonly [allowed: ReadonlySet<string>, denied: ReadonlySet<string>] {
  const allowed = new Set(allow.map((name) => checkDomain("allowDomains", name)));
  const denied = new Set(deny.map((name) => checkDomain("denyDomains", name)));
  for (const name of allowed)
    if (denied.has(name))
      throw new TypeError(
        `email options error: \`allowDomains\` and \`denyDomains\` both contain "${name}"; remove it from one of them`,
      );
  return [allowed, denied];
}

function checkDomain(option: string, value: unknown): string {
  const domain = typeof value === "string" ? parseDomain(value, false) : undefined;
  if (domain && "name" in domain) return domain.name;
  throw new TypeError(
    `email options error: \`${option}\` contains ${JSON.stringify(value)}, expected a domain such as "example.com"`,
  );
}
