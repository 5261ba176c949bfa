/** Looking at limits, and forgetting them, without a request: the client is named by its values. */
import { rateLimitKey } from "@arcjet/ip";
import type { LimitCharge, LimitResult } from "@arcjet/rate-limit";
import type { CharacteristicValue } from "./characteristics.ts";
import type { ClientState } from "./client-state.ts";
import { identifyKey } from "./identity.ts";
import type { MaybePromise } from "./maybe-promise.ts";
import type { Plan, PlannedGroup } from "./plan.ts";

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
export async function peekLimits(
  state: ClientState,
  plan: Plan,
  key: LimitKey,
): Promise<readonly LimitState[]> {
  const limiters = plan.rules.filter(({ group }) => group !== undefined);
  // Each limit is asked by itself: together, one that denies would change what the others answer.
  return Promise.all(
    limiters.map(async ({ id, group, slot }) => {
      const { limits } = await state.store.peek({
        limits: [chargeFor(state, group!, key, slot)],
        strikes: [],
      });
      return toState(id, limits[0]![slot]!);
    }),
  );
}

/** Forgets the limits of a client, and any remembered denial. */
export function resetLimits(state: ClientState, plan: Plan, key: LimitKey): MaybePromise<void> {
  return state.store.reset({
    limits: plan.groups.map((group) => chargeFor(state, group, key)),
    strikes: [],
  });
}

/** A charge of one unit for the client of a key: to one limit of a group, or to all of them. */
function chargeFor(
  state: ClientState,
  { group, names }: PlannedGroup,
  key: LimitKey,
  slot?: number,
): LimitCharge {
  const ip = key["ip.src"];
  const clientKey = rateLimitKey(ip === undefined ? "" : String(ip));
  return {
    group,
    fingerprint: identifyKey(names, key, clientKey, state.hash),
    requested: group.limits.map((_, at) => (slot === undefined || slot === at ? PEEKED : 0)),
  };
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
