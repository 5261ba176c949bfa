// Between decisions and a database: what waits, what is dropped and counted, and what is tried again.
import { afterEach, describe, expect, test, vi } from "vitest";
import { openBatch, type Batch } from "../src/log/batch.ts";
import { createBatcher } from "../src/log/batcher.ts";
import { keptOf } from "../src/log/kept.ts";
import { LogError } from "../src/log/failure.ts";
import {
  BATCH_MS,
  CLOSE_MS,
  MAX_BATCH,
  MAX_BATCH_CHARS,
  MAX_WAITING,
  MAX_WAITING_CHARS,
  RETRY_MS,
} from "../src/log/limits.ts";
import { createRuleBook } from "../src/log/rule-book.ts";
import { decided } from "./log-harness.ts";

afterEach(() => void vi.useRealTimers());

/** A batcher whose writes the test answers. */
function setUp(answer: (batch: Batch, count: number) => Promise<void>) {
  const batches: Batch[] = [];
  const failures: string[] = [];
  const batcher = createBatcher({
    site: "app",
    write: (batch) => {
      batches.push(batch);
      return answer(batch, batches.length);
    },
    failed: (message) => failures.push(message),
    recovered: () => failures.push("recovered"),
    now: Date.now,
  });
  const push = (count: number): void => {
    for (let at = 0; at < count; at++) batcher.push(decided({ id: `req_${at}` }));
  };
  return { batcher, batches, failures, push };
}

const never = (): Promise<void> => new Promise(() => undefined);

describe("a batcher", () => {
  test("writes what came within a quarter of a second together", async () => {
    vi.useFakeTimers();
    const { batcher, batches, push } = setUp(async () => undefined);
    push(3);
    await vi.advanceTimersByTimeAsync(BATCH_MS - 1);
    expect(batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(batches.map(({ size }) => size)).toEqual([3]);
    expect(batcher.status()).toMatchObject({ written: 3, waiting: 0 });
  });

  test("writes what is many sooner, and never in the call that brings it", async () => {
    vi.useFakeTimers();
    const { batches, push } = setUp(async () => undefined);
    push(MAX_BATCH + 1);
    expect(batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(batches.map(({ size }) => size)).toEqual([MAX_BATCH]);
    await vi.advanceTimersByTimeAsync(BATCH_MS);
    expect(batches.map(({ size }) => size)).toEqual([MAX_BATCH, 1]);
  });

  test("writes what is long sooner", async () => {
    vi.useFakeTimers();
    const { batcher, batches } = setUp(async () => undefined);
    const long = decided({ id: "req", text: "x".repeat(1_024) });
    const open = openBatch();
    while (open.chars < MAX_BATCH_CHARS) open.add(keptOf(long, "app", createRuleBook()));
    expect(open.size).toBeLessThan(MAX_BATCH);
    for (let at = 1; at < open.size; at++) batcher.push(long);
    await vi.advanceTimersByTimeAsync(0);
    expect(batches).toEqual([]);
    batcher.push(long);
    await vi.advanceTimersByTimeAsync(0);
    expect(batches.map(({ size }) => size)).toEqual([open.size]);
  });

  test("holds no request while a database takes nothing, but what is kept of it", async () => {
    const { batcher } = setUp(never);
    let looked = 0;
    for (let at = 0; at < 2 * MAX_BATCH; at++) {
      const told = decided({ id: "req" });
      batcher.push({
        ...told,
        get request() {
          looked++;
          return told.request;
        },
      });
    }
    await new Promise((resolve) => setTimeout(resolve, BATCH_MS));
    expect(looked).toBeGreaterThanOrEqual(2 * MAX_BATCH);
    expect(batcher.status().waiting).toBe(2 * MAX_BATCH);
  });

  test("drops what comes beyond so many, counts it, and tells it with the next batch", async () => {
    vi.useFakeTimers();
    let takes = false;
    const { batcher, batches, failures, push } = setUp(async () => {
      if (!takes) throw new Error("away");
    });
    push(1);
    await batcher.flush();
    push(MAX_WAITING - 1);
    expect(batcher.status()).toMatchObject({ dropped: 0, waiting: MAX_WAITING });
    push(1);
    expect(batcher.status()).toMatchObject({ dropped: 1, waiting: MAX_WAITING, failure: "away" });
    takes = true;
    await vi.advanceTimersByTimeAsync(RETRY_MS[0]);
    expect(batcher.status()).toMatchObject({ dropped: 1, waiting: 0, failure: undefined });
    expect(batches.flatMap(({ gap }) => gap ?? [])).toMatchObject([{ dropped: 1, cause: "away" }]);
    expect(failures).toEqual(["away", "recovered"]);
  });

  test("drops what comes beyond so much text", async () => {
    vi.useFakeTimers();
    const { batcher } = setUp(never);
    const text = "x".repeat(1_024);
    for (let sent = 0; sent < MAX_WAITING; sent += MAX_BATCH) {
      for (let at = 0; at < MAX_BATCH; at++) batcher.push(decided({ id: "req", text }));
      await vi.advanceTimersByTimeAsync(0);
    }
    const { waiting, dropped } = batcher.status();
    expect(waiting + dropped).toBe(MAX_WAITING);
    const chars = JSON.stringify(decided({ id: "req", text }).request).length;
    expect(waiting * chars).toBeLessThan(2 * MAX_WAITING_CHARS);
    expect(dropped).toBeGreaterThan(0);
  });

  test("leaves out a batch that the database would refuse each time, and goes on", async () => {
    const { batcher, failures, push } = setUp(async (_, count) => {
      if (count === 1) throw new LogError("a value is out of range", { refused: true });
    });
    push(2);
    await batcher.flush();
    expect(batcher.status()).toEqual({ written: 0, dropped: 2, waiting: 0, failure: undefined });
    push(1);
    await batcher.flush();
    expect(batcher.status()).toMatchObject({ written: 1, dropped: 2 });
    expect(failures).toEqual(["a value is out of range"]);
  });

  test("leaves out a decision that cannot be read, and counts it", async () => {
    const { batcher, push } = setUp(async () => undefined);
    const broken = decided({ id: "req_broken" });
    batcher.push({
      ...broken,
      request: { ...broken.request, headers: new Map([["user-agent", Symbol("x") as never]]) },
    });
    push(1);
    await batcher.flush();
    expect(batcher.status()).toMatchObject({ written: 1, dropped: 1 });
  });

  test("waits twice as long after each failure, up to a limit", async () => {
    vi.useFakeTimers();
    const times: number[] = [];
    const { push } = setUp(async () => {
      times.push(Date.now());
      throw new Error("away");
    });
    push(1);
    await vi.advanceTimersByTimeAsync(120_000);
    const waits = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    expect(waits.slice(0, 6)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000]);
    expect(Math.max(...waits)).toBe(RETRY_MS[1]);
  });

  test("closes after five seconds though the database hangs, and counts what is lost", async () => {
    vi.useFakeTimers();
    const { batcher, push } = setUp(never);
    push(3);
    let closed = false;
    const closing = batcher.close().then(() => (closed = true));
    await vi.advanceTimersByTimeAsync(CLOSE_MS - 1);
    expect(closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await closing;
    expect(batcher.status()).toMatchObject({ dropped: 3, waiting: 0 });
    push(1);
    expect(batcher.status()).toMatchObject({ dropped: 4, waiting: 0 });
  });
});
