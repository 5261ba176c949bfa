import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDeadlines } from "../src/deadlines.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("each is called when its own time is over, unless it has ended", () => {
  const { begin, end } = createDeadlines(100);
  const late: string[] = [];
  begin(() => late.push("a"));
  vi.advanceTimersByTime(40);
  begin(() => late.push("b"));
  const ended = begin(() => late.push("ended"));
  vi.advanceTimersByTime(59);
  expect(late).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(late).toEqual(["a"]);
  end(ended);
  vi.advanceTimersByTime(39);
  expect(late).toEqual(["a"]);
  vi.advanceTimersByTime(1);
  expect(late).toEqual(["a", "b"]);
});

test("one that begins when all others are over is called too, and waits with one timer", () => {
  const { begin } = createDeadlines(100);
  const late = vi.fn<() => void>();
  begin(late);
  vi.advanceTimersByTime(1_000);
  expect(vi.getTimerCount()).toBe(0);
  for (let i = 0; i < 50; i++) begin(late);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(100);
  expect(late).toHaveBeenCalledTimes(51);
});
