/**
 * Several logs as one, by time: rotated files as well as the logs of several servers. Each log keeps its
 * own order.
 */
import type { LogEntry } from "./entry.ts";

type Batches = AsyncIterable<Iterable<LogEntry>>;

interface Head {
  readonly rest: AsyncIterator<Iterable<LogEntry>>;
  batch: Iterator<LogEntry>;
  entry: LogEntry;
}

/** Entries that are handed on together. */
const BATCH = 256;

/** The next entry of a log; undefined at its end. */
async function nextOf(head: Pick<Head, "rest" | "batch">): Promise<LogEntry | undefined> {
  for (;;) {
    const entry = head.batch.next();
    if (entry.done !== true) return entry.value;
    const batch = await head.rest.next();
    if (batch.done === true) return undefined;
    head.batch = batch.value[Symbol.iterator]();
  }
}

async function openHeads(logs: readonly Batches[]): Promise<Head[]> {
  const heads: Head[] = [];
  for (const log of logs) {
    const nothing: readonly LogEntry[] = [];
    const opened = { rest: log[Symbol.asyncIterator](), batch: nothing[Symbol.iterator]() };
    const entry = await nextOf(opened);
    if (entry !== undefined) heads.push({ ...opened, entry });
  }
  return heads;
}

/** The requests of all logs in the order of their times; of one log in its own order. */
export async function* mergeByTime(logs: readonly Batches[]): Batches {
  if (logs.length === 1) {
    yield* logs[0]!;
    return;
  }
  let heads = await openHeads(logs);
  let merged: LogEntry[] = [];
  while (heads.length > 0) {
    const first = heads.reduce((one, other) => (other.entry.time < one.entry.time ? other : one));
    merged.push(first.entry);
    const next = await nextOf(first);
    if (next === undefined) heads = heads.filter((head) => head !== first);
    else first.entry = next;
    if (merged.length < BATCH) continue;
    yield merged;
    merged = [];
  }
  if (merged.length > 0) yield merged;
}
