// Three-valued logic (Kleene), with one thing more: whether an open result could still become true.
// A result is the set of what it may be once IP data is there. A comparison with an absent header is
// open for good: {open}. One with missing IP data may go either way: {false, true}. A result is true
// or false when that is all it may be, and open otherwise.

/** A set of possible results, as bits. */
export type Outcome = number;

export const FALSE = 1;
export const OPEN = 2;
export const TRUE = 4;
/** What a comparison with unknown IP data may turn out to be. */
export const EITHER = FALSE | TRUE;
/** What a comparison with a value that was not read may be. */
export const ANY = FALSE | OPEN | TRUE;

/** Outcomes of every pair, by `a << 3 | b`. */
type Table = Uint8Array;

const SINGLES = [FALSE, OPEN, TRUE];
export const AND: Table = lift((a, b) => Math.min(a, b));
export const OR: Table = lift((a, b) => Math.max(a, b));
export const XOR: Table = lift((a, b) =>
  a === OPEN || b === OPEN ? OPEN : a === b ? FALSE : TRUE,
);

function lift(combine: (a: number, b: number) => number): Table {
  return Uint8Array.from({ length: 64 }, (_, pair) => {
    let possible = 0;
    for (const a of SINGLES)
      for (const b of SINGLES) if ((pair >> 3) & a && pair & 7 & b) possible |= combine(a, b);
    return possible;
  });
}

/** True and false change places. */
export function not(outcome: Outcome): Outcome {
  return (outcome & OPEN) | ((outcome & TRUE) >> 2) | ((outcome & FALSE) << 2);
}

/** True, false, or undefined when open. */
export function decided(outcome: Outcome): boolean | undefined {
  if (outcome === TRUE) return true;
  return outcome === FALSE ? false : undefined;
}

/** Whether an open outcome could become true with more IP data. */
export function couldMatch(outcome: Outcome): boolean {
  return (outcome & TRUE) !== 0;
}
