// Guessing at the admin token: so many wrong ones from a client, and so many from all, in five minutes. A
// browser that was signed in before is a client of its own, so that whoever guesses keeps only himself out.
import { rateLimitKey } from "@arcjet/ip";

export const MAX_WRONG = 10;
export const MAX_WRONG_TOTAL = 200;
const WINDOW_MS = 300_000;

/** Who tries: a browser that shows what it was given at an earlier sign-in, or an address. */
export interface Guesser {
  readonly known: string | undefined;
  readonly address: string;
}

export interface Attempts {
  /** Whether a client may try once more. */
  allowed(guesser: Guesser): boolean;
  /** Remembers a wrong token. */
  wrong(guesser: Guesser): void;
}

const keyOf = ({ known, address }: Guesser): string =>
  known === undefined ? rateLimitKey(address) : `known ${known}`;

export function createAttempts(now: () => number): Attempts {
  let begun = 0;
  let total = 0;
  const byClient = new Map<string, number>();
  const renew = (): void => {
    if (now() - begun < WINDOW_MS) return;
    begun = now();
    total = 0;
    byClient.clear();
  };
  return {
    allowed: (guesser) => {
      renew();
      if (guesser.known === undefined && total >= MAX_WRONG_TOTAL) return false;
      return (byClient.get(keyOf(guesser)) ?? 0) < MAX_WRONG;
    },
    wrong: (guesser) => {
      renew();
      // Those that are known are few: each was signed in once.
      if (guesser.known === undefined) total++;
      const key = keyOf(guesser);
      byClient.set(key, (byClient.get(key) ?? 0) + 1);
    },
  };
}
