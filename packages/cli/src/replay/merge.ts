/**
 * Several logs as one, by time: rotated files as well as the logs of several servers. Each log keeps its
 * own order.
 */
import type { LogEntry } from "./entry.ts";

type Batches = AsyncIterable<readonly LogEntry[]>;

interface Head {
  readonly rest: AsyncIterator<readonly LogEntry[]>;
  batch: readonly LogEntry[];
  at: number;
}

/** Entries that are handed on together. */
const BATCH = 1_024;

async function refill(head: Head): Promise<boolean> {
  while (head.at >= head.batch.length) {
    const { done, value } = await head.rest.next();
    if (done === true) return false;
    head.batch = value;
    head.at = 0;
  }
  return true;
}

/** The requests of all logs in the order of their times; of one log in its own order. */
export async function* mergeByTime(logs: readonly Batches[]): Batches {
  if (logs.length === 1) {
    yield* logs[0]!;
    return;
  }
  let heads: Head[] = [];
  for (const log of logs) {
    const head: Head = { rest: log[Symbol.asyncIterator](), batch: [], at: 0 };
    if (await refill(head)) heads.push(head);
  }
  let merged: LogEntry[] = [];
  while (heads.length > 0) {
    let next = heads[0]!;
    for (const head of heads)
      if (head.batch[head.at]!.time < next.batch[next.at]!.time) next = head;
    merged.push(next.batch[next.at++]!);
    if (next.at >= next.batch.length && !(await refill(next)))
      heads = heads.filter((head) => head !== next);
    if (merged.length < BATCH) continue;
    yield merged;
    merged = [];
  }
  if (merged.length > 0) yield merged;
}
