import { describe, expect, test } from "vitest";
import { recentCache } from "./recent.ts";

describe("recentCache", () => {
  test("remembers up to twice its size and forgets the oldest generation", () => {
    const cache = recentCache<number>(2);
    for (let key = 0; key < 4; key++) cache.set(`${key}`, key);
    expect(cache.size).toBe(4);
    expect(cache.get("0")).toBe(0);
    cache.set("4", 4);
    expect(cache.size).toBeLessThanOrEqual(4);
    expect(cache.get("1")).toBeUndefined();
    expect(cache.get("4")).toBe(4);
  });

  test("keeps what is used", () => {
    const cache = recentCache<number>(2);
    cache.set("kept", 1);
    for (let key = 0; key < 100; key++) {
      cache.set(`${key}`, key);
      expect(cache.get("kept")).toBe(1);
    }
    expect(cache.size).toBeLessThanOrEqual(4);
  });
});
