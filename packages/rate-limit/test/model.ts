// The limits once more, as naively as they can be said: in exact integers of any size, from the history of
// what was counted rather than from a state, and with a search where the stores have a formula. Stores are
// held against it.
import type { Limit, LimitResult } from "../src/limit.ts";

/** What was counted of one limit for one client, oldest first. */
type History = readonly { readonly at: bigint; readonly units: bigint }[];

/** One limit at one moment. */
interface Moment {
  /** Whether so many units pass. */
  readonly passes: (units: bigint) => boolean;
  readonly resetMs: bigint;
}

const floorDiv = (a: bigint, b: bigint): bigint => a / b;
const ceilDiv = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;

/** Tokens are counted in parts of 1 / intervalMs, of which each millisecond brings refillRate. */
function bucketAt(
  { capacity, refillRate, intervalMs, refill }: Limit & { algorithm: "TOKEN_BUCKET" },
  history: History,
  now: bigint,
): Moment {
  const [every, rate] = [BigInt(intervalMs), BigInt(refillRate)];
  const full = BigInt(capacity) * every;
  let level = full;
  // When the refill clock started, which it does when the bucket leaves full; and what has landed since.
  let [since, landed] = [0n, 0n];
  const bring = (to: bigint): void => {
    if (level === full) return;
    const passed = to - since;
    const due = refill === "continuous" ? passed * rate : floorDiv(passed, every) * rate * every;
    level += due - landed;
    landed = due;
    if (level >= full) level = full;
  };
  for (const { at, units } of history) {
    bring(at);
    if (level === full) [since, landed] = [at, 0n];
    level -= units * every;
  }
  bring(now);
  const missing = full - level;
  const wait =
    refill === "continuous"
      ? ceilDiv(landed + missing, rate)
      : ceilDiv(landed + missing, rate * every) * every;
  return {
    passes: (units) => units * every <= level,
    resetMs: missing === 0n ? 0n : since + wait - now,
  };
}

function windowAt(
  { max, windowMs, anchor }: Limit & { algorithm: "FIXED_WINDOW" },
  history: History,
  now: bigint,
): Moment {
  const length = BigInt(windowMs);
  let opened = anchor === "epoch" ? now - (now % length) : -length;
  let count = 0n;
  for (const { at, units } of history) {
    if (anchor === "first" && at - opened >= length) [opened, count] = [at, 0n];
    if (at >= opened) count += units;
  }
  if (now - opened >= length) [opened, count] = [now, 0n];
  const counts = anchor === "epoch" || count > 0n;
  return {
    passes: (units) => count + units <= BigInt(max),
    resetMs: counts ? opened + length - now : 0n,
  };
}

function slidingAt(
  { max, intervalMs }: Limit & { algorithm: "SLIDING_WINDOW" },
  history: History,
  now: bigint,
): Moment {
  const length = BigInt(intervalMs);
  const window = floorDiv(now, length);
  const rest = (window + 1n) * length - now;
  let [current, previous] = [0n, 0n];
  for (const { at, units } of history) {
    if (floorDiv(at, length) === window) current += units;
    if (floorDiv(at, length) === window - 1n) previous += units;
  }
  return {
    passes: (units) => previous * rest + (current + units) * length <= BigInt(max) * length,
    resetMs: rest,
  };
}

function momentOf(limit: Limit, history: History, now: bigint): Moment {
  switch (limit.algorithm) {
    case "TOKEN_BUCKET":
      return bucketAt(limit, history, now);
    case "FIXED_WINDOW":
      return windowAt(limit, history, now);
    case "SLIDING_WINDOW":
      return slidingAt(limit, history, now);
  }
}

/** The least number from 0 to `most` for which something holds that holds for all above it as well. */
function least(most: bigint, holds: (n: bigint) => boolean): bigint {
  let [low, high] = [0n, most];
  while (low < high) {
    const middle = (low + high) / 2n;
    if (holds(middle)) high = middle;
    else low = middle + 1n;
  }
  return low;
}

/** Longer than any wait: a bucket of 2^32 tokens that takes 2^42 ms for each. */
const FOREVER = 2n ** 80n;

/** One limit for one client. */
class LimitModel {
  readonly #limit: Limit;
  readonly #max: bigint;
  #history: { at: bigint; units: bigint }[] = [];
  #now = 0n;

  constructor(limit: Limit) {
    this.#limit = limit;
    this.#max = BigInt(limit.algorithm === "TOKEN_BUCKET" ? limit.capacity : limit.max);
  }

  /** The clock of a client never runs back. */
  see(now: bigint): void {
    if (now > this.#now) this.#now = now;
  }

  passes(units: bigint): boolean {
    return this.#at(this.#now).passes(units);
  }

  answer(units: bigint, charged: boolean): LimitResult {
    const allowed = this.passes(units);
    const retryAfterMs =
      units > this.#max
        ? null
        : Number(least(FOREVER, (wait) => this.#at(this.#now + wait).passes(units)));
    if (charged) this.#history.push({ at: this.#now, units });
    const { passes, resetMs } = this.#at(this.#now);
    const remaining = this.#max - least(this.#max, (less) => passes(this.#max - less));
    return { allowed, remaining: Number(remaining), resetMs: Number(resetMs), retryAfterMs };
  }

  #at(now: bigint): Moment {
    return momentOf(this.#limit, this.#history, now);
  }
}

/** The limits of one group for one client. */
export class GroupModel {
  readonly #limits: readonly LimitModel[];
  readonly #live: readonly boolean[];

  constructor(limits: readonly Limit[], live: readonly boolean[]) {
    this.#limits = limits.map((limit) => new LimitModel(limit));
    this.#live = live;
  }

  /** Whether a live limit denies. */
  denies(now: number, requested: readonly number[]): boolean {
    for (const limit of this.#limits) limit.see(BigInt(now));
    return this.#limits.some(
      (limit, i) => this.#live[i] === true && !limit.passes(BigInt(requested[i]!)),
    );
  }

  /** What each limit answers, and charges unless it denies, or is live and the request is denied. */
  take(requested: readonly number[], denied: boolean): readonly LimitResult[] {
    return this.#limits.map((limit, i) => {
      const units = BigInt(requested[i]!);
      return limit.answer(units, limit.passes(units) && !(denied && this.#live[i] === true));
    });
  }
}
