import { expect, it } from "vitest";
import { slotCache } from "./slot-cache.ts";

it("gives back what was kept, and nothing for what was not", () => {
  const cache = slotCache<string>(4);
  expect(cache.set(7, "seven")).toBe("seven");
  expect([cache.get(7), cache.get(8), cache.get(0), cache.get(2 ** 40)]).toEqual([
    "seven",
    undefined,
    undefined,
    undefined,
  ]);
});

it("keeps as many values as it has slots, and never gives one for another key", () => {
  const cache = slotCache<number>(4);
  for (let key = 0; key < 1000; key++) cache.set(key, key);
  const kept = Array.from({ length: 1000 }, (_, key) => cache.get(key));
  expect(kept.filter((value) => value !== undefined)).toHaveLength(16);
  expect(kept.every((value, key) => value === undefined || value === key)).toBe(true);
});

it("spreads neighbours over all slots", () => {
  const cache = slotCache<number>(8);
  for (let key = 0; key < 256; key++) cache.set(key * 64, key);
  const kept = Array.from({ length: 256 }, (_, key) => cache.get(key * 64));
  expect(kept.filter((value) => value !== undefined).length).toBeGreaterThan(128);
});
