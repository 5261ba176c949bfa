import { describe, expect, it } from "vitest";
import { memoryStore } from "../memory-store.ts";
import type { Limit } from "../limit.ts";
import type { Charges, LimitGroup } from "../store.ts";
import { Leases, MAX_LEASES } from "./leases.ts";

const window = (max: number, windowMs = 60_000): Limit => ({
  algorithm: "FIXED_WINDOW",
  windowMs,
  max,
  anchor: "first",
});
const bucket = (refill: "interval" | "continuous"): Limit => ({
  algorithm: "TOKEN_BUCKET",
  refillRate: 400,
  intervalMs: 10_000,
  capacity: 400,
  refill,
});
const group = (limit: Limit, live = true): LimitGroup => ({
  id: "g",
  limits: [limit],
  live: [live],
});
const charge = (of: LimitGroup, low = 1, requested = 1): Charges => ({
  limits: [{ group: of, fingerprint: { high: 0, low }, requested: [requested] }],
  strikes: [],
});

function fixture(units = 16) {
  const clock = { now: 1_000_000 };
  const store = memoryStore({ clock: () => clock.now });
  let trips = 0;
  const ask = async (charges: Charges) => {
    trips++;
    return store.take(charges);
  };
  const open = () => new Leases(units, () => clock.now, ask);
  return { clock, store, open, trips: () => trips };
}

async function take(leases: Leases, charges: Charges, times: number): Promise<number> {
  let passed = 0;
  for (let i = 0; i < times; i++) if ((await leases.take(charges)).limits[0]![0]!.allowed) passed++;
  return passed;
}

describe("a lease", () => {
  it("saves most trips, and lets exactly pass what the limit holds", async () => {
    const { open, trips } = fixture();
    expect(await take(open(), charge(group(window(1000))), 1200)).toBe(1000);
    expect(trips()).toBeLessThan(500);
  });

  it("never lets more pass with several processes", async () => {
    const { open } = fixture();
    const of = charge(group(window(700)));
    const passed = await Promise.all([open(), open(), open()].map((each) => take(each, of, 500)));
    expect(passed.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(700);
  });

  it("never lets more pass of many requests at once, and answers all of them", async () => {
    const { open } = fixture();
    const leases = open();
    const of = charge(group(window(1000)));
    await take(leases, of, 1);
    const outcomes = await Promise.all(Array.from({ length: 1500 }, () => leases.take(of)));
    expect(outcomes.filter(({ limits }) => limits[0]![0]!.allowed)).toHaveLength(999);
  });

  it("answers without a promise, and counts down as the limit would", async () => {
    const { clock, open } = fixture();
    const leases = open();
    const of = charge(group(window(1000)));
    await take(leases, of, 2);
    clock.now += 500;
    expect(leases.take(of)).toEqual({
      limits: [[{ allowed: true, remaining: 997, resetMs: 59_500, retryAfterMs: 0 }]],
      strikes: [],
    });
  });

  it.each([
    [5_999, false],
    [6_000, true],
  ])("after %d of sixty thousand milliseconds has ended: %s", async (passed, ended) => {
    const { clock, open } = fixture();
    const leases = open();
    const of = charge(group(window(1000)));
    await take(leases, of, 2);
    clock.now += passed;
    expect(leases.take(of) instanceof Promise).toBe(ended);
  });

  it("is not spent in the window after the one it was taken in", async () => {
    const { clock, open } = fixture();
    const leases = open();
    const of = charge(group(window(1000)));
    await take(leases, of, 1);
    clock.now += 59_000;
    await take(leases, of, 1);
    clock.now += 1000;
    expect(leases.take(of)).toBeInstanceOf(Promise);
  });

  it("is not spent once the bucket it was taken from has refilled", async () => {
    const { clock, open } = fixture();
    const leases = open();
    const of = charge(group(bucket("interval")));
    await take(leases, of, 1);
    clock.now += 9_900;
    expect(await take(leases, of, 1)).toBe(1);
    clock.now += 100;
    expect(await take(leases, of, 500)).toBe(400);
  });

  it.each([
    ["of a bucket that refills all the time", charge(group(bucket("continuous")))],
    ["of a limit with little left", charge(group(window(39)))],
    ["in DRY_RUN", charge(group(window(1000), false))],
    ["for more than one unit", charge(group(window(1000)), 1, 2)],
  ])("is not taken %s", async (_, of) => {
    const { open, trips } = fixture();
    await take(open(), of, 10);
    expect(trips()).toBe(10);
  });

  it("is forgotten with its counters", async () => {
    const { open } = fixture();
    const leases = open();
    const of = charge(group(window(1000)));
    await take(leases, of, 2);
    leases.forget(of);
    expect(leases.take(of)).toBeInstanceOf(Promise);
  });

  it.each([
    [MAX_LEASES - 1, false],
    [MAX_LEASES, true],
  ])("is forgotten when %d other clients came after: %s", async (others, forgotten) => {
    const { open } = fixture();
    const leases = open();
    const of = group(window(1000));
    await take(leases, charge(of, 0), 2);
    for (let low = 1; low <= others; low++) await take(leases, charge(of, low), 1);
    expect(leases.take(charge(of, 0)) instanceof Promise).toBe(forgotten);
  });
});
