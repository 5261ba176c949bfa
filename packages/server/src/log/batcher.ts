// Between decisions, which never wait, and a database, which may be slow, full or gone. Decisions are queued
// as they are and looked at later, a batch at a time; one batch is on its way at once. A batch that failed is
// tried again, later and later, and when the queue is full what comes is dropped and counted.
import type { Batch, Gap } from "./batch.ts";
import { toEntry, type Told } from "./entry.ts";
import { BATCH_MS, CLOSE_MS, MAX_BATCH, MAX_WAITING, RETRY_MS } from "./limits.ts";
import { createRuleBook } from "./rule-book.ts";

/** How the writing goes. */
export interface WriteStatus {
  readonly written: number;
  readonly dropped: number;
  readonly waiting: number;
  /** What the last write failed with; undefined while writing goes well. */
  readonly failure: string | undefined;
}

export interface Batcher {
  push(told: Told): void;
  status(): WriteStatus;
  /** Resolves when everything pushed so far is written, or has failed once more. */
  flush(): Promise<void>;
  /** Writes what is left, for five seconds at most. */
  close(): Promise<void>;
}

export interface BatcherOptions {
  readonly site: string;
  /** Writes the JSON of a batch. */
  readonly write: (batch: string) => Promise<void>;
  readonly failed: (message: string, status: WriteStatus) => void;
  readonly recovered: (status: WriteStatus) => void;
  readonly now: () => number;
}

const messageOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message : String(cause);

export function createBatcher(options: BatcherOptions): Batcher {
  const { site, write, now } = options;
  const book = createRuleBook();
  let queue: Told[] = [];
  let stuck: { readonly text: string; readonly size: number } | undefined;
  let lost: Gap | undefined;
  let written = 0;
  let dropped = 0;
  let failure: string | undefined;
  let retryMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let closed = false;

  const status = (): WriteStatus => ({
    written,
    dropped,
    waiting: queue.length + (stuck?.size ?? 0),
    failure,
  });

  const drop = (count: number): void => {
    const at = now();
    dropped += count;
    lost = {
      from: lost?.from ?? at,
      to: at,
      dropped: (lost?.dropped ?? 0) + count,
      cause: failure ?? (closed ? "the log was closed" : "more decisions than the database takes"),
    };
  };

  const nextBatch = (): { readonly text: string; readonly size: number } => {
    const taken = queue.length <= MAX_BATCH ? queue : queue.slice(0, MAX_BATCH);
    queue = queue.length <= MAX_BATCH ? [] : queue.slice(MAX_BATCH);
    const entries = taken.flatMap((told) => {
      try {
        return [toEntry(told, site, book)];
      } catch {
        drop(1);
        return [];
      }
    });
    const batch: Batch = { entries, rules: book.take(), ...(lost && { gap: lost }) };
    lost = undefined;
    return { text: JSON.stringify(batch), size: entries.length };
  };

  const isPending = (): boolean => stuck !== undefined || queue.length > 0 || lost !== undefined;

  /** Writes batch after batch until the queue is empty or a write fails. */
  const run = async (): Promise<void> => {
    while (isPending()) {
      stuck ??= nextBatch();
      try {
        await write(stuck.text);
      } catch (cause) {
        const first = failure === undefined;
        failure = messageOf(cause);
        retryMs = Math.min(Math.max(retryMs * 2, RETRY_MS[0]), RETRY_MS[1]);
        if (first) options.failed(failure, status());
        return;
      }
      written += stuck.size;
      stuck = undefined;
      retryMs = 0;
      if (failure === undefined) continue;
      failure = undefined;
      options.recovered(status());
    }
  };

  const start = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    running ??= run().finally(() => {
      running = undefined;
      if ((stuck !== undefined || queue.length > 0) && !closed) schedule();
    });
    return running;
  };
  const schedule = (): void => {
    timer ??= setTimeout(() => void start(), failure === undefined ? BATCH_MS : retryMs);
    // A database that takes nothing must not keep a finished program alive.
    if (failure !== undefined) timer.unref?.();
  };

  return {
    push: (told) => {
      if (closed || queue.length >= MAX_WAITING) return drop(1);
      queue.push(told);
      if (queue.length >= MAX_BATCH && failure === undefined && running === undefined) void start();
      else if (running === undefined) schedule();
    },
    status,
    flush: async () => {
      await running;
      await start();
    },
    close: async () => {
      closed = true;
      const goesOn = (): boolean => failure === undefined && isPending();
      const drain = async (): Promise<void> => {
        do await start();
        while (goesOn());
      };
      // A database that hangs is not waited for.
      let limit: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => (limit = setTimeout(resolve, CLOSE_MS)));
      await Promise.race([drain(), late]);
      clearTimeout(limit);
      clearTimeout(timer);
      const left = queue.length + (stuck?.size ?? 0);
      queue = [];
      stuck = undefined;
      if (left > 0) drop(left);
    },
  };
}
