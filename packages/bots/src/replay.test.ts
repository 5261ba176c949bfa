import { describe, expect, test } from "vitest";
import { usedOnce } from "./replay.ts";

describe("usedOnce", () => {
  test("takes a value once until it expires", () => {
    let time = 0;
    const used = usedOnce(() => time);
    expect(used.take("a", 10)).toBe(true);
    expect(used.take("a", 10)).toBe(false);
    time = 9;
    expect(used.take("a", 10)).toBe(false);
    time = 10;
    expect(used.take("a", 20)).toBe(true);
  });

  test("takes nothing new when it is full, until something expires", () => {
    let time = 0;
    const used = usedOnce(() => time, 2);
    expect([used.take("a", 5), used.take("b", 10), used.take("c", 10)]).toEqual([
      true,
      true,
      false,
    ]);
    time = 5;
    expect(used.take("c", 10)).toBe(true);
    expect(used.take("d", 10)).toBe(false);
  });
});
