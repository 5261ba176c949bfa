// The limits of one group for all its clients. A record holds the fingerprint, the largest time seen and,
// for each limit, the two integers of its state: four words and three for each limit. A charge is first
// read onto a pad; once all charges of a request are read, each is written back and answered from its pad.
import { answerFrom, deniesLive, spend } from "./judge.ts";
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
  type PadNumbers,
  USED,
} from "./pad.ts";
import { RecordTable } from "./record-table.ts";
import type { Room } from "./room.ts";
import { advance } from "./step.ts";
import type { LimitCharge, LimitGroup } from "./store.ts";

const TIME = 2;
const STATES = 4;
/** `used` in one word, `mark` in two. */
const STATE_WORDS = 3;
/** The last words of a dated record. */
const DATE_WORDS = 2;
const WORD = 2 ** 32;

export class LimitTable {
  readonly #records: RecordTable;
  readonly #pad: Pad;
  /** Where the client that is on the pad has its record, while nothing of it is spent; else -1. */
  #slot = -1;

  /** `dated` records also hold when they were last kept from elsewhere. */
  constructor(group: LimitGroup, room: Room, clock: () => number, dated: boolean) {
    this.#pad = createPad(group);
    const width = STATES + group.limits.length * STATE_WORDS + (dated ? DATE_WORDS : 0);
    const spare = createPad(group);
    const debt = (slot: number): number => debtOn(this.#load(slot, clock(), spare));
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

  /** Takes a charge that is alone in its request. */
  take(charge: LimitCharge, now: number): readonly LimitResult[] {
    return this.#spend(charge, this.read(charge, now));
  }

  /** Reads a charge onto the pad, as of `now`; true when a live limit denies it. */
  read(charge: LimitCharge, now: number): boolean {
    const { fingerprint } = charge;
    this.#slot = this.#records.find(fingerprint.high, fingerprint.low);
    this.#load(this.#slot, now, this.#pad);
    return deniesLive(charge, this.#pad);
  }

  /** Answers a charge that was read at `now`. */
  answer(charge: LimitCharge, now: number, denied: boolean): readonly LimitResult[] {
    this.#readAgain(charge, now);
    this.#slot = -1;
    return answerFrom(charge, this.#pad, denied);
  }

  /** Keeps the state that was read, and what is spent of it: live limits are charged only when nothing denied. */
  commit(charge: LimitCharge, now: number, denied: boolean): readonly LimitResult[] {
    this.#readAgain(charge, now);
    return this.#spend(charge, denied);
  }

  /**
   * Since a charge was read, another client of the same request may have used the pad, or, where a record
   * had to make room, changed places with this one.
   */
  #readAgain(charge: LimitCharge, now: number): void {
    const { high, low } = charge.fingerprint;
    if (!this.#records.isAt(this.#slot, high, low)) this.read(charge, now);
  }

  /** Answers the charge on the pad, and keeps what is left. */
  #spend(charge: LimitCharge, denied: boolean): readonly LimitResult[] {
    const slot = this.#place(charge);
    this.#slot = -1;
    const answers = answerFrom(charge, this.#pad, denied);
    this.#write(slot, this.#pad.numbers);
    if (denied) {
      if (deniesLive(charge, this.#pad)) this.#records.setDenied(slot, true);
    } else if (slot < this.#records.denied) this.#records.setDenied(slot, false);
    return answers;
  }

  /** Keeps what another store found of a client, when the request was denied. Only in a dated table. */
  keep(charge: LimitCharge, pad: Pad): void {
    const { high, low } = charge.fingerprint;
    this.#slot = this.#records.find(high, low);
    const slot = this.#place(charge);
    this.#slot = -1;
    spend(charge, pad, true);
    this.#write(slot, pad.numbers);
    const { words, width } = this.#records;
    setLong(words, (slot + 1) * width - DATE_WORDS, pad.numbers[NOW]!);
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
    this.#slot = -1;
    return this.#load(slot, time, this.#pad);
  }

  #write(slot: number, numbers: PadNumbers): void {
    const { words, width } = this.#records;
    let to = slot * width + TIME;
    setLong(words, to, numbers[NOW]!);
    to += STATES - TIME;
    for (let place = PAD_FIRST; place < numbers.length; place += PAD_NUMBERS) {
      words[to] = numbers[place + USED]!;
      setLong(words, to + 1, numbers[place + MARK]!);
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
    const { meters, numbers } = pad;
    const { words, width } = this.#records;
    const known = slot >= 0;
    const base = slot * width;
    const at = known ? long(words, base + TIME) : now;
    numbers[NOW] = now > at ? now : at;
    numbers[LEFT_AT] = at;
    for (let i = 0, place = PAD_FIRST, from = base + STATES; i < meters.length; i++) {
      numbers[place + USED] = known ? words[from]! : 0;
      numbers[place + MARK] = known ? long(words, from + 1) : 0;
      advance(meters[i]!, numbers, place);
      place += PAD_NUMBERS;
      from += STATE_WORDS;
    }
    return pad;
  }
}

/** How much of its fullest limit a record has used: 0 is nothing, 1 all of it. */
function debtOn({ meters, numbers }: Pad): number {
  let most = 0;
  for (let i = 0, at = PAD_FIRST + AVAILABLE; i < meters.length; i++, at += PAD_NUMBERS) {
    const { max } = meters[i]!;
    const debt = (max - numbers[at]!) / max;
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
