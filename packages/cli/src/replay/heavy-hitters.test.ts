import fc from "fast-check";
import { expect, test } from "vitest";
import { HeavyHitters } from "./heavy-hitters.ts";
import { MAX_KEPT } from "./own-text.ts";

test("counts are exact while all names fit", () => {
  const names = fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.boolean()));
  fc.assert(
    fc.property(names, (seen) => {
      const hitters = new HeavyHitters(4);
      for (const [name, denied] of seen) hitters.add(name, denied);
      for (const { name, requests, denied } of hitters.top(4)) {
        const own = seen.filter(([other]) => other === name);
        expect([requests, denied]).toEqual([own.length, own.filter(([, denied]) => denied).length]);
      }
    }),
  );
});

test("the table never grows beyond its capacity", () => {
  const hitters = new HeavyHitters(8);
  for (let n = 0; n < 8; n++) hitters.add(`${n}`, false);
  expect(hitters.size).toBe(8);
  for (let n = 8; n < 1_000; n++) {
    hitters.add(`${n}`, n % 2 === 0);
    expect(hitters.size).toBeLessThanOrEqual(8);
  }
});

test("a frequent name stays, however many rare ones come, and is not counted too often", () => {
  const often = fc.integer({ min: 3, max: 5 });
  fc.assert(
    fc.property(often, fc.integer({ min: 16, max: 64 }), (every, capacity) => {
      const hitters = new HeavyHitters(capacity);
      let sent = 0;
      for (let n = 0; n < capacity * 20; n++) {
        if (n % every === 0) {
          hitters.add("often", false);
          sent++;
        } else hitters.add(`${n}`, false);
      }
      const [first] = hitters.top(1);
      expect(first!.name).toBe("often");
      expect(first!.requests).toBeLessThanOrEqual(sent);
      expect(first!.requests).toBeGreaterThan(sent / 2);
    }),
  );
});

test("what is denied comes before what is only frequent", () => {
  const hitters = new HeavyHitters();
  for (let n = 0; n < 100; n++) hitters.add("page", false);
  hitters.add("attack", true);
  expect(hitters.top(2).map(({ name }) => name)).toEqual(["attack", "page"]);
  expect(hitters.top(1).map(({ name }) => name)).toEqual(["attack"]);
});

test("a long name is cut", () => {
  const hitters = new HeavyHitters();
  for (const length of [MAX_KEPT, MAX_KEPT + 1]) hitters.add("x".repeat(length), false);
  expect(hitters.top(2).map(({ name }) => name)).toEqual([
    "x".repeat(MAX_KEPT),
    `${"x".repeat(MAX_KEPT)}…`,
  ]);
});
