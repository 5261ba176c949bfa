// What every store must do with findings against a client.
import { expect, it } from "vitest";
import type { StrikeCharge, StrikePolicy } from "../src/store.ts";
import { charge, type Fixture, group, hash, window } from "./charges.ts";

export function strikeTests(fixture: Fixture): void {
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
