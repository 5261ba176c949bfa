// What every store must do, whatever it keeps its records in.
import { describe, expect, it } from "vitest";
import type { LimitCharge, Store } from "../src/store.ts";
import { bucket, charge, type Fixture, group, sliding, window } from "./charges.ts";
import { exactTests } from "./exact-suite.ts";
import { strikeTests } from "./strike-suite.ts";

export interface Subject {
  /** A store of its own, on a clock. */
  open(clock: () => number): Store;
  /** How many examples of each property are tried. */
  readonly runs: number;
  /** Whether it remembers the clock of a client that has used nothing: then the clock may run back. */
  readonly remembersClocks?: boolean;
}

const START = Date.UTC(2026, 0, 1);
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
    limitTests(fixture);
    const { remembersClocks = false } = subject();
    exactTests(fixture, () => subject().runs, remembersClocks ? -3000 : 0);
  });
  describe(`strikes in ${name}`, () => {
    strikeTests(fixture);
  });
}

function limitTests(fixture: Fixture): void {
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
}
