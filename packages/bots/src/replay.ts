/** Signatures that may be remembered at one time; one more is not accepted. */
export const MAX_SIGNATURES = 20_000;

/** Remembers what was used until it expires. */
export interface UsedOnce {
  /** Whether this is its first use; false as well when the memory is full. */
  take(value: string, until: number): boolean;
}

export function usedOnce(now: () => number, limit: number = MAX_SIGNATURES): UsedOnce {
  const used = new Map<string, number>();
  const sweep = (): void => {
    const time = now();
    for (const [value, until] of used) if (until <= time) used.delete(value);
  };
  return {
    take(value, until) {
      if (used.has(value) && used.get(value)! > now()) return false;
      if (used.size >= limit) sweep();
      if (used.size >= limit) return false;
      used.set(value, until);
      return true;
    },
  };
}
