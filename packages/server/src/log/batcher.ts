// Between decisions, which never wait, and a database, which may be slow, full or gone. What is kept of a decision
// becomes part of a batch when this turn of the event loop is over: all of a turn together take a fraction of the
// time that each would take between two answers, and no request is held for longer. One batch is on its way at a
// time; one that failed is tried again, later and later, and what comes when too much waits is dropped and counted.
import { openBatch, type Batch, type Gap } from "./batch.ts";
import { keptOf } from "./kept.ts";
import { isRefused } from "./failure.ts";
import {
  BATCH_MS,
  MAX_BATCH,
  MAX_BATCH_CHARS,
  MAX_WAITING,
  MAX_WAITING_CHARS,
  RETRY_MS,
} from "./limits.ts";
import { within } from "./patience.ts";
import { createRuleBook } from "./rule-book.ts";
import type { Told } from "./told.ts";

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
  readonly write: (batch: Batch) => Promise<void>;
  readonly failed: (message: string, status: WriteStatus) => void;
  readonly recovered: (status: WriteStatus) => void;
  readonly now: () => number;
}

/** A batch that waits, and how much it takes. */
interface Ready {
  readonly batch: Batch;
  readonly chars: number;
}

const messageOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message : String(cause);

interface QueueOptions {
  readonly site: string;
  readonly drop: (count: number, why: string) => void;
  /** Whether some were dropped since a batch last told of it. */
  readonly hasGap: () => boolean;
  readonly takeGap: () => Gap | undefined;
}

/** Decisions of this turn of the event loop, the batch that they are added to, and batches that wait. */
function createQueue({ site, drop, hasGap, takeGap }: QueueOptions) {
  const book = createRuleBook();
  let raw: Told[] = [];
  let open = openBatch();
  let ready: Ready[] = [];
  let size = 0;
  let chars = 0;

  const makeReady = (): void => {
    const made = { batch: open.close(book.take(), takeGap()), chars: open.chars };
    open = openBatch();
    ready.push(made);
    size += made.batch.size;
    chars += made.chars;
  };
  const shift = (): void => {
    const first = ready.shift();
    if (first === undefined) return;
    size -= first.batch.size;
    chars -= first.chars;
  };
  /** Makes of all decisions what is kept of them. */
  const settle = (): void => {
    const taken = raw;
    raw = [];
    for (const told of taken) {
      try {
        open.add(keptOf(told, site, book));
      } catch (cause) {
        drop(1, messageOf(cause));
      }
      if (open.size >= MAX_BATCH || open.chars >= MAX_BATCH_CHARS) makeReady();
    }
  };
  const waiting = (): number => raw.length + open.size + size;
  return {
    /** Adds one; false when too many wait, or too much. */
    add: (told: Told): boolean => {
      if (waiting() >= MAX_WAITING || open.chars + chars >= MAX_WAITING_CHARS) return false;
      raw.push(told);
      return true;
    },
    settle,
    /** Makes a batch ready of what is there, also when it is only that some were dropped. */
    end: (): void => {
      settle();
      if (open.size > 0 || hasGap()) makeReady();
    },
    /** The batch to write next: one that is full, or was ended. */
    first: (): Batch | undefined => ready[0]?.batch,
    shift,
    waiting,
    clear: (): void => {
      raw = [];
      open = openBatch();
      ready = [];
      size = 0;
      chars = 0;
    },
  };
}

export function createBatcher(options: BatcherOptions): Batcher {
  const { site, write, now } = options;
  let lost: Gap | undefined;
  let written = 0;
  let dropped = 0;
  let failure: string | undefined;
  let retryMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn: ReturnType<typeof setImmediate> | undefined;
  let running: Promise<void> | undefined;
  let closed = false;
  /** Whether a batch was refused, which is told once. */
  let refused = false;

  const drop = (count: number, why?: string): void => {
    const at = now();
    dropped += count;
    lost = {
      from: lost?.from ?? at,
      to: at,
      dropped: (lost?.dropped ?? 0) + count,
      cause:
        why ??
        failure ??
        (closed ? "the log was closed" : "more decisions than the database takes"),
    };
  };
  const takeGap = (): Gap | undefined => {
    const gap = lost;
    lost = undefined;
    return gap;
  };
  const hasGap = (): boolean => lost !== undefined;
  const queue = createQueue({ site, drop, hasGap, takeGap });
  const status = (): WriteStatus => ({ written, dropped, waiting: queue.waiting(), failure });
  const isPending = (): boolean => queue.waiting() > 0 || hasGap();

  const noteSuccess = (): void => {
    retryMs = 0;
    if (failure === undefined) return;
    failure = undefined;
    options.recovered(status());
  };

  /** Notes why a batch was not written. Gives whether the next may be tried. */
  const noteFailure = (cause: unknown, size: number): boolean => {
    const message = messageOf(cause);
    if (isRefused(cause)) {
      // It would be refused each time, and all that come after it would wait.
      queue.shift();
      drop(size, message);
      if (!refused) options.failed(message, status());
      refused = true;
      return true;
    }
    const first = failure === undefined;
    failure = message;
    retryMs = Math.min(Math.max(retryMs * 2, RETRY_MS[0]), RETRY_MS[1]);
    if (first) options.failed(message, status());
    return false;
  };

  /** Writes batches that are full or ended, and those that become full meanwhile, until a write fails. */
  const run = async (): Promise<void> => {
    for (;;) {
      const batch = queue.first();
      if (batch === undefined) return;
      try {
        await write(batch);
      } catch (cause) {
        if (noteFailure(cause, batch.size)) continue;
        return;
      }
      written += batch.size;
      queue.shift();
      noteSuccess();
    }
  };

  const start = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    running ??= run().finally(() => {
      running = undefined;
      if (isPending() && !closed) schedule();
    });
    return running;
  };
  /** Writes all that is there, behind what is being written. */
  const startAll = async (): Promise<void> => {
    await running;
    queue.end();
    await start();
  };
  const schedule = (): void => {
    timer ??= setTimeout(() => void startAll(), failure === undefined ? BATCH_MS : retryMs);
    // A database that takes nothing must not keep a finished program alive.
    if (failure !== undefined) timer.unref?.();
  };
  const settle = (): void => {
    turn = undefined;
    queue.settle();
    const isFull = queue.first() !== undefined;
    if (isFull && !closed && failure === undefined) void start();
  };

  return {
    push: (told) => {
      if (closed || !queue.add(told)) return drop(1);
      turn ??= setImmediate(settle);
      if (running === undefined) schedule();
    },
    status,
    flush: startAll,
    close: async () => {
      closed = true;
      clearImmediate(turn);
      const goesOn = (): boolean => failure === undefined && isPending();
      const drain = async (): Promise<void> => {
        do await startAll();
        while (goesOn());
      };
      // A database that hangs is not waited for.
      await within(drain());
      clearTimeout(timer);
      const left = queue.waiting();
      queue.clear();
      if (left > 0) drop(left);
    },
  };
}
