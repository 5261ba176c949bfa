// The limits of one group for all its clients. A record holds the fingerprint, the largest time seen and,
// for each limit, the two integers of its state: four words and three for each limit. A charge is first
// read onto a pad; once all charges of a request are read, each is written back and answered from its pad.
import {
  answerFrom,
  createPad,
  deniesLive,
  PAD_FIRST,
  PAD_NUMBERS,
  type Pad,
  spentOn,
  writePad,
} from "./pad.ts";
import type { LimitResult } from "./limit.ts";
import { RecordTable } from "./record-table.ts";
import { availableAt, markAt, maxOf, usedAt } from "./step.ts";
import type { LimitCharge, LimitGroup } from "./store.ts";

const TIME = 2;
const STATES = 4;
/** `used` in one word, `mark` in two. */
const STATE_WORDS = 3;
const WORD = 2 ** 32;

export class LimitTable {
  readonly #group: LimitGroup;
  readonly #records: RecordTable;
  readonly #pad: Pad;
  /** The charge that is on the pad, and the slot it was read from. */
  #read: LimitCharge | undefined;
  #slot = -1;

  constructor(group: LimitGroup, capacity: number, clock: () => number) {
    this.#group = group;
    this.#pad = createPad(group);
    const width = STATES + group.limits.length * STATE_WORDS;
    this.#records = new RecordTable(width, capacity, (slot) => this.#debt(slot, clock()));
  }

  get size(): number {
    return this.#records.size;
  }

  get evictions(): number {
    return this.#records.evictions;
  }

  /** Reads a charge onto the pad, as of `now`; true when a live limit denies it. */
  read(charge: LimitCharge, now: number): boolean {
    const { fingerprint } = charge;
    const pad = this.#pad;
    const { limits } = this.#group;
    const slot = this.#records.find(fingerprint.high, fingerprint.low);
    this.#slot = slot;
    this.#read = charge;
    const { words, width } = this.#records;
    const base = slot * width;
    const at = slot < 0 ? now : long(words, base + TIME);
    const time = now > at ? now : at;
    pad[0] = time;
    for (let i = 0, place = PAD_FIRST, from = base + STATES; i < limits.length; i++) {
      const limit = limits[i]!;
      const before = slot < 0 ? 0 : words[from]!;
      const markBefore = slot < 0 ? 0 : long(words, from + 1);
      const used = usedAt(limit, before, markBefore, at, time);
      writePad(pad, place, limit, used, markAt(limit, before, markBefore, at, time, used));
      place += PAD_NUMBERS;
      from += STATE_WORDS;
    }
    return deniesLive(charge, pad);
  }

  /** Answers a charge that was read at `now`. */
  answer(charge: LimitCharge, now: number, denied: boolean): readonly LimitResult[] {
    // Another client of the same request may have used the pad since.
    if (this.#read !== charge) this.read(charge, now);
    return answerFrom(charge, this.#pad, denied);
  }

  /** Keeps the state that was read, and what is spent of it: live limits are charged only when nothing denied. */
  commit(charge: LimitCharge, now: number, denied: boolean): readonly LimitResult[] {
    if (this.#read !== charge) this.read(charge, now);
    this.#read = undefined;
    const { high, low } = charge.fingerprint;
    const pad = this.#pad;
    const slot = this.#slot < 0 ? this.#records.insert(high, low) : this.#slot;
    const { words, width } = this.#records;
    let to = slot * width + TIME;
    setLong(words, to, pad[0]!);
    to += STATES - TIME;
    for (let i = 0, place = PAD_FIRST; i < this.#group.limits.length; i++) {
      words[to] = pad[place]! + spentOn(charge, i, pad, denied);
      setLong(words, to + 1, pad[place + 1]!);
      place += PAD_NUMBERS;
      to += STATE_WORDS;
    }
    if (denied) {
      if (deniesLive(charge, pad)) this.#records.setDenied(slot, true);
    } else if (slot < this.#records.denied) this.#records.setDenied(slot, false);
    return answerFrom(charge, pad, denied);
  }

  /** Forgets a client. */
  remove({ fingerprint }: LimitCharge): void {
    this.#records.remove(fingerprint.high, fingerprint.low);
  }

  /** How much of its fullest limit a record has used: 0 is nothing, 1 all of it. */
  #debt(slot: number, now: number): number {
    const { words, width } = this.#records;
    const base = slot * width;
    const at = long(words, base + TIME);
    const time = now > at ? now : at;
    let most = 0;
    for (let i = 0, from = base + STATES; i < this.#group.limits.length; i++, from += STATE_WORDS) {
      const limit = this.#group.limits[i]!;
      const before = words[from]!;
      const markBefore = long(words, from + 1);
      const used = usedAt(limit, before, markBefore, at, time);
      const mark = markAt(limit, before, markBefore, at, time, used);
      const max = maxOf(limit);
      const debt = max === 0 ? 0 : (max - availableAt(limit, used, mark, time)) / max;
      if (debt > most) most = debt;
    }
    return most;
  }
}

/** Reads an integer below 2^53 from two words. */
function long(words: Uint32Array, at: number): number {
  return words[at]! + words[at + 1]! * WORD;
}

function setLong(words: Uint32Array, at: number, value: number): void {
  words[at] = value;
  words[at + 1] = value / WORD;
}
