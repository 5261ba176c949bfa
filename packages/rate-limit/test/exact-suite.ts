// Every store must answer as the naive model does, for whatever limits and requests.
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Limit } from "../src/limit.ts";
import { charge, type Fixture, group } from "./charges.ts";
import { GroupModel } from "./model.ts";

const HUGE = 2 ** 32 - 1;
const MS = 1000;
const START = Date.UTC(2026, 0, 1);

const amount = fc.oneof(
  fc.integer({ min: 1, max: 12 }),
  fc.integer({ min: 1, max: HUGE }),
  fc.constantFrom(2 ** 31 - 1, 2 ** 31, HUGE),
);
const length = fc
  .oneof(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: HUGE }), fc.constant(HUGE))
  .map((seconds) => seconds * MS);
const limit: fc.Arbitrary<Limit> = fc.oneof(
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

const mostOf = (of: Limit): number => (of.algorithm === "TOKEN_BUCKET" ? of.capacity : of.max);
const lengthOf = (of: Limit): number =>
  of.algorithm === "FIXED_WINDOW" ? of.windowMs : of.intervalMs;

/** Some of a limit, all of it, and one more than it can ever hold. */
const unitsOf = (of: Limit): fc.Arbitrary<number> => {
  const most = mostOf(of);
  return fc.oneof(
    fc.constantFrom(1, most, Math.min(most + 1, HUGE)),
    fc.integer({ min: 1, max: Math.ceil(most / 3) }),
  );
};

/** A little, some part of a limit, or just about the length of one. */
const waitOf = (limits: readonly Limit[], least: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: least, max: 3000 }),
    fc
      .record({ of: fc.constantFrom(...limits), part: fc.integer({ min: 0, max: 220 }) })
      .map(({ of, part }) => Math.floor((lengthOf(of) * part) / 100)),
    fc
      .record({ of: fc.constantFrom(...limits), off: fc.integer({ min: -1, max: 1 }) })
      .map(({ of, off }) => lengthOf(of) + off),
  );

const scenario = (leastWait: number) =>
  fc.array(limit, { minLength: 1, maxLength: 4 }).chain((limits) =>
    fc.record({
      limits: fc.constant(limits),
      live: fc.array(fc.boolean(), { minLength: limits.length, maxLength: limits.length }),
      requests: fc.array(
        fc.record({
          client: fc.constantFrom("a", "b"),
          wait: waitOf(limits, leastWait),
          requested: fc.tuple(...limits.map(unitsOf)),
        }),
        { maxLength: 20 },
      ),
    }),
  );

/** `leastWait` below 0 lets the clock run back. */
export function exactTests(fixture: Fixture, runs: () => number, leastWait: number): void {
  it("answer in exact integers what the definitions say", async () => {
    await fc.assert(
      fc.asyncProperty(scenario(leastWait), async ({ limits, live, requests }) => {
        const { clock, take } = fixture();
        clock.now = START;
        const of = group(limits, live);
        const models = { a: new GroupModel(limits, live), b: new GroupModel(limits, live) };
        for (const { client, wait, requested } of requests) {
          clock.now += wait;
          const model = models[client];
          const denied = model.denies(clock.now, requested);
          const [answers] = await take(charge(of, client, ...requested));
          // Where the answer comes from is not what is compared.
          expect(answers!.map((answer) => ({ ...answer, cached: false }))).toEqual(
            model.take(requested, denied).map((answer) => ({ ...answer, cached: false })),
          );
        }
      }),
      { numRuns: runs() },
    );
  });
}
