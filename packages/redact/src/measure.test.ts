import { describe, expect, test } from "vitest";
import { measurePrompts } from "../test/prompts/measure.ts";
import { measureSensitive, precision, recall } from "../test/sensitive/measure.ts";

describe.each([20_241, 7, 99])("labelled texts, generated from %d", (seed) => {
  const { texts, tallies } = measureSensitive(seed);

  test("there are enough texts", () => {
    expect(texts).toBeGreaterThanOrEqual(500);
  });

  test.each(tallies)("$type is found with precision and recall", (tally) => {
    expect(tally.right + tally.missed).toBeGreaterThan(50);
    expect(precision(tally)).toBeGreaterThanOrEqual(0.98);
    expect(recall(tally)).toBeGreaterThanOrEqual(0.95);
  });
});

test("attacks on prompts are found, and harmless prompts are not", () => {
  const { attacks, harmless, found, wronglyFound } = measurePrompts();
  expect(attacks).toBeGreaterThanOrEqual(200);
  expect(harmless).toBeGreaterThanOrEqual(500);
  expect(found / (found + wronglyFound)).toBeGreaterThanOrEqual(0.98);
  expect(found / attacks).toBeGreaterThanOrEqual(0.9);
});
