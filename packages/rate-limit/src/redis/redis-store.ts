// Limits and strikes in Redis or Valkey, shared by every process that uses the same server, prefix and
// secret. While it does not answer, this process decides alone and says so.
import { mergeCharges, unmerge } from "../merge.ts";
import { spentOn } from "../judge.ts";
import { NOW } from "../pad.ts";
import type { Charges, LimitCharge, Outcome, Store } from "../store.ts";
import { eachPad, Pads, readOutcome, type Reply, SERVER_TIME } from "./call.ts";
import { DeniedClients } from "./denied-clients.ts";
import { createFallback, type FallbackStore } from "./fallback.ts";
import { Leases } from "./leases.ts";
import { Lane, type LaneOptions } from "./lane.ts";
import { createLink, type RedisClient } from "./link.ts";
import { checkOptions, type RedisStoreOptions } from "./options.ts";
import { joinParts, type Part, toParts } from "./parts.ts";
import { PEEK, type QuestionKind, REFUND, RESET, TAKE } from "./kinds.ts";
import { SCRIPT } from "./script.ts";

/** Questions that wait for Redis at once; what comes beyond is decided by this process. */
export const MAX_WAITING = 65_536;
const NO_CHARGES: Outcome = { limits: [], strikes: [] };

/** A {@link Store} that several processes share. */
export interface RedisStore extends Store {
  readonly secret: string;
  /** Rejects when Redis does not answer, since what it holds is then still there. */
  reset(charges: Charges): Promise<void>;
}

