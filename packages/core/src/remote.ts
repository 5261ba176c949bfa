/** What a client that asks a Decide server keeps, and how its rules are ordered. */
import type { RemoteDecider } from "@arcjet/protocol";
import type { Store } from "@arcjet/rate-limit";
import type { RemoteFactory } from "./arcjet-options.ts";
import { createDenials, type Denials } from "./denials.ts";
import { optionError } from "./options.ts";
import type { Plan } from "./plan.ts";
import type { decideRemotely } from "./remote-decide.ts";

/** Rules one question may hold. */
export const MAX_REMOTE_RULES = 10;

export interface Remote {
  readonly decider: RemoteDecider;
  readonly denials: Denials;
  /** Whether the last question had no answer: what changes is logged, not every failure. */
  down: boolean;
}

/** Checks the `client` option, and makes the client where the option is what makes it. */
export function createRemote(
  client: RemoteDecider | RemoteFactory | undefined,
  key: string | undefined,
  now: () => number,
): Remote | undefined {
  if (client === undefined) return undefined;
  const decider = typeof client === "function" ? client(key) : client;
  if (typeof decider?.decide !== "function" || typeof decider.report !== "function")
    throw optionError("arcjet", "client", client, "expected what remote() gives");
  return { decider, denials: createDenials(now), down: false };
}

/** Whether a rule counts: those are asked of the server, after all others. */
export const counts = ({ type }: { readonly type: string }): boolean =>
  type === "SHIELD" || type === "RATE_LIMIT";

/**
 * The plan with the rules that need no server first: a request that one of them denies costs no question.
 *
 * @throws TypeError when there are more rules than one question may hold.
 */
export function localFirst(plan: Plan): Plan {
  const { rules } = plan;
  if (rules.length > MAX_REMOTE_RULES)
    throw new TypeError(
      `\`arcjet\` options error: ${rules.length} rules are given, at most ${MAX_REMOTE_RULES} may be with a Decide server; join some of them`,
    );
  return { ...plan, rules: rules.toSorted((a, b) => Number(counts(a)) - Number(counts(b))) };
}

/** Decides with the server; what that takes is loaded by the first question, since few clients have one. */
export const decideWithServer: typeof decideRemotely = async (...question) =>
  (await import("./remote-decide.ts")).decideRemotely(...question);

/** The counters of a client: with a server they are there, and not to be had. */
export function hasCounters<
  State extends { readonly remote: Remote | undefined; readonly store: Store },
>(state: State): State {
  if (state.remote === undefined) return state;
  throw new TypeError("the counters of this client are on the Decide server; ask there");
}
