// A charge is judged on a pad: the state of its client, brought to one moment, as a row of numbers. A
// store fills the pad from wherever it keeps states; what is answered and what is spent follows from
// the pad alone, so that every store answers alike.
import type { LimitGroup } from "./store.ts";

/** The time, then PAD_NUMBERS of each limit: `used`, `mark`, what is available, and the rest of the window. */
export type Pad = Float64Array;

/** Place of the first limit; the time stands before it. */
export const PAD_FIRST = 1;
/** Numbers that each limit has on a pad. */
export const PAD_NUMBERS = 4;
/** Where they are, from the place of the limit on. */
export const USED = 0;
export const MARK = 1;
export const AVAILABLE = 2;
export const REST = 3;

/** An empty pad for the charges of a group. */
export function createPad({ limits }: LimitGroup): Pad {
  return new Float64Array(PAD_FIRST + limits.length * PAD_NUMBERS);
}
