import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createHasher } from "./hasher.ts";
import type { Limit } from "./limit.ts";
import { memoryStore } from "./memory-store.ts";
import { step, type LimitState } from "./step.ts";
import type { LimitCharge, LimitGroup, StrikeCharge, StrikePolicy } from "./store.ts";
import { MAX_GROUPS } from "./tables.ts";

const hash = createHasher("test");
const window = (max: number, windowMs = 60_000): Limit => ({
  algorithm: "FIXED_WINDOW",
  windowMs,
  max,
  anchor: "first",
});
const bucket = (capacity: number): Limit => ({
  algorithm: "TOKEN_BUCKET",
  refillRate: 1,
  intervalMs: 1000,
  capacity,
  refill: "interval",
});
const group = (
  limits: readonly Limit[],
  live: readonly boolean[] = limits.map(() => true),
  id = "g",
): LimitGroup => ({ id, limits, live });
const charge = (of: LimitGroup, client: string, ...requested: number[]): LimitCharge => ({
  group: of,
  fingerprint: hash(client),
  requested: requested.length > 0 ? requested : of.limits.map(() => 1),
});

function fixture(capacity?: number) {
  const clock = { now: 1_000_000 };
  const store = memoryStore({
    clock: () => clock.now,
    ...(capacity === undefined ? {} : { capacity }),
  });
  const take = (...limits: LimitCharge[]) => store.take({ limits, strikes: [] }).limits;
  const allowed = (...limits: LimitCharge[]) =>
    take(...limits)
      .flat()
      .map((result) => result.allowed);
  return { clock, store, take, allowed };
}

describe("limits in memory", () => {
  it("allow exactly what they hold of many simultaneous requests", async () => {
    const { allowed } = fixture();
    const of = group([bucket(37)]);
    const answers = await Promise.all(
      Array.from({ length: 500 }, async () => allowed(charge(of, "a"))[0]),
    );
    expect(answers.filter(Boolean)).toHaveLength(37);
  });

  it("are charged all or not at all", () => {
    const { take, allowed } = fixture();
    const both = group([window(5), window(1)]);
    expect(allowed(charge(both, "a"))).toEqual([true, true]);
    expect(allowed(charge(both, "a"))).toEqual([true, false]);
    expect(take(charge(both, "a"))[0]![0]!.remaining).toBe(4);
  });

  it("are charged together over groups", () => {
    const { take, allowed } = fixture();
    const [one, other] = [group([window(5)], [true], "one"), group([window(1)], [true], "other")];
    allowed(charge(one, "a"), charge(other, "b"));
    expect(allowed(charge(one, "a"), charge(other, "b"))).toEqual([true, false]);
    expect(take(charge(one, "a"))[0]![0]!.remaining).toBe(3);
  });

  it("in DRY_RUN count for themselves and never decide", () => {
    const { take, allowed } = fixture();
    const of = group([window(1), window(5)], [false, true]);
    expect(allowed(charge(of, "a"))).toEqual([true, true]);
    expect(take(charge(of, "a"))[0]!.map(({ remaining }) => remaining)).toEqual([0, 3]);
  });

  it("take no part when nothing is asked of them", () => {
    const { take } = fixture();
    const of = group([window(1), window(5)]);
    take(charge(of, "a", 0, 2));
    expect(take(charge(of, "a", 1, 1))[0]!.map(({ remaining }) => remaining)).toEqual([0, 2]);
  });

  it("are looked at without being charged", () => {
    const { store, take } = fixture();
    const of = group([window(2)]);
    const peek = () =>
      store.peek({ limits: [charge(of, "a")], strikes: [] }).limits[0]![0]!.remaining;
    expect([peek(), peek(), take(charge(of, "a"))[0]![0]!.remaining, peek()]).toEqual([1, 1, 1, 0]);
  });

  it("are forgotten for one client alone", () => {
    const { store, allowed } = fixture();
    const of = group([window(1)]);
    for (const client of ["a", "b", "c"]) allowed(charge(of, client));
    store.reset({ limits: [charge(of, "b"), charge(of, "nobody")], strikes: [] });
    expect(["a", "b", "c"].map((client) => allowed(charge(of, client))[0])).toEqual([
      false,
      true,
      false,
    ]);
  });

  it("agree with the pure step, whatever is asked by whomever", () => {
    const limits = [
      bucket(5),
      window(4, 3000),
      { algorithm: "SLIDING_WINDOW", intervalMs: 5000, max: 6 } as const,
    ];
    const request = fc.record({
      client: fc.constantFrom("a", "b", "c"),
      which: fc.nat(2),
      units: fc.integer({ min: 1, max: 7 }),
      wait: fc.nat(2500),
    });
    fc.assert(
      fc.property(fc.array(request), (requests) => {
        const { clock, take } = fixture();
        const states = new Map<string, LimitState>();
        for (const { client, which, units, wait } of requests) {
          clock.now += wait;
          const key = `${client}${which}`;
          const [state, result] = step(states.get(key), clock.now, limits[which]!, units);
          states.set(key, state);
          const of = group([limits[which]!], [true], String(which));
          expect(take(charge(of, client, units))[0]![0]).toEqual(result);
        }
      }),
    );
  });
});

