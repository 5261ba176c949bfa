// What decides while Redis is away: the limits in the memory of this process, whole or a share of them,
// or one answer for all. Findings against clients are counted in memory in every case.
import type { Limit, LimitResult } from "../limit.ts";
import { type MemoryStore, memoryStore, type MemoryStoreOptions } from "../memory-store.ts";
import { maxOf } from "../step.ts";
import type { Charges, LimitCharge, LimitGroup, Outcome } from "../store.ts";

/** `full`: the same limits in this process; `{ share }`: a part of them; or one answer for all. */
export type Fallback = "full" | "allow" | "deny" | { readonly share: number };

/** Milliseconds after which a client that is denied outright may ask again. */
const DENIED_FOR_MS = 1000;

export interface FallbackStore {
  take(charges: Charges): Outcome;
  peek(charges: Charges): Outcome;
  reset(charges: Charges): void;
}

/** Checks the option and makes the store that stands in. */
export function createFallback(
  fallback: unknown,
  { capacity, clock }: MemoryStoreOptions,
): FallbackStore {
  const memory = memoryStore({
    ...(capacity !== undefined && { capacity }),
    ...(clock && { clock }),
  });
  if (fallback === "full") return degraded(memory, (charges) => charges);
  if (fallback === "allow" || fallback === "deny") return fixed(memory, fallback === "allow");
  const share: unknown =
    typeof fallback === "object" && fallback !== null && Reflect.get(fallback, "share");
  if (typeof share === "number" && share > 0 && share <= 1) return degraded(memory, sharing(share));
  throw new TypeError(
    '`fallback` is none of "full", "allow", "deny" and { share }: give one of them, with a share above 0 and up to 1',
  );
}

function degraded(memory: MemoryStore, change: (charges: Charges) => Charges): FallbackStore {
  return {
    take: (charges) => ({ ...memory.take(change(charges)), degraded: true }),
    peek: (charges) => ({ ...memory.peek(change(charges)), degraded: true }),
    reset: (charges) => memory.reset(change(charges)),
  };
}

function fixed(memory: MemoryStore, allowed: boolean): FallbackStore {
  const answer = ({ group, requested }: LimitCharge): readonly LimitResult[] =>
    group.limits.map((limit, i) => ({
      allowed: allowed || requested[i] === 0,
      remaining: allowed ? maxOf(limit) : 0,
      resetMs: allowed ? 0 : DENIED_FOR_MS,
      retryAfterMs: allowed || requested[i] === 0 ? 0 : DENIED_FOR_MS,
    }));
  const ask = ({ limits, strikes }: Charges, of: "take" | "peek"): Outcome => ({
    limits: limits.map(answer),
    strikes: memory[of]({ limits: [], strikes }).strikes,
    degraded: true,
  });
  return {
    take: (charges) => ask(charges, "take"),
    peek: (charges) => ask(charges, "peek"),
    reset: (charges) => memory.reset(charges),
  };
}

/** Each group with a share of its limits; made once for each. */
function sharing(share: number): (charges: Charges) => Charges {
  const known = new WeakMap<LimitGroup, LimitGroup>();
  const shared = (group: LimitGroup): LimitGroup => {
    const made = known.get(group) ?? {
      ...group,
      limits: group.limits.map((limit) => shareOf(limit, share)),
    };
    known.set(group, made);
    return made;
  };
  return ({ limits, strikes }) => ({
    limits: limits.map((charge) => ({ ...charge, group: shared(charge.group) })),
    strikes,
  });
}

/** A part of a limit, at least one unit of it; a refill of less than one token comes less often. */
function shareOf(limit: Limit, share: number): Limit {
  const part = (amount: number): number => Math.max(1, Math.floor(amount * share));
  if (limit.algorithm !== "TOKEN_BUCKET") return { ...limit, max: part(limit.max) };
  const rate = limit.refillRate * share;
  const intervalMs = rate < 1 ? Math.ceil(limit.intervalMs / rate) : limit.intervalMs;
  return {
    ...limit,
    capacity: part(limit.capacity),
    refillRate: part(limit.refillRate),
    intervalMs,
  };
}
