// Questions about the result of a bot rule, as documented: a boolean, or undefined when the result is
// not of such a rule, did not run, or belongs to a rule that only watches.

import type { ReasonData, RuleResultData } from "@arcjet/protocol";

/** The parts of a rule result that are looked at. */
export interface InspectedResult {
  readonly state: RuleResultData["state"];
  readonly reason: ReasonData;
  readonly type?: RuleResultData["type"];
}

/** The signal of a request without a user agent. */
export const MISSING_USER_AGENT = "missing-user-agent";

// Our rule and the Decide service write the first form, the documented one; version 1 of the official
// SDK writes the second when it decides by itself.
const MISSING_MESSAGE = /missing User-Agent header|requires `?user-agent`? header/i;

function isWatched({ state, type }: InspectedResult): boolean {
  return state === "DRY_RUN" || (type !== undefined && type !== "BOT");
}

/**
 * Whether a client only says that it is the bot it names; undefined for results of other or DRY_RUN rules.
 *
 * @example
 * if (decision.results.some(isSpoofedBot)) return new Response("Forbidden", { status: 403 });
 */
export function isSpoofedBot(result: InspectedResult): boolean | undefined {
  return isWatched(result) || result.reason.type !== "BOT" ? undefined : result.reason.spoofed;
}

/**
 * Whether a client has been shown to be the bot it names; undefined for results of other or DRY_RUN rules.
 *
 * @example
 * const known = decision.results.some(isVerifiedBot);
 */
export function isVerifiedBot(result: InspectedResult): boolean | undefined {
  return isWatched(result) || result.reason.type !== "BOT" ? undefined : result.reason.verified;
}

/**
 * Whether a request had no user agent; undefined for results of other or DRY_RUN rules.
 *
 * @example
 * if (decision.results.some(isMissingUserAgent)) return new Response("Bad request", { status: 400 });
 */
export function isMissingUserAgent(result: InspectedResult): boolean | undefined {
  if (isWatched(result)) return undefined;
  const { reason } = result;
  if (reason.type === "BOT") return reason.signals.includes(MISSING_USER_AGENT);
  return reason.type === "ERROR" ? MISSING_MESSAGE.test(reason.message) : undefined;
}
