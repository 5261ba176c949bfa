/**
 * Remembers which limits have just denied whom, so that a client that keeps asking costs no round trip:
 * by rule, fingerprint and the smallest `requested` that was denied, until the retry time and no longer
 * than five seconds.
 */
import type { RateLimitReasonData } from "@arcjet/protocol";
import type { Fingerprint } from "@arcjet/rate-limit";

/** Longest a denial is remembered, in milliseconds. */
export const MAX_DENIAL_MS = 5_000;
/** Most denials that are remembered; the oldest is forgotten first. */
export const MAX_DENIALS = 10_000;
const MS = 1_000;

interface Denial {
  readonly requested: number;
  readonly since: number;
  readonly until: number;
  readonly reason: RateLimitReasonData;
}

export interface Denials {
  /** The remembered denial of a request for so much, its times counted down. */
  find(rule: string, client: Fingerprint, requested: number): RateLimitReasonData | undefined;
  add(rule: string, client: Fingerprint, requested: number, reason: RateLimitReasonData): void;
}

const keyOf = (rule: string, { high, low }: Fingerprint): string => `${rule}:${high}:${low}`;

/** A bounded table of denials on a clock in milliseconds. */
export function createDenials(now: () => number): Denials {
  const table = new Map<string, Denial>();
  return {
    find: (rule, client, requested) => {
      if (table.size === 0) return undefined;
      const key = keyOf(rule, client);
      const denial = table.get(key);
      if (denial === undefined) return undefined;
      const time = now();
      if (time >= denial.until || time < denial.since) {
        table.delete(key);
        return undefined;
      }
      if (requested < denial.requested) return undefined;
      const passed = (time - denial.since) / MS;
      const { reason } = denial;
      return {
        ...reason,
        reset: Math.max(0, Math.ceil(reason.reset - passed)),
        retryAfter: Math.max(1, Math.ceil((reason.retryAfter ?? 0) - passed)),
      };
    },
    add: (rule, client, requested, reason) => {
      const wait = Math.min((reason.retryAfter ?? 0) * MS, MAX_DENIAL_MS);
      if (wait <= 0) return;
      const key = keyOf(rule, client);
      const since = now();
      const known = table.get(key);
      const smallest =
        known && known.until > since ? Math.min(known.requested, requested) : requested;
      table.delete(key);
      table.set(key, { requested: smallest, since, until: since + wait, reason });
      if (table.size <= MAX_DENIALS) return;
      for (const oldest of table.keys()) {
        table.delete(oldest);
        break;
      }
    },
  };
}
