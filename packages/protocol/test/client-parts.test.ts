// What the client of a Decide server is made of: the queue of its reports, the breaker, and its options.
import { describe, expect, test } from "vitest";
import { createBreaker, MAX_FAILURES, PAUSE_MS } from "../src/client/breaker.ts";
import { remote } from "../src/client/node.ts";
import { MAX_KEY_LENGTH, MAX_TIMEOUT_MS } from "../src/client/options.ts";
import { createQueue, MAX_SENDING, MAX_WAITING } from "../src/client/queue.ts";

describe("the queue of reports", () => {
  test("sends a few at once, keeps as many as it may, and drops the rest", async () => {
    const queue = createQueue();
    const started: (() => void)[] = [];
    const job = () => new Promise<void>((done) => started.push(done));
    const taken = Array.from({ length: MAX_SENDING + MAX_WAITING + 1 }, () => queue.add(job));
    expect(taken.filter(Boolean)).toHaveLength(MAX_SENDING + MAX_WAITING);
    expect(taken.at(-1)).toBe(false);
    expect(started).toHaveLength(MAX_SENDING);
    const idle = queue.idle();
    for (let at = 0; at < MAX_SENDING + MAX_WAITING; at++) {
      started[at]!();
      await Promise.resolve();
      await Promise.resolve();
    }
    await idle;
    expect(started).toHaveLength(MAX_SENDING + MAX_WAITING);
  });

  test("goes on after a job that fails", async () => {
    const queue = createQueue();
    let ran = 0;
    for (let i = 0; i < MAX_SENDING + 2; i++)
      queue.add(() => {
        ran++;
        return Promise.reject(new Error("lost"));
      });
    await queue.idle();
    expect(ran).toBe(MAX_SENDING + 2);
  });
});

test("the breaker lets one question through when its pause is over, and all once that is answered", () => {
  let time = 0;
  const breaker = createBreaker(() => time);
  for (let i = 1; i < MAX_FAILURES; i++) breaker.failed();
  expect(breaker.mayAsk()).toBe(true);
  breaker.failed();
  expect(breaker.mayAsk()).toBe(false);
  time = PAUSE_MS - 1;
  expect(breaker.mayAsk()).toBe(false);
  time = PAUSE_MS;
  expect([breaker.mayAsk(), breaker.mayAsk()]).toEqual([true, false]);
  breaker.succeeded();
  expect([breaker.mayAsk(), breaker.mayAsk()]).toEqual([true, true]);
});

describe("options", () => {
  const url = "http://127.0.0.1:3001";

  test.each([
    [{ baseUrl: "127.0.0.1:3001", key: "k" }, "`baseUrl`"],
    [{ baseUrl: "ftp://127.0.0.1", key: "k" }, "`baseUrl`"],
    [{ baseUrl: url, key: "" }, "`key`"],
    [{ baseUrl: url, key: "a b" }, "`key`"],
    [{ baseUrl: url, key: "k".repeat(MAX_KEY_LENGTH + 1) }, "`key`"],
    [{ baseUrl: url, key: "k", timeout: 0 }, "`timeout`"],
    [{ baseUrl: url, key: "k", timeout: 1.5 }, "`timeout`"],
    [{ baseUrl: url, key: "k", timeout: MAX_TIMEOUT_MS + 1 }, "`timeout`"],
    [{ baseUrl: url, key: "k", httpVersion: "3" as "2" }, "`httpVersion`"],
  ])("%j are refused by name", (options, name) => {
    expect(() => remote(options)).toThrow(name);
  });

  test("the key is never part of a message", () => {
    expect(() => remote({ baseUrl: url, key: "se cret" })).toThrow(/^(?!.*se cret)/s);
  });

  test.each([
    [1, "k"],
    [MAX_TIMEOUT_MS, "k".repeat(MAX_KEY_LENGTH)],
  ])("a timeout of %d is taken", async (timeout, key) => {
    const decider = remote({ baseUrl: url, key, timeout });
    expect(decider.timeoutMs).toBe(timeout);
    await decider.close();
  });
});
