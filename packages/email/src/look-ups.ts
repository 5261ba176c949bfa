// Questions to others on behalf of a request: the same question shares one look-up, answers are remembered
// for a while, and neither the memory nor what is under way grows with what clients send.
import { withDeadline, type Timer } from "./deadline.ts";

/** Keys remembered; the oldest is forgotten for a new one. */
export const MAX_REMEMBERED = 10_000;
/** Look-ups under way at once; what comes beyond that is `unknown`. */
export const MAX_IN_FLIGHT = 1_000;

const HOUR_MS = 3_600_000;
const REMEMBER_MS: Readonly<Record<Found, number>> = {
  found: HOUR_MS,
  none: HOUR_MS / 6,
  // Long enough that what is asked and out of order does not delay every request.
  unknown: 10_000,
};

/** Whether there is what was looked up; `unknown` when nobody said. */
export type Found = "found" | "none" | "unknown";

export interface LookUpOptions {
  /** Milliseconds for one look-up. */
  readonly timeoutMs: number;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number;
  readonly timer?: Timer;
}

interface Remembered {
  readonly found: Found;
  readonly until: number;
}

/** Builds a look-up with its own memory: found for 1 hour, none for 10 minutes, unknown for 10 seconds. */
export function createLookUp(
  ask: (key: string, signal: AbortSignal) => Promise<Found>,
  { timeoutMs, now = Date.now, timer }: LookUpOptions,
): (key: string) => Found | Promise<Found> {
  const remembered = new Map<string, Remembered>();
  const inFlight = new Map<string, Promise<Found>>();
  const start = async (key: string): Promise<Found> => {
    const found = await withDeadline<Found>((signal) => ask(key, signal), {
      timeoutMs,
      late: "unknown",
      ...(timer && { timer }),
    });
    inFlight.delete(key);
    remember(remembered, key, { found, until: now() + REMEMBER_MS[found] });
    return found;
  };
  return (key) => {
    const known = remembered.get(key);
    if (known && known.until > now()) return known.found;
    const asked = inFlight.get(key);
    if (asked) return asked;
    if (inFlight.size >= MAX_IN_FLIGHT) return "unknown";
    const answer = start(key);
    inFlight.set(key, answer);
    return answer;
  };
}

function remember(memory: Map<string, Remembered>, key: string, entry: Remembered): void {
  memory.delete(key);
  if (memory.size >= MAX_REMEMBERED) {
    const [oldest] = memory.keys();
    if (oldest !== undefined) memory.delete(oldest);
  }
  memory.set(key, entry);
}