describe("a full memory store", () => {
  it("never holds more clients than its capacity", () => {
    const { store, allowed } = fixture(100);
    const of = group([window(3)]);
    for (let i = 0; i < 10_000; i++) allowed(charge(of, `client ${i}`));
    expect(store.stats()).toEqual({ records: 100, evictions: 9900, struck: 0 });
  });

  it("keeps a denied client through a flood of new ones", () => {
    const { allowed } = fixture(64);
    const of = group([window(3)]);
    for (let i = 0; i < 4; i++) allowed(charge(of, "attacker"));
    for (let i = 0; i < 10_000; i++) allowed(charge(of, `client ${i}`));
    expect(allowed(charge(of, "attacker"))).toEqual([false]);
  });

  it("keeps a denied client through a flood in which every client has spent all it had", () => {
    const { allowed } = fixture(64);
    const of = group([window(1)]);
    for (let i = 0; i < 2; i++) allowed(charge(of, "attacker"));
    for (let i = 0; i < 10_000; i++) allowed(charge(of, `client ${i}`));
    expect(allowed(charge(of, "attacker"))).toEqual([false]);
  });

  it.each([
    [MAX_GROUPS, false],
    [MAX_GROUPS + 1, true],
  ])("with %d groups has forgotten the first: %s", (groups, forgotten) => {
    const { allowed } = fixture(2 * MAX_GROUPS);
    const of = (i: number) => group([window(1)], [true], `group ${i}`);
    for (let i = 0; i < groups; i++) allowed(charge(of(i), "a"));
    expect(allowed(charge(of(0), "a"))).toEqual([forgotten]);
  });

  it("keeps clients of one group apart when a request names two of them", () => {
    const { take, allowed } = fixture();
    const of = group([window(2)]);
    allowed(charge(of, "a"));
    expect(
      take(charge(of, "a"), charge(of, "b"))
        .flat()
        .map(({ remaining }) => remaining),
    ).toEqual([0, 1]);
    expect(allowed(charge(of, "a"), charge(of, "b"))).toEqual([false, true]);
    expect(take(charge(of, "b"))[0]![0]!.remaining).toBe(0);
  });

  it("lets records that count nothing any more go first, and counts no eviction for them", () => {
    const { clock, store, allowed } = fixture(64);
    const of = group([window(3)]);
    for (let i = 0; i < 64; i++) allowed(charge(of, `old ${i}`));
    clock.now += 60_000;
    for (let i = 0; i < 64; i++) allowed(charge(of, `new ${i}`));
    expect(store.stats().evictions).toBe(0);
  });

  it("still takes new clients when all are denied", () => {
    const { allowed } = fixture(8);
    const of = group([window(1)]);
    for (let i = 0; i < 8; i++) allowed(charge(of, `client ${i}`));
    expect([allowed(charge(of, "new")), allowed(charge(of, "new"))]).toEqual([[true], [false]]);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 26 + 1])("refuses a capacity of %d", (capacity) => {
    expect(() => memoryStore({ capacity })).toThrow("`capacity`");
  });
});

