// The records of one group of limits: an open-addressed index over a slab of 32-bit words. It grows by
// doubling; when the room it shares with other tables is used up, a new client takes the place of another.
//
// The slab is parted: clients that are being denied lie before all others. A new client therefore never
// has to search for a record that may go: it looks at a few of those behind the border, starting where
// the last search stopped, and takes the one that owes least. Only when there is no other does a client
// that is being denied lose its record.

import type { Room, Tenant } from "./room.ts";

/** Records looked at, on each side of the border, to find one that may go. */
export const MAX_SCAN = 16;
const FIRST_CAPACITY = 1024;
const EMPTY = 0;

/** How much a record owes: 0 when forgetting it changes nothing, 1 when nothing is left to spend. */
export type Debt = (slot: number) => number;

/** A bounded table from the two words of a fingerprint to a slot of `width` words, which begins with them. */
export class RecordTable implements Tenant {
  /** The words of all records; replaced when the table grows. */
  words: Uint32Array;
  /** Records that made room for others although they still counted something. */
  evictions = 0;
  /** Records in use. */
  size = 0;
  /** Records before the border: those of clients being denied. */
  denied = 0;
  readonly width: number;
  readonly #room: Room;
  readonly #debt: Debt;
  /** Slot + 1 of the record, or 0. */
  #index: Uint32Array;
  #hand = 0;
  #deniedHand = 0;

  constructor(width: number, room: Room, debt: Debt) {
    this.width = width;
    this.#room = room;
    this.#debt = debt;
    room.enter(this);
    const first = Math.min(room.capacity, FIRST_CAPACITY);
    this.words = new Uint32Array(first * width);
    this.#index = emptyIndex(first);
  }

  /** The slot of a client, or -1. */
  find(high: number, low: number): number {
    const index = this.#index;
    const { words, width } = this;
    const mask = index.length - 1;
    for (let at = low & mask; ; at = (at + 1) & mask) {
      const slot = index[at]! - 1;
      if (slot < 0) return -1;
      const base = slot * width;
      if (words[base + 1] === low && words[base] === high) return slot;
    }
  }

  /** Whether a client has its record in a slot. */
  isAt(slot: number, high: number, low: number): boolean {
    if (slot < 0 || slot >= this.size) return false;
    const base = slot * this.width;
    return this.words[base] === high && this.words[base + 1] === low;
  }

  /** A slot for a client that has none, all zero but for the fingerprint. */
  insert(high: number, low: number): number {
    this.#room.claim();
    const slot = this.size;
    if ((slot + 1) * this.width > this.words.length) this.#grow();
    this.size++;
    const base = slot * this.width;
    this.words.fill(0, base, base + this.width);
    this.words[base] = high;
    this.words[base + 1] = low;
    this.#enter(slot);
    return slot;
  }

  /** Forgets a client. */
  remove(high: number, low: number): void {
    const slot = this.find(high, low);
    if (slot >= 0) this.#removeSlot(slot);
  }

  /** Sets a client apart as being denied, or no longer. */
  setDenied(slot: number, denied: boolean): void {
    if (slot < this.denied === denied) return;
    if (denied) this.#swap(slot, this.denied++);
    else this.#swap(slot, --this.denied);
  }

  #removeSlot(slot: number): void {
    let hole = slot;
    if (slot < this.denied) {
      hole = --this.denied;
      this.#swap(slot, hole);
    }
    this.#swap(hole, this.size - 1);
    this.#leave(--this.size);
    this.#room.release();
  }

  /** Gives up the record that owes least of those looked at. */
  evict(): void {
    const others = this.size - this.denied;
    this.#hand = this.#scanFrom(this.#hand, this.denied, others);
    const first = this.#least;
    let victim = this.#leastSlot;
    if (first > 0 && this.denied > 0) {
      this.#deniedHand = this.#scanFrom(this.#deniedHand, 0, this.denied);
      if (others === 0 || this.#least === 0) victim = this.#leastSlot;
      else this.#least = first;
    }
    if (this.#least > 0) this.evictions++;
    this.#removeSlot(victim);
  }

  /** What the last scan found. */
  #least = Infinity;
  #leastSlot = -1;

  /** Looks at some of `count` records from `from` on, beginning with the hand; gives the hand's new place. */
  #scanFrom(hand: number, from: number, count: number): number {
    this.#least = Infinity;
    let at = hand;
    for (let seen = Math.min(count, MAX_SCAN); seen > 0 && this.#least > 0; seen--) {
      if (at < from || at >= from + count) at = from;
      const debt = this.#debt(at);
      if (debt < this.#least) {
        this.#least = debt;
        this.#leastSlot = at;
      }
      at++;
    }
    return at;
  }

  #grow(): void {
    const records = Math.min(this.#room.capacity, (this.words.length / this.width) * 2);
    const words = new Uint32Array(records * this.width);
    words.set(this.words);
    this.words = words;
    this.#index = emptyIndex(records);
    for (let slot = 0; slot < this.size; slot++) this.#enter(slot);
  }

  #swap(a: number, b: number): void {
    if (a === b) return;
    const atA = this.#placeOf(a);
    const atB = this.#placeOf(b);
    this.#index[atA] = b + 1;
    this.#index[atB] = a + 1;
    const { words, width } = this;
    for (let i = a * width, j = b * width, end = i + width; i < end; i++, j++) {
      const word = words[i]!;
      words[i] = words[j]!;
      words[j] = word;
    }
  }

  #home(slot: number): number {
    return this.words[slot * this.width + 1]! & (this.#index.length - 1);
  }

  #placeOf(slot: number): number {
    const mask = this.#index.length - 1;
    let at = this.#home(slot);
    while (this.#index[at] !== slot + 1) at = (at + 1) & mask;
    return at;
  }

  #enter(slot: number): void {
    const mask = this.#index.length - 1;
    let at = this.#home(slot);
    while (this.#index[at] !== EMPTY) at = (at + 1) & mask;
    this.#index[at] = slot + 1;
  }

  /** Takes a slot out of the index; what was displaced by it moves back, so that no marker is left. */
  #leave(slot: number): void {
    const index = this.#index;
    const mask = index.length - 1;
    let hole = this.#placeOf(slot);
    for (let at = (hole + 1) & mask; index[at] !== EMPTY; at = (at + 1) & mask) {
      const home = this.#home(index[at]! - 1);
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      index[hole] = index[at]!;
      hole = at;
    }
    index[hole] = EMPTY;
  }
}

/** Twice the capacity, rounded up to a power of two: at most half full, so runs stay short. */
function emptyIndex(capacity: number): Uint32Array {
  return new Uint32Array(2 ** Math.ceil(Math.log2(capacity * 2)));
}
