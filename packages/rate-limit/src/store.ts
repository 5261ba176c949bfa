import type { Limit, LimitResult } from "./limit.ts";

/** The keyed 64-bit identity of a client, as two unsigned 32-bit words. */
export interface Fingerprint {
  readonly high: number;
  readonly low: number;
}

/** Limits that count the same characteristics: one record per client holds the state of all of them. */
export interface LimitGroup {
  /** Identity of the group: two groups with the same id share state. */
  readonly id: string;
  readonly limits: readonly Limit[];
  /** For each limit, whether its denial decides (LIVE) or is only reported (DRY_RUN). */
  readonly live: readonly boolean[];
}

/** One request against the limits of one group. */
export interface LimitCharge {
  readonly group: LimitGroup;
  readonly fingerprint: Fingerprint;
  /** Units asked of each limit; 0 means the limit takes no part in this request. */
  readonly requested: readonly number[];
}

/** When a client with too many distinct findings is blocked. All times are milliseconds. */
export interface StrikePolicy {
  readonly id: string;
  /** Distinct findings within the window that block the client. */
  readonly threshold: number;
  readonly windowMs: number;
  readonly blockMs: number;
}

/** Findings of one request against its client; none only asks whether the client is blocked. */
export interface StrikeCharge {
  readonly policy: StrikePolicy;
  readonly fingerprint: Fingerprint;
  /** Hashes of the distinct findings, unsigned 32-bit. */
  readonly findings: readonly number[];
  readonly live: boolean;
}

export interface StrikeResult {
  readonly blocked: boolean;
  /** Distinct findings that stand against the client. */
  readonly count: number;
  /** Milliseconds until the block ends; 0 when there is none. */
  readonly retryAfterMs: number;
}

/** Everything one request asks of the store: answered together, in one round trip. */
export interface Charges {
  readonly limits: readonly LimitCharge[];
  readonly strikes: readonly StrikeCharge[];
}

/** The answers, in the order of the charges. */
export interface Outcome {
  readonly limits: readonly (readonly LimitResult[])[];
  readonly strikes: readonly StrikeResult[];
  /** Set when the shared store did not answer and a fallback decided instead. */
  readonly degraded?: boolean;
}

/**
 * Keeps the state of limits and strikes.
 *
 * `take` checks every charge and then commits: when any live limit denies, or a live strike policy
 * blocks, no live limit is charged. Limits in DRY_RUN count for themselves. Two charges for one record
 * are judged as one. Findings are recorded unless the client is blocked already, so that a block ends
 * when it said it would. A synchronous store answers without a promise.
 */
export interface Store {
  /** Secret that keys fingerprints; stores that are shared by several processes must have one. */
  readonly secret?: string;
  take(charges: Charges): Outcome | Promise<Outcome>;
  /** Answers as `take` would, and changes nothing. */
  peek(charges: Charges): Outcome | Promise<Outcome>;
  /** Forgets the state of these clients, and any remembered denial. */
  reset(charges: Charges): void | Promise<void>;
}
