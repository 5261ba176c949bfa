// For clients so busy that even a shared round trip is too much: several units are taken at once, and
// spent here without asking. They are charged before they are spent, so that no more passes than the
// limit holds; what is not spent in time is lost. Near the limit there are no leases.
import type { Limit, LimitResult } from "../limit.ts";
import type { Charges, LimitCharge, LimitGroup, Outcome } from "../store.ts";

/** Clients with a lease at once; the oldest makes room. */
export const MAX_LEASES = 4096;
/** Most units that one lease takes in advance. */
export const MAX_LEASE = 1000;
/** A lease takes at most this part of what is left, and lives for at most this part of the shortest limit. */
const PART_OF_REMAINING = 0.05;
const PART_OF_LENGTH = 0.1;

interface Lease {
  /** Units to spend, until `until`; as of `at` the limits answered `results`. */
  left: number;
  until: number;
  at: number;
  results: readonly LimitResult[];
  /** Units that the next lease takes. */
  next: number;
  /** Set while a lease is being taken. */
  pending: Promise<unknown> | undefined;
}

type Ask = (charges: Charges) => Outcome | Promise<Outcome>;

export class Leases {
  readonly #units: number;
  readonly #monotonic: () => number;
  readonly #ask: Ask;
  readonly #leases = new Map<string, Lease>();

  /** `units` is the most a lease takes; `ask` charges a request in Redis. */
  constructor(units: number, monotonic: () => number, ask: Ask) {
    this.#units = units;
    this.#monotonic = monotonic;
    this.#ask = ask;
  }

  take(charges: Charges): Outcome | Promise<Outcome> {
    const [charge] = charges.limits;
    if (charge === undefined || !isLeasable(charges, charge)) return this.#ask(charges);
    const key = keyOf(charge);
    const lease = this.#leases.get(key) ?? this.#start(key);
    const now = this.#monotonic();
    if (lease.left > 0 && now < lease.until) {
      lease.left--;
      return spent(lease, now);
    }
    if (lease.pending) return lease.pending.then(() => this.take(charges));
    if (lease.next < 2) return this.#askForOne(charges, lease);
    // Whoever comes meanwhile waits until what is taken is there to be spent.
    const taken = this.#askForMany(charges, charge, lease).finally(() => {
      lease.pending = undefined;
    });
    lease.pending = taken;
    return taken;
  }

  /** Forgets what was taken in advance, with the counters it was taken from. */
  forget({ limits }: Charges): void {
    for (const charge of limits) this.#leases.delete(keyOf(charge));
  }

  #start(key: string): Lease {
    const made = { left: 0, until: 0, at: 0, results: [], next: 1, pending: undefined };
    this.#leases.set(key, made);
    if (this.#leases.size > MAX_LEASES)
      for (const oldest of this.#leases.keys()) {
        this.#leases.delete(oldest);
        break;
      }
    return made;
  }

  async #askForOne(charges: Charges, lease: Lease): Promise<Outcome> {
    const outcome = await this.#ask(charges);
    this.#plan(lease, outcome);
    return outcome;
  }

  async #askForMany(charges: Charges, charge: LimitCharge, lease: Lease): Promise<Outcome> {
    const units = lease.next;
    const sentAt = this.#monotonic();
    const many = { ...charge, requested: charge.requested.map(() => units) };
    const outcome = await this.#ask({ limits: [many], strikes: [] });
    this.#plan(lease, outcome);
    const results = outcome.limits[0] ?? [];
    if (outcome.degraded === true || !results.every(({ allowed }) => allowed)) {
      lease.next = 1;
      return this.#ask(charges);
    }
    lease.left = units - 1;
    lease.at = sentAt;
    lease.until = sentAt + lifeOf(charge.group, results);
    lease.results = results;
    return spent(lease, sentAt);
  }

  #plan(lease: Lease, { limits, degraded }: Outcome): void {
    const remaining = Math.min(...(limits[0] ?? []).map((result) => result.remaining));
    const part = Math.floor(remaining * PART_OF_REMAINING);
    lease.next = degraded === true ? 1 : Math.min(this.#units, part);
  }
}

/**
 * One unit of each of the live limits of one client, and nothing else. A bucket that refills continuously
 * has no moment to end a lease at: while units of it lay in a lease it would fill again behind them.
 */
function isLeasable({ limits, strikes }: Charges, { group, requested }: LimitCharge): boolean {
  if (limits.length !== 1 || strikes.length !== 0) return false;
  return requested.every(
    (units, i) => units === 1 && group.live[i] === true && !isContinuous(group.limits[i]!),
  );
}

const isContinuous = (limit: Limit): boolean =>
  limit.algorithm === "TOKEN_BUCKET" && limit.refill === "continuous";

const keyOf = ({ group, fingerprint: { high, low } }: LimitCharge): string =>
  `${group.id}:${high}:${low}`;

/** Milliseconds that a lease may live: a part of the shortest limit, and no longer than what it was taken from. */
function lifeOf({ limits }: LimitGroup, results: readonly LimitResult[]): number {
  const lives = limits.map((limit, i) => {
    const length = limit.algorithm === "FIXED_WINDOW" ? limit.windowMs : limit.intervalMs;
    const reset = results[i]?.resetMs ?? 0;
    // A window ends when it is reset. A bucket is reset after whole refills, of which the next is due
    // after what is left of the first of them.
    const rest = limit.algorithm === "TOKEN_BUCKET" ? ((reset - 1) % length) + 1 : reset;
    return Math.min(length * PART_OF_LENGTH, rest);
  });
  return Math.min(...lives);
}

/** What the limits answer to one unit of a lease: what is left of it still is there to spend. */
function spent({ left, at, results }: Lease, now: number): Outcome {
  const passed = Math.floor(now - at);
  return {
    limits: [
      results.map(({ allowed, remaining, resetMs, retryAfterMs }) => ({
        allowed,
        remaining: remaining + left,
        resetMs: Math.max(0, resetMs - passed),
        retryAfterMs,
      })),
    ],
    strikes: [],
  };
}
