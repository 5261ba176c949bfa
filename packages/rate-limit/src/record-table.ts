// The records of one group of limits: an open-addressed index over a slab of numbers. It grows by doubling
// up to its capacity, and from then on a new client takes the record of another: one whose limits are
// all full, else the one that owes least, and one that is being denied only when no other is near.

/** Records looked at for one to give up; with more than this many denied in a row, one of them goes. */
export const MAX_SCAN = 1024;
/** Records looked at when most of them are as good as any other. */
const USUAL_SCAN = 16;
const FIRST_CAPACITY = 1024;
const EMPTY = -1;

/** How much a record owes: 0 when forgetting it changes nothing, 1 and more when it is denied. */
export type Debt = (slot: number) => number;

/** A bounded table from the two words of a fingerprint to a slot of `width` numbers. */
export class RecordTable {
  /** The numbers of all records, `width` for each slot. */
  values: Float64Array;
  /** Records that made room for others although they still counted something. */
  evictions = 0;
  /** Records in use. */
  size = 0;
  readonly width: number;
  readonly #capacity: number;
  readonly #debt: Debt;
  #highs: Uint32Array;
  #lows: Uint32Array;
  #index: Int32Array;
  #hand = 0;

  constructor(width: number, capacity: number, debt: Debt) {
    this.width = width;
    this.#capacity = capacity;
    this.#debt = debt;
    const first = Math.min(capacity, FIRST_CAPACITY);
    this.values = new Float64Array(first * width);
    this.#highs = new Uint32Array(first);
    this.#lows = new Uint32Array(first);
    this.#index = emptyIndex(first);
  }

  /** The slot of a client, or -1. */
  find(high: number, low: number): number {
    const index = this.#index;
    const mask = index.length - 1;
    for (let at = low & mask; ; at = (at + 1) & mask) {
      const slot = index[at]!;
      if (slot === EMPTY || (this.#lows[slot] === low && this.#highs[slot] === high)) return slot;
    }
  }

  /** A slot for a client that has none, all zero. */
  insert(high: number, low: number): number {
    const slot = this.#freeSlot();
    this.#highs[slot] = high;
    this.#lows[slot] = low;
    this.values.fill(0, slot * this.width, (slot + 1) * this.width);
    this.#enter(slot);
    return slot;
  }

  /** Forgets a client. */
  remove(high: number, low: number): void {
    const slot = this.find(high, low);
    if (slot === EMPTY) return;
    this.#leave(slot);
    const last = --this.size;
    if (slot === last) return;
    this.#leave(last);
    this.#highs[slot] = this.#highs[last]!;
    this.#lows[slot] = this.#lows[last]!;
    this.values.copyWithin(slot * this.width, last * this.width, (last + 1) * this.width);
    this.#enter(slot);
  }

  #freeSlot(): number {
    if (this.size === this.#highs.length && this.size < this.#capacity) this.#grow();
    if (this.size < this.#highs.length) return this.size++;
    const victim = this.#chooseVictim();
    this.#leave(victim);
    return victim;
  }

  /** Goes on from where it stopped last, so that every record is looked at in its turn. */
  #chooseVictim(): number {
    let chosen = this.#hand;
    let least = Infinity;
    const scan = Math.min(MAX_SCAN, this.size);
    for (let seen = 0; seen < scan && least > 0; seen++) {
      if (seen >= USUAL_SCAN && least < 1) break;
      const debt = this.#debt(this.#hand);
      if (debt < least) {
        least = debt;
        chosen = this.#hand;
      }
      this.#hand = (this.#hand + 1) % this.size;
    }
    if (least > 0) this.evictions++;
    return chosen;
  }

  #grow(): void {
    const capacity = Math.min(this.#capacity, this.#highs.length * 2);
    this.values = grown(this.values, new Float64Array(capacity * this.width));
    this.#highs = grown(this.#highs, new Uint32Array(capacity));
    this.#lows = grown(this.#lows, new Uint32Array(capacity));
    this.#index = emptyIndex(capacity);
    for (let slot = 0; slot < this.size; slot++) this.#enter(slot);
  }

  #enter(slot: number): void {
    const mask = this.#index.length - 1;
    let at = this.#lows[slot]! & mask;
    while (this.#index[at] !== EMPTY) at = (at + 1) & mask;
    this.#index[at] = slot;
  }

  /** Takes a slot out of the index; what was displaced by it moves back, so that no marker is left. */
  #leave(slot: number): void {
    const index = this.#index;
    const mask = index.length - 1;
    let hole = this.#lows[slot]! & mask;
    while (index[hole] !== slot) hole = (hole + 1) & mask;
    for (let at = (hole + 1) & mask; index[at] !== EMPTY; at = (at + 1) & mask) {
      const home = this.#lows[index[at]!]! & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      index[hole] = index[at]!;
      hole = at;
    }
    index[hole] = EMPTY;
  }
}

/** Twice the capacity, rounded up to a power of two: at most half full, so runs stay short. */
function emptyIndex(capacity: number): Int32Array {
  return new Int32Array(2 ** Math.ceil(Math.log2(capacity * 2))).fill(EMPTY);
}

function grown<T extends Float64Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
