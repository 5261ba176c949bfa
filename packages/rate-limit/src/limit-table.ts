// The limits of one group for all its clients. A record holds the largest time seen of its client and,
// for each limit, the two integers of its state. A charge is first read into a scratch pad, which tells
// whether a live limit denies; once all charges of a request are read, each is answered from its pad.
import { RecordTable } from "./record-table.ts";
import type { LimitResult } from "./limit.ts";
import { availableAt, markAt, maxOf, resetAfter, retryAfterOf, usedAt } from "./step.ts";
import type { LimitCharge, LimitGroup } from "./store.ts";

/** A record: the time, then `used` and `mark` of each limit. */
const STATE_NUMBERS = 2;
/** A pad: the time, then `used`, `mark` and what is available of each limit. */
const PAD_NUMBERS = 3;
/** A limit that takes no part in a request has nothing to say. */
const NOT_ASKED: LimitResult = Object.freeze({
  allowed: true,
  remaining: 0,
  resetMs: 0,
  retryAfterMs: 0,
});

/** Length of the pad a charge of this group is read into. */
export const padLength = (group: LimitGroup): number => 1 + group.limits.length * PAD_NUMBERS;

export class LimitTable {
  readonly #group: LimitGroup;
  readonly #records: RecordTable;

  constructor(group: LimitGroup, capacity: number, clock: () => number) {
    this.#group = group;
    const width = 1 + group.limits.length * STATE_NUMBERS;
    this.#records = new RecordTable(width, capacity, (slot) => this.#debt(slot, clock()));
  }

  get size(): number {
    return this.#records.size;
  }

  get evictions(): number {
    return this.#records.evictions;
  }

  /** Reads a charge into a pad, as of `now`; true when a live limit denies it. */
  read({ group, fingerprint, requested }: LimitCharge, now: number, pad: Float64Array): boolean {
    const slot = this.#records.find(fingerprint.high, fingerprint.low);
    const { values, width } = this.#records;
    const base = slot * width;
    const at = slot < 0 ? now : values[base]!;
    const time = now > at ? now : at;
    let denied = false;
    pad[0] = time;
    for (
      let i = 0, to = 1, from = base + 1;
      i < requested.length;
      i++, to += PAD_NUMBERS, from += STATE_NUMBERS
    ) {
      const limit = this.#group.limits[i]!;
      const before = slot < 0 ? 0 : values[from]!;
      const markBefore = slot < 0 ? 0 : values[from + 1]!;
      const used = usedAt(limit, before, markBefore, at, time);
      const mark = markAt(limit, before, markBefore, at, time, used);
      const available = availableAt(limit, used, mark, time);
      pad[to] = used;
      pad[to + 1] = mark;
      pad[to + 2] = available;
      if (requested[i]! > available && group.live[i] === true) denied = true;
    }
    return denied;
  }

  /** Answers a charge from its pad and keeps the new state; live limits are charged only when nothing denied. */
  commit(charge: LimitCharge, pad: Float64Array, denied: boolean): readonly LimitResult[] {
    const { high, low } = charge.fingerprint;
    const found = this.#records.find(high, low);
    const slot = found < 0 ? this.#records.insert(high, low) : found;
    const { values, width } = this.#records;
    let to = slot * width;
    values[to++] = pad[0]!;
    for (let i = 0, from = 1; i < charge.requested.length; i++, from += PAD_NUMBERS) {
      values[to++] = pad[from]! + spentOn(charge, i, pad[from + 2]!, denied);
      values[to++] = pad[from + 1]!;
    }
    return this.answer(charge, pad, denied);
  }

  /** Answers a charge from its pad. */
  answer(charge: LimitCharge, pad: Float64Array, denied: boolean): readonly LimitResult[] {
    const results: LimitResult[] = [];
    const time = pad[0]!;
    for (let i = 0, from = 1; i < charge.requested.length; i++, from += PAD_NUMBERS) {
      const requested = charge.requested[i]!;
      if (requested === 0) {
        results.push(NOT_ASKED);
        continue;
      }
      const limit = this.#group.limits[i]!;
      const used = pad[from]!;
      const mark = pad[from + 1]!;
      const available = pad[from + 2]!;
      const spent = spentOn(charge, i, available, denied);
      const allowed = requested <= available;
      results.push({
        allowed,
        remaining: available - spent,
        resetMs: resetAfter(limit, used + spent, mark, time),
        retryAfterMs: allowed ? 0 : retryAfterOf(limit, used, mark, time, requested),
      });
    }
    return results;
  }

  /** Forgets a client. */
  remove({ fingerprint }: LimitCharge): void {
    this.#records.remove(fingerprint.high, fingerprint.low);
  }

  /** How much of its fullest limit a record has used: 0 is nothing, 1 denies. */
  #debt(slot: number, now: number): number {
    const { values, width } = this.#records;
    const base = slot * width;
    const at = values[base]!;
    const time = now > at ? now : at;
    let most = 0;
    for (let i = 0, from = base + 1; i < this.#group.limits.length; i++, from += STATE_NUMBERS) {
      const limit = this.#group.limits[i]!;
      const used = usedAt(limit, values[from]!, values[from + 1]!, at, time);
      if (used === 0) continue;
      const mark = markAt(limit, values[from]!, values[from + 1]!, at, time, used);
      const max = maxOf(limit);
      most = Math.max(most, (max - availableAt(limit, used, mark, time)) / max);
    }
    return most;
  }
}

function spentOn(
  { group, requested }: LimitCharge,
  i: number,
  available: number,
  denied: boolean,
): number {
  const units = requested[i]!;
  return units <= available && !(denied && group.live[i] === true) ? units : 0;
}