/**
 * A store in Redis 6.2 and later or Valkey, through a connected client of `ioredis` or `redis`.
 *
 * @throws TypeError or RangeError when the client or an option is wrong.
 * @example
 * const store = redisStore(new Redis(), { secret: "at least 16 random characters" });
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions): RedisStore {
  return new SharedStore(client, options);
}

class SharedStore implements RedisStore {
  readonly secret: string;
  readonly #fallback: FallbackStore;
  readonly #pads = new Pads();
  readonly #denied: DeniedClients;
  readonly #leases: Leases | undefined;
  readonly #cluster: boolean;
  readonly #lanes: (Lane | undefined)[] = [];
  readonly #laneOptions: LaneOptions;
  #waiting = 0;
  /** Lanes whose store does not answer. */
  #away = 0;

  constructor(client: RedisClient, options: RedisStoreOptions) {
    const { secret, prefix, deadlineMs, lease } = checkOptions(options);
    const link = createLink(client, SCRIPT);
    this.secret = secret;
    this.#fallback = createFallback(options.fallback ?? "full", options);
    // Node.js makes the global `performance` when it is asked for: each time, that is as slow as the clock.
    const { performance } = globalThis;
    const monotonic = (): number => performance.now();
    this.#denied = new DeniedClients(monotonic, options.clock);
    this.#leases = lease === undefined ? undefined : new Leases(lease, monotonic, this.#charge);
    this.#cluster = link.cluster;
    this.#laneOptions = {
      prefix,
      deadlineMs,
      call: link.call,
      isOpen: link.open,
      monotonic,
      clock: options.clock ?? (() => SERVER_TIME),
      defer: endOfTick(),
      // A cluster has many lanes, and is lost once: the first that is away tells, and the last that is back.
      onAway: (cause) => {
        if (++this.#away === 1) safely(() => options.onAway?.(cause));
      },
      onBack: () => {
        if (--this.#away === 0) safely(() => options.onBack?.());
        else this.#recover();
      },
    };
    // One node of a cluster may go while the others answer: there, the deadline tells.
    link.onLost((cause) => {
      if (!link.cluster) this.#lanes[0]?.lose(cause);
    });
    link.onReady(() => this.#recover());
  }

  #recover(): void {
    for (const lane of this.#lanes) lane?.recover();
  }

  take(charges: Charges): Outcome | Promise<Outcome> {
    const merged = mergeCharges(charges);
    const known = this.#denied.recall(merged);
    if (known) return unmerge(known, charges, merged);
    return this.#leases && merged === charges
      ? this.#leases.take(charges)
      : this.#judge(TAKE, charges, merged);
  }

  readonly #charge = (charges: Charges): Outcome | Promise<Outcome> =>
    this.#judge(TAKE, charges, charges);

  peek(charges: Charges): Outcome | Promise<Outcome> {
    return this.#judge(PEEK, charges, mergeCharges(charges));
  }

  async reset(charges: Charges): Promise<void> {
    this.#fallback.reset(charges);
    this.#leases?.forget(charges);
    this.#denied.forget(charges);
    const parts = this.#partsOf(charges);
    const replies = this.#isOpen(parts) ? await this.#askAll(RESET, parts) : [undefined];
    // Denials that were under way have been answered by now.
    this.#denied.forget(charges);
    if (replies.includes(undefined))
      throw new Error("Redis did not answer: what it holds for this client is still there");
  }

  #judge(
    kind: typeof TAKE | typeof PEEK,
    charges: Charges,
    merged: Charges,
  ): Outcome | Promise<Outcome> {
    if (merged.limits.length === 0 && merged.strikes.length === 0) return NO_CHARGES;
    const parts = this.#partsOf(merged);
    const alone = (): Outcome =>
      unmerge(this.#fallback[kind === TAKE ? "take" : "peek"](merged), charges, merged);
    if (!this.#isOpen(parts)) return alone();
    if (parts.length > 1)
      return this.#judgeParts(kind, parts).then((outcome) =>
        outcome ? unmerge(outcome, charges, merged) : alone(),
      );
    return new Promise((resolve) => {
      this.#ask(kind, parts[0]!, (reply) => {
        if (reply === undefined) return resolve(alone());
        if (kind === TAKE) this.#denied.see(merged, reply, reply.denied);
        return resolve(
          unmerge(readOutcome(reply, merged, this.#pads, reply.denied), charges, merged),
        );
      });
    });
  }

  /** Undefined when a part was not answered; then, as when one denies, the others are given back. */
  async #judgeParts(
    kind: typeof TAKE | typeof PEEK,
    parts: readonly Part[],
  ): Promise<Outcome | undefined> {
    const replies = await this.#askAll(kind, parts);
    const answered = replies.filter((reply) => reply !== undefined);
    const complete = answered.length === parts.length;
    const denied = answered.some((reply) => reply.denied);
    if (kind === TAKE && (denied || !complete))
      parts.forEach((part, i) => {
        const reply = replies[i];
        if (reply && !reply.denied) this.#giveBack(part, reply);
      });
    if (!complete) return undefined;
    const outcomes = parts.map(({ charges }, i) => {
      if (kind === TAKE) this.#denied.see(charges, answered[i]!, denied);
      return readOutcome(answered[i]!, charges, this.#pads, denied);
    });
    return joinParts(parts, outcomes);
  }

  #giveBack({ tag, charges }: Part, reply: Reply): void {
    const limits: LimitCharge[] = [];
    const times: number[] = [];
    eachPad(reply, charges, this.#pads, (charge, pad) => {
      const requested = charge.requested.map((_, i) =>
        charge.group.live[i] === true ? spentOn(charge, i, pad, false) : 0,
      );
      if (requested.every((units) => units === 0)) return;
      limits.push({ ...charge, requested });
      times.push(pad.numbers[NOW]!);
    });
    const lane = this.#laneOf(tag);
    if (limits.length > 0 && lane.isOpen())
      lane.ask({ kind: REFUND, charges: { limits, strikes: [] }, times, settle: () => undefined });
  }

  #partsOf(charges: Charges): readonly Part[] {
    return this.#cluster
      ? toParts(charges)
      : [{ tag: 0, charges, limitPlaces: [], strikePlaces: [] }];
  }

  #isOpen(parts: readonly Part[]): boolean {
    let open = this.#waiting < MAX_WAITING;
    for (const { tag } of parts) if (!this.#laneOf(tag).isOpen()) open = false;
    return open;
  }

  #laneOf(tag: number): Lane {
    return (this.#lanes[tag] ??= new Lane(this.#laneOptions, tag));
  }

  #ask(
    kind: QuestionKind,
    { tag, charges }: Part,
    settle: (reply: Reply | undefined) => void,
  ): void {
    this.#waiting++;
    this.#laneOf(tag).ask({
      kind,
      charges,
      settle: (reply) => {
        this.#waiting--;
        settle(reply);
      },
    });
  }

  #askAll(kind: QuestionKind, parts: readonly Part[]): Promise<readonly (Reply | undefined)[]> {
    return Promise.all(
      parts.map(
        (part) =>
          new Promise<Reply | undefined>((resolve) => {
            this.#ask(kind, part, resolve);
          }),
      ),
    );
  }
}

/** What the application does when it is told must not stop a decision. */
function safely(tell: () => void): void {
  try {
    tell();
  } catch {
    // It was told; there is nobody else to tell.
  }
}

/** Runs something once what is now being done is done; where there is no `setImmediate`, a timer. */
function endOfTick(): (run: () => void) => void {
  const found: unknown = Reflect.get(globalThis, "setImmediate");
  if (typeof found !== "function") return (run) => void setTimeout(run, 0);
  return (run) => void Reflect.apply(found, undefined, [run]);
}
