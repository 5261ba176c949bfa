/** Remembers values by whole numbers, in so many slots; a value goes when another one takes its slot. */
export interface SlotCache<Value> {
  get(key: number): Value | undefined;
  /** Keeps the value and gives it back. */
  set(key: number, value: Value): Value;
}

/** Spreads neighbouring numbers over the slots (Fibonacci hashing, Knuth vol. 3, 6.4). */
const GOLDEN = 0x9e3779b1;

/** Makes a cache of 2 to the power of `bits` slots; memory is taken when the first value is kept. */
export function slotCache<Value>(bits: number): SlotCache<Value> {
  let keys = new Float64Array(0);
  let values: (Value | undefined)[] = [];
  const slotOf = (key: number) => Math.imul(key, GOLDEN) >>> (32 - bits);
  return {
    get(key) {
      const slot = slotOf(key);
      return keys[slot] === key ? values[slot] : undefined;
    },
    set(key, value) {
      if (keys.length === 0) {
        keys = new Float64Array(2 ** bits).fill(-1);
        values = Array<Value | undefined>(2 ** bits).fill(undefined);
      }
      const slot = slotOf(key);
      keys[slot] = key;
      values[slot] = value;
      return value;
    },
  };
}
