// What every store must do, whatever it keeps its records in.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createHasher } from "../src/hasher.ts";
import type { Limit } from "../src/limit.ts";
import { step, type LimitState } from "../src/step.ts";
import type { LimitCharge, LimitGroup, Store, StrikeCharge, StrikePolicy } from "../src/store.ts";

export interface Subject {
  /** A store of its own, on a clock. */
  open(clock: () => number): Store;
  /** How many examples of each property are tried. */
  readonly runs: number;
}

const hash = createHasher("one suite for all");
const START = Date.UTC(2026, 0, 1);
export const window = (max: number, windowMs = 60_000): Limit => ({
  algorithm: "FIXED_WINDOW",
  windowMs,
  max,
  anchor: "first",
});
export const bucket = (
  capacity: number,
  refill: "interval" | "continuous" = "interval",
): Limit => ({
  algorithm: "TOKEN_BUCKET",
  refillRate: 2,
  intervalMs: 3000,
  capacity,
  refill,
});
export const sliding = (max: number): Limit => ({
  algorithm: "SLIDING_WINDOW",
  intervalMs: 5000,
  max,
});
export const group = (
  limits: readonly Limit[],
  live: readonly boolean[] = limits.map(() => true),
  id = "g",
): LimitGroup => ({ id, limits, live });
export const charge = (of: LimitGroup, client: string, ...requested: number[]): LimitCharge => ({
  group: of,
  fingerprint: hash(client),
  requested: requested.length > 0 ? requested : of.limits.map(() => 1),
});

const HUGE = 2 ** 32 - 1;
const limits: readonly (readonly [string, Limit])[] = [
  ["a bucket that refills by intervals", bucket(5)],
  ["a bucket that refills continuously", bucket(5, "continuous")],
  ["a window from the first request", window(4, 3000)],
  ["an aligned window", { algorithm: "FIXED_WINDOW", windowMs: 3000, max: 4, anchor: "epoch" }],
  ["a sliding window", sliding(6)],
  ["a huge sliding window", { algorithm: "SLIDING_WINDOW", intervalMs: HUGE * 1000, max: HUGE }],
  [
    "a huge continuous bucket",
    {
      algorithm: "TOKEN_BUCKET",
      refillRate: HUGE - 1,
      intervalMs: HUGE * 1000,
      capacity: HUGE,
      refill: "continuous",
    },
  ],
];

export function storeSuite(name: string, subject: () => Subject): void {
  function fixture() {
    const clock = { now: START };
    const store = subject().open(() => clock.now);
    const take = async (...limits: LimitCharge[]) =>
      (await store.take({ limits, strikes: [] })).limits;
    const allowed = async (...limits: LimitCharge[]) =>
      (await take(...limits)).flat().map((result) => result.allowed);
    return { clock, store, take, allowed };
  }

  describe(`limits in ${name}`, () => {
    limitTests(fixture, () => subject().runs);
  });
  describe(`strikes in ${name}`, () => {
    strikeTests(fixture);
  });
}

type Fixture = () => {
  clock: { now: number };
  store: Store;
  take: (...limits: LimitCharge[]) => Promise<readonly (readonly { remaining: number }[])[]>;
  allowed: (...limits: LimitCharge[]) => Promise<readonly boolean[]>;
};

