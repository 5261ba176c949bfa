// A charge is judged on a pad: the state of its client, brought to one moment, as a row of numbers. A
// store puts the state on the pad from wherever it keeps it, and each limit is brought forward in place;
// what is answered and what is spent follows from the pad alone, so that every store answers alike. Since
// functions share the pad, no number has to be made an object to be handed on.
import { type Meter, toMeter } from "./meter.ts";
import type { LimitGroup } from "./store.ts";

/** The numbers of a pad: two times, then PAD_NUMBERS of each limit: `used`, `mark`, what is available, and the rest of the window. */
export type PadNumbers = Float64Array;

export interface Pad {
  readonly meters: readonly Meter[];
  readonly numbers: PadNumbers;
}

/** The time to judge by, and the time that what is on the pad was left at, which is not later. */
export const NOW = 0;
export const LEFT_AT = 1;
/** Place of the first limit. */
export const PAD_FIRST = 2;
/** Numbers that each limit has on a pad. */
export const PAD_NUMBERS = 4;
/** Where they are, from the place of the limit on. */
export const USED = 0;
export const MARK = 1;
export const AVAILABLE = 2;
export const REST = 3;

/** An empty pad for the charges of a group. */
export function createPad({ limits }: Pick<LimitGroup, "limits">): Pad {
  return {
    meters: limits.map(toMeter),
    numbers: new Float64Array(PAD_FIRST + limits.length * PAD_NUMBERS),
  };
}
