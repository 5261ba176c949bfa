import fc from "fast-check";
import { expect, test } from "vitest";
import type { LogEntry } from "./entry.ts";
import { mergeByTime } from "./merge.ts";

const entryOf = (client: string, time: number): LogEntry => ({
  time,
  client,
  method: "GET",
  target: "/",
  httpVersion: undefined,
  tls: false,
  headers: {},
  status: 200,
  holds: { headers: "all", protocol: true },
});

async function merged(logs: readonly (readonly (readonly number[])[])[]) {
  const sources = logs.map(async function* (batches, log) {
    for (const times of batches) yield times.map((time) => entryOf(`${log}`, time));
  });
  const all: LogEntry[] = [];
  for await (const batch of mergeByTime(sources)) all.push(...batch);
  return all;
}

test("logs that are in order are merged in order, and each keeps its own", async () => {
  const times = fc.array(fc.array(fc.integer({ min: 0, max: 99 })), { maxLength: 4 });
  const property = fc.asyncProperty(
    fc.array(times, { minLength: 1, maxLength: 4 }),
    async (logs) => {
      const sorted = logs.map((batches) => {
        const all = batches.flat().toSorted((a, b) => a - b);
        return batches.map((batch) => all.splice(0, batch.length));
      });
      const entries = await merged(sorted);
      const expected = logs.flat(2).toSorted((a, b) => a - b);
      expect(entries.map(({ time }) => time)).toEqual(expected);
    },
  );
  await fc.assert(property);
});

test("a log that is out of order keeps its order", async () => {
  const entries = await merged([[[5, 1, 6]], [[2, 3]]]);
  expect(entries.filter(({ client }) => client === "0").map(({ time }) => time)).toEqual([5, 1, 6]);
  expect(entries).toHaveLength(5);
  expect(await merged([[[5, 1]]])).toHaveLength(2);
  expect(await merged([])).toEqual([]);
});
