// Findings against clients. Few clients have any, so they live in a small map apart from the limits: the
// clients that struck longest ago make room for new ones, blocked clients last.
import type { StrikeCharge, StrikePolicy, StrikeResult } from "./store.ts";

/** Clients with findings that are remembered at once. */
export const MAX_STRUCK_CLIENTS = 65_536;
/** Clients looked at for one that is not blocked, before the oldest goes. */
const MAX_SCAN = 64;

const CLEAN: StrikeResult = Object.freeze({ blocked: false, count: 0, retryAfterMs: 0 });

interface Strikes {
  /** Time of each distinct finding; at most `threshold` of them. */
  readonly found: Map<number, number>;
  blockedUntil: number;
}

export class StrikeTable {
  readonly #clients = new Map<string, Strikes>();
  readonly #capacity: number;

  constructor(capacity: number = MAX_STRUCK_CLIENTS) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#clients.size;
  }

  /** Adds findings, and tells whether the client is blocked now. */
  strike({ policy, fingerprint, findings }: StrikeCharge, now: number): StrikeResult {
    if (findings.length === 0 && this.#clients.size === 0) return CLEAN;
    const key = `${policy.id}:${fingerprint.high}:${fingerprint.low}`;
    const known = this.#clients.get(key);
    if (known === undefined && findings.length === 0) return CLEAN;
    const strikes = known ?? { found: new Map(), blockedUntil: 0 };
    if (strikes.blockedUntil <= now) {
      forget(strikes, policy, now);
      for (const finding of findings)
        if (strikes.found.size < policy.threshold || strikes.found.has(finding))
          strikes.found.set(finding, now);
      // What a blocked client does counts no more: a block ends when it said it would.
      if (strikes.found.size >= policy.threshold) strikes.blockedUntil = now + policy.blockMs;
    }
    this.#keep(key, strikes, now);
    return toResult(strikes, now);
  }

  /** Forgets what stands against a client. */
  remove({ policy, fingerprint }: StrikeCharge): void {
    this.#clients.delete(`${policy.id}:${fingerprint.high}:${fingerprint.low}`);
  }

  /** Keeps the clients in the order of their last strike. */
  #keep(key: string, strikes: Strikes, now: number): void {
    this.#clients.delete(key);
    if (strikes.found.size === 0 && strikes.blockedUntil <= now) return;
    this.#clients.set(key, strikes);
    if (this.#clients.size > this.#capacity) this.#clients.delete(this.#victim(now));
  }

  #victim(now: number): string {
    let oldest: string | undefined;
    let seen = 0;
    for (const [key, { blockedUntil }] of this.#clients) {
      oldest ??= key;
      if (blockedUntil <= now) return key;
      if (++seen === MAX_SCAN) break;
    }
    return oldest ?? "";
  }
}

/** A block that has ended takes the findings that led to it along. */
function forget(strikes: Strikes, { windowMs }: StrikePolicy, now: number): void {
  if (strikes.blockedUntil > 0) {
    strikes.found.clear();
    strikes.blockedUntil = 0;
  }
  for (const [finding, at] of strikes.found)
    if (now - at >= windowMs) strikes.found.delete(finding);
}

function toResult({ found, blockedUntil }: Strikes, now: number): StrikeResult {
  const blocked = blockedUntil > now;
  return { blocked, count: found.size, retryAfterMs: blocked ? blockedUntil - now : 0 };
}
