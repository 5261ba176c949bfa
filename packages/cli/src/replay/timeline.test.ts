import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_SPANS, Timeline } from "./timeline.ts";

const START = Date.UTC(2025, 9, 10);

test("spans are seconds while they are few", () => {
  const timeline = new Timeline();
  for (const seconds of [0, 0, 2]) timeline.add(START + seconds * 1_000, seconds === 2);
  expect(timeline.spans()).toEqual([
    { time: "2025-10-10T00:00:00.000Z", requests: 2, denied: 0 },
    { time: "2025-10-10T00:00:01.000Z", requests: 0, denied: 0 },
    { time: "2025-10-10T00:00:02.000Z", requests: 1, denied: 1 },
  ]);
});

test.each([
  [MAX_SPANS - 1, 1],
  [MAX_SPANS, 5],
])("after %d seconds a span is %d seconds long", (seconds, width) => {
  const timeline = new Timeline();
  timeline.add(START, false);
  timeline.add(START + seconds * 1_000, false);
  expect(timeline.width).toBe(width);
});

test("however long the log is, and in whatever order, nothing is lost and the spans are few", () => {
  const times = fc.array(fc.integer({ min: 0, max: 253_402_300_799_999 }), { minLength: 1 });
  fc.assert(
    fc.property(times, (times) => {
      const timeline = new Timeline();
      for (const time of times) timeline.add(time, time % 2 === 0);
      const spans = timeline.spans();
      expect(spans.length).toBeLessThanOrEqual(MAX_SPANS);
      expect(spans.reduce((sum, { requests }) => sum + requests, 0)).toBe(times.length);
      const denied = times.filter((time) => time % 2 === 0).length;
      expect(spans.reduce((sum, { denied }) => sum + denied, 0)).toBe(denied);
      expect(Date.parse(spans[0]!.time)).toBeLessThanOrEqual(Math.min(...times));
    }),
  );
});

test("without a request there are no spans", () => {
  expect(new Timeline().spans()).toEqual([]);
});
