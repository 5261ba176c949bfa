import fc from "fast-check";
import { expect, test } from "vitest";
import { bar, sparkline, squeeze } from "./charts.ts";

test("a line is as high as its numbers", () => {
  expect(sparkline([0, 1, 4, 8])).toBe(" ▁▄█");
  expect(sparkline([])).toBe("");
  expect(sparkline([0, 0])).toBe("  ");
});

test("a bar is as long as its share, and no longer than its width", () => {
  expect([bar(0, 4), bar(0.5, 4), bar(1, 4), bar(2, 4), bar(-1, 4)]).toEqual([
    "",
    "██",
    "████",
    "████",
    "",
  ]);
  expect(bar(0.3, 4)).toBe("█▎");
});

test("squeezing loses nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 50 }), (numbers, width) => {
      const squeezed = squeeze(numbers, width);
      expect(squeezed.length).toBeLessThanOrEqual(width);
      const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0);
      expect(sum(squeezed)).toBe(sum(numbers));
    }),
  );
});
