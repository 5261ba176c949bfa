/** Looking at limits, and forgetting them, without a request: the client is named by its values. */
import { rateLimitKey } from "@arcjet/ip";
import type { Charges, LimitResult } from "@arcjet/rate-limit";
import type { CharacteristicValue } from "./characteristics.ts";
import type { ClientState } from "./client-state.ts";
import { identifyKey } from "./identity.ts";
import { whenReady, type MaybePromise } from "./maybe-promise.ts";
import type { Plan } from "./plan.ts";

/**
 * The values a client is counted by.
 *
 * @example
 * const key: LimitKey = { "ip.src": "203.0.113.7", userId: "u1" };
 */
export type LimitKey = Readonly<Record<string, CharacteristicValue>>;

/** What one limit holds for a client. */
export interface LimitState {
  readonly ruleId: string;
  /** Whether a request for one unit would pass. */
  readonly allowed: boolean;
  readonly remaining: number;
  /** Seconds until the limit is whole again, rounded up. */
  readonly reset: number;
}

const MS = 1000;
const PEEKED = 1;

/** Reads the limits of a client; one entry for each limiter, in declared order. */
export function peekLimits(
  state: ClientState,
  plan: Plan,
  key: LimitKey,
): MaybePromise<readonly LimitState[]> {
  const charges = chargesFor(state, plan, key);
  const limiters = plan.rules.filter(({ group }) => group !== undefined);
  return whenReady(state.store.peek(charges), ({ limits }) =>
    limiters.map(({ id, group, slot }) => {
      const at = plan.groups.indexOf(group!);
      return toState(id, limits[at]![slot]!);
    }),
  );
}

/** Forgets the limits of a client, and any remembered denial. */
export function resetLimits(state: ClientState, plan: Plan, key: LimitKey): MaybePromise<void> {
  return state.store.reset(chargesFor(state, plan, key));
}

function chargesFor(state: ClientState, plan: Plan, key: LimitKey): Charges {
  const ip = key["ip.src"];
  const clientKey = rateLimitKey(ip === undefined ? "" : String(ip));
  const limits = plan.groups.map(({ group, names }) => ({
    group,
    fingerprint: identifyKey(names, key, clientKey, state.hash),
    requested: group.limits.map(() => PEEKED),
  }));
  return { limits, strikes: [] };
}

/** The store answers as it would to a request for one unit, which is therefore still there. */
function toState(ruleId: string, { allowed, remaining, resetMs }: LimitResult): LimitState {
  return {
    ruleId,
    allowed,
    remaining: allowed ? remaining + PEEKED : remaining,
    reset: Math.ceil(resetMs / MS),
  };
}
