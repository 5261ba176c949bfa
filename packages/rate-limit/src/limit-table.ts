// The limits of one group for all its clients. A record holds the fingerprint, the largest time seen and,
// for each limit, the two integers of its state: four words and three for each limit. A charge is first
// read onto a pad; once all charges of a request are read, each is written back and answered from its pad.
import { answerFrom, deniesLive, spentOn } from "./judge.ts";
import type { LimitResult } from "./limit.ts";
import {
  AVAILABLE,
  createPad,
  LEFT_AT,
  MARK,
  NOW,
  PAD_FIRST,
  PAD_NUMBERS,
  type Pad,
  USED,
} from "./pad.ts";
import { RecordTable } from "./record-table.ts";
import type { Room } from "./room.ts";
import { advance, maxOf } from "./step.ts";
import type { LimitCharge, LimitGroup } from "./store.ts";

const TIME = 2;
const STATES = 4;
/** `used` in one word, `mark` in two. */
const STATE_WORDS = 3;
/** The last words of a dated record. */
const DATE_WORDS = 2;
const WORD = 2 ** 32;

export class LimitTable {
  readonly #group: LimitGroup;
  readonly #records: RecordTable;
  readonly #pad: Pad;
  /** The charge that is on the pad, and the slot it was read from. */
  #read: LimitCharge | undefined;
  #slot = -1;

  /** `dated` records also hold when they were last kept from elsewhere. */
  constructor(group: LimitGroup, room: Room, clock: () => number, dated: boolean) {
    this.#group = group;
    this.#pad = createPad(group);
    const width = STATES + group.limits.length * STATE_WORDS + (dated ? DATE_WORDS : 0);
    const spare = createPad(group);
    const debt = (slot: number): number => debtOn(group, this.#load(slot, clock(), spare));
    this.#records = new RecordTable(width, room, debt);
  }

  get size(): number {
    return this.#records.size;
  }

  get evictions(): number {
    return this.#records.evictions;
  }

  /** Gives up its place in the room, with all it holds. */
  close(room: Room): void {
    room.leave(this.#records);
  }

  /** Reads a charge onto the pad, as of `now`; true when a live limit denies it. */
  read(charge: LimitCharge, now: number): boolean {
    const { fingerprint } = charge;
    this.#slot = this.#records.find(fingerprint.high, fingerprint.low);
    this.#read = charge;
    return deniesLive(charge, this.#load(this.#slot, now, this.#pad));
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
    const pad = this.#pad;
    const slot = this.#place(charge);
    this.#write(slot, charge, pad, denied);
    if (denied) {
      if (deniesLive(charge, pad)) this.#records.setDenied(slot, true);
    } else if (slot < this.#records.denied) this.#records.setDenied(slot, false);
    return answerFrom(charge, pad, denied);
  }

  /** Keeps what another store found of a client, when the request was denied. Only in a dated table. */
  keep(charge: LimitCharge, pad: Pad): void {
    const { high, low } = charge.fingerprint;
    this.#read = undefined;
    this.#slot = this.#records.find(high, low);
    const slot = this.#place(charge);
    this.#write(slot, charge, pad, true);
    const { words, width } = this.#records;
    setLong(words, (slot + 1) * width - DATE_WORDS, pad[NOW]!);
  }

  /** The pad of a client as of now, when it was kept no longer ago than `ageMs`. Only in a dated table. */
  recall(
    charge: LimitCharge,
    timeOf: (charge: LimitCharge) => number,
    ageMs: number,
  ): Pad | undefined {
    const { high, low } = charge.fingerprint;
    const slot = this.#records.find(high, low);
    if (slot < 0) return undefined;
    const { words, width } = this.#records;
    const time = timeOf(charge);
    if (!(time - long(words, (slot + 1) * width - DATE_WORDS) < ageMs)) return undefined;
    this.#read = undefined;
    return this.#load(slot, time, this.#pad);
  }

  #write(slot: number, charge: LimitCharge, pad: Pad, denied: boolean): void {
    const { words, width } = this.#records;
    let to = slot * width + TIME;
    setLong(words, to, pad[NOW]!);
    to += STATES - TIME;
    for (let i = 0, place = PAD_FIRST; i < this.#group.limits.length; i++) {
      words[to] = pad[place + USED]! + spentOn(charge, i, pad, denied);
      setLong(words, to + 1, pad[place + MARK]!);
      place += PAD_NUMBERS;
      to += STATE_WORDS;
    }
  }

  /** Forgets a client. */
  remove({ fingerprint }: LimitCharge): void {
    this.#records.remove(fingerprint.high, fingerprint.low);
  }

  #place({ fingerprint }: LimitCharge): number {
    return this.#slot < 0 ? this.#records.insert(fingerprint.high, fingerprint.low) : this.#slot;
  }

  /** Puts a record on a pad as of `now`; a client without one has used nothing. */
  #load(slot: number, now: number, pad: Pad): Pad {
    const { limits } = this.#group;
    const { words, width } = this.#records;
    const known = slot >= 0;
    const base = slot * width;
    const at = known ? long(words, base + TIME) : now;
    pad[NOW] = now > at ? now : at;
    pad[LEFT_AT] = at;
    for (let i = 0, place = PAD_FIRST, from = base + STATES; i < limits.length; i++) {
      pad[place + USED] = known ? words[from]! : 0;
      pad[place + MARK] = known ? long(words, from + 1) : 0;
      advance(limits[i]!, pad, place);
      place += PAD_NUMBERS;
      from += STATE_WORDS;
    }
    return pad;
  }
}

/** How much of its fullest limit a record has used: 0 is nothing, 1 all of it. */
function debtOn({ limits }: LimitGroup, pad: Pad): number {
  let most = 0;
  for (let i = 0, at = PAD_FIRST + AVAILABLE; i < limits.length; i++, at += PAD_NUMBERS) {
    const max = maxOf(limits[i]!);
    const debt = (max - pad[at]!) / max;
    if (debt > most) most = debt;
  }
  return most;
}

/** Reads an integer below 2^53 from two words. */
function long(words: Uint32Array, at: number): number {
  return words[at]! + words[at + 1]! * WORD;
}

function setLong(words: Uint32Array, at: number, value: number): void {
  words[at] = value;
  words[at + 1] = value / WORD;
}
