// Bodies as they come: whole, too large, cut off, and more of them at once than there may be.
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { createBudget, readBody } from "../src/body.ts";
import { createDeadlines } from "../src/deadlines.ts";
import { MAX_MESSAGE_BYTES } from "../src/limits.ts";

const deadlines = createDeadlines(60_000);
/** The head of a gRPC frame comes on top of the message. */
const MAX_BYTES = MAX_MESSAGE_BYTES + 5;

/** Reads a body that comes in these parts. */
function read(parts: readonly number[], budget?: ReturnType<typeof createBudget>) {
  const stream = new PassThrough();
  const body = readBody(stream, { announced: undefined, deadlines, budget });
  for (const size of parts) stream.write(new Uint8Array(size));
  return { stream, body };
}

describe("a body", () => {
  test.each([[[]], [[0]], [[1]], [[3, 4]], [[MAX_BYTES]], [[MAX_BYTES - 1, 1]]])(
    "of %j bytes is read whole",
    async (parts) => {
      const { stream, body } = read(parts);
      stream.end();
      expect((await body).length).toBe(parts.reduce((sum, size) => sum + size, 0));
    },
  );

  test.each([[[MAX_BYTES + 1]], [[MAX_BYTES, 1]]])("of %j bytes is too large", async (parts) => {
    await expect(read(parts).body).rejects.toMatchObject({ code: "resource_exhausted" });
  });

  test.each([
    [String(MAX_BYTES + 1), "resource_exhausted"],
    [String(MAX_BYTES), "canceled"],
  ])("that announces %s bytes is %s when nothing comes", async (announced, code) => {
    const stream = new PassThrough();
    const body = readBody(stream, { announced, deadlines });
    stream.destroy();
    await expect(body).rejects.toMatchObject({ code });
  });
});

describe("a budget", () => {
  test("is shared by the bodies that are not whole, and is whole again when they are", async () => {
    const budget = createBudget(10);
    const first = read([6], budget);
    const second = read([4], budget);
    await expect.poll(() => budget.take(1)).toBe(false);
    await expect(read([1], budget).body).rejects.toMatchObject({ code: "resource_exhausted" });
    first.stream.end();
    await first.body;
    const third = read([6], budget);
    third.stream.end();
    expect((await third.body).length).toBe(6);
    second.stream.destroy();
    await expect(second.body).rejects.toMatchObject({ code: "canceled" });
    expect([budget.take(10), budget.take(1)]).toEqual([true, false]);
  });
});