describe("strikes in memory", () => {
  const policy: StrikePolicy = { id: "shield", threshold: 3, windowMs: 10_000, blockMs: 20_000 };
  const strike = (client: string, ...findings: number[]): StrikeCharge => ({
    policy,
    fingerprint: hash(client),
    findings,
    live: true,
  });

  function strikes() {
    const { clock, store } = fixture();
    const hit = (...given: Parameters<typeof strike>) =>
      store.take({ limits: [], strikes: [strike(...given)] }).strikes[0]!;
    return { clock, store, hit };
  }

  it("block a client at the threshold, for as long as the policy says", () => {
    const { clock, hit } = strikes();
    expect([hit("a", 1).blocked, hit("a", 2).blocked, hit("a", 3)]).toEqual([
      false,
      false,
      { blocked: true, count: 3, retryAfterMs: 20_000 },
    ]);
    clock.now += 19_999;
    expect([hit("a").blocked, hit("b").blocked]).toEqual([true, false]);
    clock.now += 1;
    expect(hit("a")).toEqual({ blocked: false, count: 0, retryAfterMs: 0 });
  });

  it("count distinct findings only", () => {
    const { hit } = strikes();
    for (let i = 0; i < 10; i++) hit("a", 1, 2);
    expect(hit("a")).toMatchObject({ blocked: false, count: 2 });
  });

  it("forget findings that are older than the window", () => {
    const { clock, hit } = strikes();
    hit("a", 1, 2);
    clock.now += 10_000;
    expect(hit("a", 3)).toMatchObject({ blocked: false, count: 1 });
  });

  it("keep live limits from being charged while the client is blocked", () => {
    const { store, hit } = strikes();
    const of = group([window(5)]);
    hit("a", 1, 2, 3);
    const { limits } = store.take({ limits: [charge(of, "a")], strikes: [strike("a")] });
    expect(limits[0]![0]!.remaining).toBe(5);
  });

  it("are looked at without being added, and forgotten by reset", () => {
    const { store, hit } = strikes();
    store.peek({ limits: [], strikes: [strike("a", 1, 2, 3)] });
    expect(hit("a").count).toBe(0);
    hit("a", 1, 2, 3);
    store.reset({ limits: [], strikes: [strike("a")] });
    expect(hit("a").blocked).toBe(false);
  });
});

describe("one capacity for all groups", () => {
  it("bounds the records of all of them together", () => {
    const { store, allowed } = fixture(90);
    const groups = ["a", "b", "c"].map((id) => group([window(3)], [true], id));
    for (let i = 0; i < 3000; i++) allowed(charge(groups[i % 3]!, `client ${i}`));
    expect(store.stats().records).toBe(90);
  });

  it("leaves a small group its records through a flood in another", () => {
    const { allowed } = fixture(64);
    const [small, flooded] = [group([window(1)], [true], "a"), group([window(1)], [true], "b")];
    for (let i = 0; i < 8; i++) allowed(charge(small, `client ${i}`));
    for (let i = 0; i < 5000; i++) allowed(charge(flooded, `client ${i}`));
    const again = Array.from({ length: 8 }, (_, i) => allowed(charge(small, `client ${i}`))[0]);
    expect(again).toEqual(Array.from({ length: 8 }, () => false));
  });

  it("gives a group that comes late its share", () => {
    const { allowed } = fixture(64);
    const [early, late] = [group([window(1)], [true], "a"), group([window(1)], [true], "b")];
    for (let i = 0; i < 64; i++) allowed(charge(early, `client ${i}`));
    for (let i = 0; i < 16; i++) allowed(charge(late, `client ${i}`));
    const again = Array.from({ length: 16 }, (_, i) => allowed(charge(late, `client ${i}`))[0]);
    expect(again).toEqual(Array.from({ length: 16 }, () => false));
  });
});
