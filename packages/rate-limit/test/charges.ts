// What suites ask of stores, and the store they ask.
import { createHasher } from "../src/hasher.ts";
import type { Limit, LimitResult } from "../src/limit.ts";
import type { LimitCharge, LimitGroup, Store } from "../src/store.ts";

export type Fixture = () => {
  clock: { now: number };
  store: Store;
  take: (...limits: LimitCharge[]) => Promise<readonly (readonly LimitResult[])[]>;
  allowed: (...limits: LimitCharge[]) => Promise<readonly boolean[]>;
};

export const hash = createHasher("one suite for all");
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
