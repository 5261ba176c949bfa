import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FixedWindow, Limit, SlidingWindow, TokenBucket } from "./limit.ts";
import { type LimitState, maxOf, step } from "./step.ts";

const bucket: TokenBucket = {
  algorithm: "TOKEN_BUCKET",
  refillRate: 2,
  intervalMs: 1000,
  capacity: 5,
  refill: "interval",
};
const flowing: TokenBucket = { ...bucket, refill: "continuous" };
const first: FixedWindow = { algorithm: "FIXED_WINDOW", windowMs: 1000, max: 3, anchor: "first" };
const epoch: FixedWindow = { ...first, anchor: "epoch" };
const sliding: SlidingWindow = { algorithm: "SLIDING_WINDOW", intervalMs: 1000, max: 4 };

const NEVER = null;

/** Rows of time, requested, and what is answered: allowed, remaining, resetMs, retryAfterMs. */
type Row = readonly [number, number, boolean, number, number, number | null];

const tables: readonly (readonly [string, Limit, readonly Row[]])[] = [
  [
    "a bucket refills by whole intervals counted from when it left full",
    bucket,
    [
      [300, 5, true, 0, 3000, 0],
      [1299, 1, false, 0, 2001, 1],
      [1300, 2, true, 0, 3000, 0],
      [1300, 6, false, 0, 3000, NEVER],
      [9000, 1, true, 4, 1000, 0],
    ],
  ],
  [
    "a continuous bucket gives each token when it is due",
    flowing,
    [
      [0, 5, true, 0, 2500, 0],
      [499, 1, false, 0, 2001, 1],
      [500, 1, true, 0, 2500, 0],
    ],
  ],
  [
    "a window opens at the first counted request and ends just before its length",
    first,
    [
      [700, 3, true, 0, 1000, 0],
      [1699, 1, false, 0, 1, 1],
      [1700, 1, true, 2, 1000, 0],
    ],
  ],
  [
    "an aligned window ends at a multiple of its length",
    epoch,
    [
      [700, 3, true, 0, 300, 0],
      [999, 1, false, 0, 1, 1],
      [1000, 1, true, 2, 1000, 0],
    ],
  ],
  [
    "a sliding window weighs the window before by what is left of it, not floored",
    sliding,
    [
      [0, 4, true, 0, 1000, 0],
      [1000, 1, false, 0, 1000, 250],
      [1249, 1, false, 0, 751, 1],
      [1250, 1, true, 0, 750, 0],
    ],
  ],
  [
    "time that runs back counts as no time",
    first,
    [
      [700, 2, true, 1, 1000, 0],
      [100, 1, true, 0, 1000, 0],
    ],
  ],
];

describe("step", () => {
  it.each(tables)("%s", (_, limit, rows) => {
    let state: LimitState | undefined;
    for (const [now, requested, ...expected] of rows) {
      const [next, result] = step(state, now, limit, requested);
      state = next;
      const { allowed, remaining, resetMs, retryAfterMs } = result;
      expect([allowed, remaining, resetMs, retryAfterMs]).toEqual(expected);
    }
  });
});

const amount = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 2 ** 32 - 1 }));
const length = amount.map((seconds) => seconds * 1000);
const limits: fc.Arbitrary<Limit> = fc.oneof(
  fc.record({
    algorithm: fc.constant("TOKEN_BUCKET" as const),
    refillRate: amount,
    intervalMs: length,
    capacity: amount,
    refill: fc.constantFrom("interval" as const, "continuous" as const),
  }),
  fc.record({
    algorithm: fc.constant("FIXED_WINDOW" as const),
    windowMs: length,
    max: amount,
    anchor: fc.constantFrom("first" as const, "epoch" as const),
  }),
  fc.record({
    algorithm: fc.constant("SLIDING_WINDOW" as const),
    intervalMs: length,
    max: amount,
  }),
);
const start = 1_700_000_000_000;
const requests = fc.array(
  fc.record({
    wait: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 2 ** 42 })),
    requested: amount,
  }),
  { maxLength: 20 },
);

/** Every answer along a run of requests, with the state before it. */
function* along(limit: Limit, run: readonly { wait: number; requested: number }[]) {
  let state: LimitState | undefined;
  let now = start;
  for (const { wait, requested } of run) {
    now += wait;
    const [next, result] = step(state, now, limit, requested);
    yield { before: state, now, requested, next, result };
    state = next;
  }
}

describe("step, for every limit and run of requests", () => {
  it("answers in integers within the limit", () => {
    fc.assert(
      fc.property(limits, requests, (limit, run) => {
        for (const { next, result } of along(limit, run)) {
          expect(Number.isSafeInteger(next.used) && Number.isSafeInteger(next.mark)).toBe(true);
          expect(next.used).toBeLessThanOrEqual(maxOf(limit));
          expect(Number.isSafeInteger(result.remaining)).toBe(true);
          expect(result.remaining).toBeGreaterThanOrEqual(0);
          expect(result.remaining).toBeLessThanOrEqual(maxOf(limit));
          expect(result.resetMs).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it("passes a denied request at its retry time and not a millisecond before", () => {
    fc.assert(
      fc.property(limits, requests, (limit, run) => {
        for (const { now, requested, next, result } of along(limit, run)) {
          const { allowed, retryAfterMs } = result;
          expect(retryAfterMs === null).toBe(requested > maxOf(limit));
          if (allowed || retryAfterMs === null) continue;
          expect(retryAfterMs).toBeGreaterThan(0);
          if (now + retryAfterMs > Number.MAX_SAFE_INTEGER) continue;
          expect(step(next, now + retryAfterMs, limit, requested)[1].allowed).toBe(true);
          expect(step(next, now + retryAfterMs - 1, limit, requested)[1].allowed).toBe(false);
        }
      }),
    );
  });

  it("charges nothing for what it denies", () => {
    fc.assert(
      fc.property(limits, requests, amount, (limit, run, other) => {
        const denials = [...along(limit, run)].filter(({ result }) => !result.allowed);
        const answers = (of: "before" | "next") =>
          denials.map((denial) => step(denial[of], denial.now, limit, other)[1]);
        expect(answers("next")).toEqual(answers("before"));
      }),
    );
  });
});
