/** A denial in a few words: what spoke against the request. */
import type { ReasonData } from "@arcjet/protocol";

/** Parts of a reason that are named. */
const MAX_PARTS = 4;

const some = (parts: readonly string[]): string => {
  const named = [...new Set(parts)];
  const more = named.length > MAX_PARTS ? `, and ${named.length - MAX_PARTS} more` : "";
  return named.slice(0, MAX_PARTS).join(", ") + more;
};

/** What denied, without what belongs to one request alone. */
export function reasonText(reason: ReasonData): string {
  switch (reason.type) {
    case "RATE_LIMIT":
      return `more than ${reason.max} in ${reason.window} s`;
    case "BOT":
      return some(reason.denied) + (reason.spoofed ? " (spoofed)" : "");
    case "SHIELD":
      if (reason.retryAfter !== undefined) return "client blocked after repeated findings";
      return some(reason.findings.map(({ detector }) => detector));
    case "FILTER":
      return reason.matchedExpressions[0] ?? "no expression of the allow list matched";
    case "EMAIL":
      return some(reason.emailTypes);
    case "SENSITIVE_INFO":
      return some(reason.denied.map(({ identifiedType }) => identifiedType));
    case "PROMPT_INJECTION_DETECTION":
      return some(reason.families);
    case "ERROR":
      return reason.message;
    case "CUSTOM":
      return reason.name;
    case "NONE":
      return "none";
  }
}

/** What would let a request with this reason pass, ready to paste; undefined when there is no general answer. */
export function exemptionText(reason: ReasonData): string | undefined {
  switch (reason.type) {
    case "SHIELD":
      if (reason.exclusion === undefined) return undefined;
      return `shield({ exclude: [${JSON.stringify(reason.exclusion)}] })`;
    case "BOT":
      if (reason.denied.includes("UNKNOWN_BOT"))
        return 'detectBot({ allow: ["CATEGORY:UNKNOWN"] })';
      return `detectBot({ allow: ${JSON.stringify(reason.denied)} })`;
    case "RATE_LIMIT":
      return `a limit above ${reason.max} in ${reason.window} s`;
    case "FILTER": {
      const [matched] = reason.matchedExpressions;
      return matched === undefined
        ? undefined
        : `not (…) around, or a narrower form of: ${matched}`;
    }
    default:
      return undefined;
  }
}
