// The way to one node, or to one slot of a cluster. A question is sent at once when nothing is under way;
// else those of one tick go together. Every call has a deadline; when it passes, all that wait are told,
// since nothing behind a call that hangs can be answered before it.
import { type Call, type Question, readReply, type Reply, writeCall } from "./call.ts";
import { Breaker } from "./breaker.ts";
import { TAKE } from "./kinds.ts";
import type { LimitGroup } from "../store.ts";

/** Most questions in one call. */
export const MAX_BATCH = 128;
/** Most records that one call names; Lua has room for some 8,000. */
export const MAX_KEYS = 1024;
/** The timer runs this much short of the deadline, which leaves time to decide without the store. */
const MARGIN_MS = 5;

/** A question, and who waits for the reply; without a reply the store is away. */
export interface Asked extends Question {
  readonly settle: (reply: Reply | undefined) => void;
}

/** What the lanes of a store share. */
export interface LaneOptions {
  readonly prefix: string;
  readonly call: (call: Call) => Promise<unknown>;
  readonly isOpen: () => boolean;
  readonly deadlineMs: number;
  /** Milliseconds that only ever grow. */
  readonly monotonic: () => number;
  /** Time to judge by; SERVER_TIME outside of tests. */
  readonly clock: () => number;
  /** Runs something at the end of the tick. */
  readonly defer: (run: () => void) => void;
  readonly onAway: (cause: unknown) => void;
  readonly onBack: () => void;
}

interface Batch {
  readonly asked: readonly Asked[];
  readonly timer: ReturnType<typeof setTimeout>;
}

export class Lane {
  readonly #options: LaneOptions;
  readonly #probe: Question;
  readonly #breaker = new Breaker();
  readonly #underWay = new Set<Batch>();
  #queue: Asked[] = [];
  #keys = 0;
  #deferred = false;

  constructor(options: LaneOptions, tag: number) {
    this.#options = options;
    this.#probe = probeFor(tag);
  }

  /** Whether questions are being taken; when not, and it is time, finds out whether the store is back. */
  isOpen(): boolean {
    if (!this.#breaker.open) {
      if (this.#options.isOpen()) return true;
      this.#fail(new Error("the client is not connected"));
    }
    if (this.#breaker.startProbe(this.#options.monotonic())) this.#runProbe();
    return false;
  }

  /** Asks; only while it is open. */
  ask(question: Asked): void {
    const { limits, strikes } = question.charges;
    const keys = limits.length + strikes.length;
    if (this.#keys + keys > MAX_KEYS) this.#flush();
    this.#queue.push(question);
    this.#keys += keys;
    if (this.#underWay.size === 0 || this.#queue.length >= MAX_BATCH) return this.#flush();
    if (this.#deferred) return undefined;
    this.#deferred = true;
    return this.#options.defer(() => {
      this.#deferred = false;
      this.#flush();
    });
  }

  /** The connection is lost: nothing that is under way will be answered. */
  lose(cause: unknown): void {
    if (this.#underWay.size > 0) this.#fail(cause);
  }

  /** There is a connection again: finds out at once whether the store is back. */
  recover(): void {
    if (!this.#breaker.open) return;
    this.#breaker.hurry();
    this.isOpen();
  }

  #flush(): void {
    const asked = this.#queue;
    if (asked.length === 0) return;
    this.#queue = [];
    this.#keys = 0;
    const { deadlineMs, defer } = this.#options;
    // Replies that have arrived are read before a deadline counts: a busy process is not a hung store.
    const late = (): void =>
      defer(() => {
        if (this.#underWay.has(batch)) this.#fail(new Error(`no answer within ${deadlineMs} ms`));
      });
    const batch: Batch = { asked, timer: setTimeout(late, Math.max(1, deadlineMs - MARGIN_MS)) };
    this.#underWay.add(batch);
    this.#send(asked).then(
      (replies) => this.#settle(batch, replies),
      (cause: unknown) => {
        if (this.#underWay.has(batch)) this.#fail(cause);
      },
    );
  }

  async #send(questions: readonly Question[]): Promise<readonly Reply[]> {
    const { prefix, clock, call, monotonic } = this.#options;
    const sentAt = monotonic();
    return readReply(await call(writeCall(prefix, clock(), questions)), questions, sentAt);
  }

  #settle(batch: Batch, replies: readonly Reply[]): void {
    if (!this.#underWay.delete(batch)) return;
    clearTimeout(batch.timer);
    batch.asked.forEach((asked, i) => asked.settle(replies[i]));
  }

  #fail(cause: unknown): void {
    const waiting = [...[...this.#underWay].flatMap(({ asked }) => asked), ...this.#queue];
    for (const { timer } of this.#underWay) clearTimeout(timer);
    this.#underWay.clear();
    this.#queue = [];
    this.#keys = 0;
    if (this.#breaker.fail(this.#options.monotonic())) this.#options.onAway(cause);
    for (const { settle } of waiting) settle(undefined);
  }

  #runProbe(): void {
    const { isOpen, deadlineMs, monotonic, onBack } = this.#options;
    const failed = (): void => {
      this.#breaker.fail(monotonic());
    };
    if (!isOpen()) return failed();
    let waiting = true;
    const end = (act: () => void): void => {
      if (!waiting) return;
      waiting = false;
      clearTimeout(timer);
      act();
    };
    const timer = setTimeout(() => end(failed), deadlineMs);
    const back = (): void => {
      this.#breaker.close();
      onBack();
    };
    this.#send([this.#probe]).then(
      () => end(back),
      () => end(failed),
    );
  }
}

const PROBE_GROUP: LimitGroup = {
  id: "probe",
  limits: [{ algorithm: "FIXED_WINDOW", windowMs: 1000, max: 1, anchor: "first" }],
  live: [false],
};

/** A take that writes like any other, and so fails on a node that only reads. */
function probeFor(tag: number): Question {
  const fingerprint = { high: 0, low: tag };
  const charge = { group: PROBE_GROUP, fingerprint, requested: [1] };
  return { kind: TAKE, charges: { limits: [charge], strikes: [] } };
}
