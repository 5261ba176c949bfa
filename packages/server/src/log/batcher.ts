// Between decisions, which never wait, and a database, which may be slow, full or gone. What is kept of a decision
// becomes part of a batch at once. One batch is on its way at a time; one that failed is tried again,
// later and later, and what comes when too much waits is dropped and counted.
import { openBatch, type Batch, type Gap } from "./batch.ts";
import { toEntry, type Told } from "./entry.ts";
import { isRefused } from "./failure.ts";
import { BATCH_MS, MAX_BATCH, MAX_WAITING, MAX_WAITING_CHARS, RETRY_MS } from "./limits.ts";
import { within } from "./patience.ts";
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

/** Batches that wait, and the one that decisions are added to. */
function createQueue(site: string) {
  const book = createRuleBook();
  let open = openBatch();
  let ready: Ready[] = [];
  let size = 0;
  let chars = 0;

  const makeReady = (gap: Gap | undefined): void => {
    const made = { batch: open.close(book.take(), gap), chars: open.chars };
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
  return {
    /** False when too many wait, or too much. */
    hasRoom: (): boolean =>
      open.size + size < MAX_WAITING && open.chars + chars < MAX_WAITING_CHARS,
    /** Adds one; throws when it cannot be read. */
    add: (told: Told): void => open.add(toEntry(told, site, book)),
    makeReady,
    shift,
    first: (): Batch | undefined => ready[0]?.batch,
    isFull: (): boolean => open.size >= MAX_BATCH,
    waiting: (): number => open.size + size,
    clear: (): void => {
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
  let full: ReturnType<typeof setImmediate> | undefined;
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
  const queue = createQueue(site);
  const status = (): WriteStatus => ({ written, dropped, waiting: queue.waiting(), failure });
  const isPending = (): boolean => queue.waiting() > 0 || lost !== undefined;

  const makeReady = (): void => {
    const gap = lost;
    lost = undefined;
    queue.makeReady(gap);
  };

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

  /** Writes batch after batch until nothing is left or a write fails. */
  const run = async (): Promise<void> => {
    while (isPending()) {
      if (queue.first() === undefined) makeReady();
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
      if (queue.waiting() > 0 && !closed) schedule();
    });
    return running;
  };
  const schedule = (): void => {
    timer ??= setTimeout(() => void start(), failure === undefined ? BATCH_MS : retryMs);
    // A database that takes nothing must not keep a finished program alive.
    if (failure !== undefined) timer.unref?.();
  };
  const writeFull = (): void => {
    full = undefined;
    if (!closed && failure === undefined) void start();
  };

  return {
    push: (told) => {
      if (closed || !queue.hasRoom()) return drop(1);
      try {
        queue.add(told);
      } catch (cause) {
        return drop(1, messageOf(cause));
      }
      if (queue.isFull()) {
        makeReady();
        // Not within the request that happened to make it full.
        full ??= setImmediate(writeFull);
      }
      if (running === undefined) schedule();
    },
    status,
    flush: async () => {
      await running;
      await start();
    },
    close: async () => {
      closed = true;
      clearImmediate(full);
      const goesOn = (): boolean => failure === undefined && isPending();
      const drain = async (): Promise<void> => {
        do await start();
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
