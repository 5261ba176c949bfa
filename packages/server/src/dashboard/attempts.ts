// Guessing at the admin token: so many wrong ones from an address, and so many from all, in five minutes.

export const MAX_WRONG = 10;
export const MAX_WRONG_TOTAL = 200;
const WINDOW_MS = 300_000;

export interface Attempts {
  /** Whether an address may try once more. */
  allowed(address: string): boolean;
  /** Remembers a wrong token. */
  wrong(address: string): void;
}

export function createAttempts(now: () => number): Attempts {
  let begun = 0;
  let total = 0;
  const byAddress = new Map<string, number>();
  const renew = (): void => {
    if (now() - begun < WINDOW_MS) return;
    begun = now();
    total = 0;
    byAddress.clear();
  };
  return {
    allowed: (address) => {
      renew();
      return total < MAX_WRONG_TOTAL && (byAddress.get(address) ?? 0) < MAX_WRONG;
    },
    wrong: (address) => {
      renew();
      total++;
      byAddress.set(address, (byAddress.get(address) ?? 0) + 1);
    },
  };
}
