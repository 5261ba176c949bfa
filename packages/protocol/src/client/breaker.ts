// A server that does not answer costs every request the whole time limit. After some failures in a row
// the next questions fail at once for a while; then one is let through to see.

/** Failures in a row after which no more questions are asked. */
export const MAX_FAILURES = 5;
/** Milliseconds for which none are asked. */
export const PAUSE_MS = 1_000;

export interface Breaker {
  /** Whether to ask now. */
  mayAsk(): boolean;
  succeeded(): void;
  failed(): void;
}

/** A breaker on a clock in milliseconds. */
export function createBreaker(now: () => number): Breaker {
  let failures = 0;
  let closedUntil = 0;
  return {
    mayAsk: () => {
      if (failures < MAX_FAILURES) return true;
      const time = now();
      if (time < closedUntil) return false;
      closedUntil = time + PAUSE_MS;
      return true;
    },
    succeeded: () => {
      failures = 0;
    },
    failed: () => {
      if (++failures >= MAX_FAILURES) closedUntil = now() + PAUSE_MS;
    },
  };
}