function limitTests(fixture: Fixture, runs: () => number): void {
  it("allow exactly what they hold of many simultaneous requests", async () => {
    const { allowed } = fixture();
    const of = group([bucket(37), window(100)]);
    const answers = await Promise.all(Array.from({ length: 500 }, () => allowed(charge(of, "a"))));
    expect(answers.filter((all) => all.every(Boolean))).toHaveLength(37);
  });

  it("are charged all or not at all", async () => {
    const { take, allowed } = fixture();
    const both = group([window(5), window(1)]);
    expect(await allowed(charge(both, "a"))).toEqual([true, true]);
    expect(await allowed(charge(both, "a"))).toEqual([true, false]);
    expect((await take(charge(both, "a")))[0]![0]!.remaining).toBe(4);
  });

  it("are charged together over groups and clients", async () => {
    const { take, allowed } = fixture();
    const [one, other] = [group([window(5)], [true], "one"), group([window(1)], [true], "other")];
    await allowed(charge(one, "a"), charge(other, "b"));
    expect(await allowed(charge(one, "a"), charge(other, "b"))).toEqual([true, false]);
    expect(await allowed(charge(one, "a"), charge(other, "b"))).toEqual([true, false]);
    expect((await take(charge(one, "a")))[0]![0]!.remaining).toBe(3);
  });

  it("in DRY_RUN count for themselves and never decide", async () => {
    const { take, allowed } = fixture();
    const of = group([window(1), window(2)], [false, true]);
    expect(await allowed(charge(of, "a"))).toEqual([true, true]);
    expect((await take(charge(of, "a")))[0]!.map(({ remaining }) => remaining)).toEqual([0, 0]);
  });

  it("in DRY_RUN go on counting while the request is denied", async () => {
    const { take } = fixture();
    const of = group([window(5), window(1)], [false, true]);
    const left: number[] = [];
    for (let i = 0; i < 6; i++) left.push((await take(charge(of, "a")))[0]![0]!.remaining);
    expect(left).toEqual([4, 3, 2, 1, 0, 0]);
  });

  it("take no part when nothing is asked of them", async () => {
    const { take } = fixture();
    const of = group([window(1), window(5)]);
    await take(charge(of, "a", 0, 2));
    expect((await take(charge(of, "a", 1, 1)))[0]!.map(({ remaining }) => remaining)).toEqual([
      0, 2,
    ]);
  });

  it("count both of two charges for one record, or none", async () => {
    const { take, allowed } = fixture();
    const [one, same] = [group([window(3)]), group([window(3)])];
    expect(await allowed(charge(one, "a"), charge(same, "a"))).toEqual([true, true]);
    expect(await allowed(charge(one, "a"), charge(same, "a"))).toEqual([false, false]);
    expect((await take(charge(one, "a")))[0]![0]!.remaining).toBe(0);
  });

  it("never pass more than they can hold at all", async () => {
    const { store } = fixture();
    const of = group([window(3)]);
    const { limits } = await store.take({ limits: [charge(of, "a", 4)], strikes: [] });
    expect(limits[0]![0]).toMatchObject({ allowed: false, remaining: 3, retryAfterMs: null });
  });

  it("are looked at without being charged", async () => {
    const { store, take } = fixture();
    const of = group([window(2)]);
    const peek = async () =>
      (await store.peek({ limits: [charge(of, "a")], strikes: [] })).limits[0]![0]!.remaining;
    const seen = [await peek(), await peek(), (await take(charge(of, "a")))[0]![0]!.remaining];
    expect([...seen, await peek()]).toEqual([1, 1, 1, 0]);
  });

  it("are forgotten for one client alone, denied or not", async () => {
    const { store, allowed } = fixture();
    const of = group([window(1)]);
    for (const client of ["a", "b", "b", "c"]) await allowed(charge(of, client));
    await store.reset({ limits: [charge(of, "b"), charge(of, "nobody")], strikes: [] });
    const again: boolean[] = [];
    for (const client of ["a", "b", "c"]) again.push(...(await allowed(charge(of, client))));
    expect(again).toEqual([false, true, false]);
  });

  it("deny a client that keeps asking exactly until they let it in again", async () => {
    const { clock, store } = fixture();
    const of = group([window(1, 2000), sliding(2)]);
    const ask = async () => {
      const { limits } = await store.take({ limits: [charge(of, "a")], strikes: [] });
      return limits[0]!.map(({ allowed, retryAfterMs }) => [allowed, retryAfterMs]);
    };
    await ask();
    const waits: unknown[] = [];
    for (const passed of [0, 700, 1299, 1]) {
      clock.now += passed;
      waits.push(...(await ask()).slice(0, 1));
    }
    expect(waits).toEqual([
      [false, 2000],
      [false, 1300],
      [false, 1],
      [true, 0],
    ]);
  });

  it.each(limits)("of %s agree with the pure step", async (_, limit) => {
    const max = limit.algorithm === "TOKEN_BUCKET" ? limit.capacity : limit.max;
    const length = limit.algorithm === "FIXED_WINDOW" ? limit.windowMs : limit.intervalMs;
    const request = fc.record({
      client: fc.constantFrom("a", "b"),
      units: fc.oneof(fc.integer({ min: 1, max: Math.ceil(max / 2) }), fc.constant(max + 1)),
      wait: fc.integer({ min: -50, max: length }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 20 }), async (requests) => {
        const { clock, store } = fixture();
        const states = new Map<string, LimitState>();
        let latest = clock.now;
        for (const { client, units, wait } of requests) {
          // A client's clock never runs back; for the server's own that is past what it remembers.
          latest = Math.max(latest, (clock.now += wait));
          clock.now = latest;
          const [state, result] = step(states.get(client), clock.now, limit, units);
          states.set(client, state);
          const of = group([limit]);
          const { limits } = await store.take({ limits: [charge(of, client, units)], strikes: [] });
          const { cached: _, ...answer } = limits[0]![0]!;
          expect(answer).toEqual(result);
        }
      }),
      { numRuns: runs() },
    );
  });
}

