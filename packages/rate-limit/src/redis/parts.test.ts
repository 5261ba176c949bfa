import { expect, it } from "vitest";
import { tagOf } from "./keys.ts";
import { joinParts, toParts } from "./parts.ts";

const LIMIT = { algorithm: "FIXED_WINDOW", windowMs: 1000, max: 5, anchor: "first" } as const;
const GROUP = { id: "g", limits: [LIMIT], live: [true] };
const POLICY = { id: "p", threshold: 1, windowMs: 1, blockMs: 1 };
const limit = (low: number) => ({ group: GROUP, fingerprint: { high: 0, low }, requested: [1] });
const strike = (low: number) => ({
  policy: POLICY,
  fingerprint: { high: 0, low },
  findings: [],
  live: true,
});

it("charges are parted by slot, and their answers come back in their order", () => {
  const charges = { limits: [limit(1), limit(2), limit(257)], strikes: [strike(2), strike(3)] };
  const parts = toParts(charges);
  expect(
    parts.map(({ tag, limitPlaces, strikePlaces }) => [tag, limitPlaces, strikePlaces]),
  ).toEqual([
    [1, [0, 2], []],
    [2, [1], [0]],
    [3, [], [1]],
  ]);
  const outcome = joinParts(
    parts,
    parts.map((part) => ({
      limits: part.charges.limits.map(({ fingerprint: { low } }) => [
        { allowed: true, remaining: low, resetMs: 0, retryAfterMs: 0 },
      ]),
      strikes: part.charges.strikes.map(({ fingerprint: { low } }) => ({
        blocked: false,
        count: low,
        retryAfterMs: 0,
      })),
    })),
  );
  expect(outcome.limits.map(([result]) => result?.remaining)).toEqual([1, 2, 257]);
  expect(outcome.strikes.map(({ count }) => count)).toEqual([2, 3]);
});

it.each([
  [0, 0],
  [255, 255],
  [256, 0],
  [2 ** 32 - 1, 255],
])("a fingerprint that ends in %d has the tag %d", (low, tag) => {
  expect(tagOf({ high: 9, low })).toBe(tag);
});
