// What all stores do is in test/store-suite.ts; here is what only this one does.
import { describe, expect, it } from "vitest";
import { createHasher } from "./hasher.ts";
import type { Limit } from "./limit.ts";
import { memoryStore } from "./memory-store.ts";
import type { LimitCharge, LimitGroup } from "./store.ts";
import { MAX_GROUPS } from "./tables.ts";

const hash = createHasher("test");
const window = (max: number, windowMs = 60_000): Limit => ({
  algorithm: "FIXED_WINDOW",
  windowMs,
  max,
  anchor: "first",
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

  it("keeps what is spent although the record of a client moves when another of its records is made", () => {
    const { take } = fixture(3);
    const [old, fresh] = [group([window(9)], [true], "old"), group([window(9)], [true], "new")];
    for (const client of ["least", "a", "b"]) take(charge(old, client));
    for (const client of ["a", "b"]) take(charge(old, client));
    // The record that is made takes the place of the one that owes least, and the last moves there.
    take(charge(fresh, "b"), charge(old, "b"));
    expect(take(charge(old, "b"))[0]![0]!.remaining).toBe(5);
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
