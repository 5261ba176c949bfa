/** A map that forgets its oldest entry when it is full. */
export interface BoundedCache<Key, Value> {
  get(key: Key): Value | undefined;
  /** Keeps the value and gives it back. */
  set(key: Key, value: Value): Value;
  readonly size: number;
}

/** Makes a cache of at most `limit` entries. */
export function boundedCache<Key, Value>(limit: number): BoundedCache<Key, Value> {
  const entries = new Map<Key, Value>();
  return {
    get: (key) => entries.get(key),
    set(key, value) {
      if (entries.size >= limit && !entries.has(key)) {
        const oldest = entries.keys().next();
        if (!oldest.done) entries.delete(oldest.value);
      }
      entries.set(key, value);
      return value;
    },
    get size() {
      return entries.size;
    },
  };
}