function strikeTests(fixture: Fixture): void {
  const policy: StrikePolicy = { id: "shield", threshold: 3, windowMs: 10_000, blockMs: 20_000 };
  const strike = (client: string, ...findings: number[]): StrikeCharge => ({
    policy,
    fingerprint: hash(client),
    findings,
    live: true,
  });

  function strikes() {
    const { clock, store } = fixture();
    const hit = async (...given: Parameters<typeof strike>) =>
      (await store.take({ limits: [], strikes: [strike(...given)] })).strikes[0]!;
    return { clock, store, hit };
  }

  it("block a client at the threshold, for as long as the policy says", async () => {
    const { clock, hit } = strikes();
    expect([(await hit("a", 1)).blocked, (await hit("a", 2)).blocked, await hit("a", 3)]).toEqual([
      false,
      false,
      { blocked: true, count: 3, retryAfterMs: 20_000 },
    ]);
    clock.now += 19_999;
    expect([(await hit("a")).blocked, (await hit("b")).blocked]).toEqual([true, false]);
    clock.now += 1;
    expect(await hit("a")).toEqual({ blocked: false, count: 0, retryAfterMs: 0 });
  });

  it("do not prolong a block", async () => {
    const { clock, hit } = strikes();
    await hit("a", 1, 2, 3);
    clock.now += 15_000;
    expect(await hit("a", 4, 5, 6)).toMatchObject({ blocked: true, retryAfterMs: 5000 });
    clock.now += 5000;
    expect(await hit("a")).toMatchObject({ blocked: false, count: 0 });
  });

  it("count distinct findings only", async () => {
    const { hit } = strikes();
    for (let i = 0; i < 10; i++) await hit("a", 1, 2);
    expect(await hit("a")).toMatchObject({ blocked: false, count: 2 });
  });

  it("count the largest hash, and more findings than the threshold", async () => {
    const { hit } = strikes();
    expect(await hit("a", 0, 2 ** 32 - 1)).toMatchObject({ blocked: false, count: 2 });
    expect(await hit("b", 1, 2, 3, 4, 5)).toMatchObject({ blocked: true, count: 3 });
  });

  it("forget findings that are older than the window", async () => {
    const { clock, hit } = strikes();
    await hit("a", 1, 2);
    clock.now += 10_000;
    expect(await hit("a", 3)).toMatchObject({ blocked: false, count: 1 });
  });

  it("keep live limits from being charged while the client is blocked", async () => {
    const { store, hit } = strikes();
    const of = group([window(5)]);
    await hit("a", 1, 2, 3);
    const ask = () => store.take({ limits: [charge(of, "a")], strikes: [strike("a")] });
    for (let i = 0; i < 3; i++) {
      const { limits, strikes } = await ask();
      expect([limits[0]![0]!.remaining, strikes[0]!.blocked]).toEqual([5, true]);
    }
  });

  it("in DRY_RUN report a block that does not deny", async () => {
    const { store } = fixture();
    const of = group([window(5)]);
    const dry = { ...strike("a", 1, 2, 3), live: false };
    const { limits, strikes } = await store.take({ limits: [charge(of, "a")], strikes: [dry] });
    expect([limits[0]![0]!.remaining, strikes[0]!.blocked]).toEqual([4, true]);
  });

  it("are looked at without being added, and forgotten by reset", async () => {
    const { store, hit } = strikes();
    await store.peek({ limits: [], strikes: [strike("a", 1, 2, 3)] });
    expect((await hit("a")).count).toBe(0);
    await hit("a", 1, 2, 3);
    await hit("a");
    await store.reset({ limits: [], strikes: [strike("a")] });
    expect((await hit("a")).blocked).toBe(false);
  });
}
