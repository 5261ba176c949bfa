// A charge is judged on a pad: the state of its client, brought to one moment, as a row of numbers. A
// store fills the pad from wherever it keeps states; what is answered and what is spent follows from
// the pad alone, so that every store answers alike.
import type { Limit, LimitResult } from "./limit.ts";
import { availableAt, resetAfter, retryAfterOf } from "./step.ts";
import type { LimitCharge, LimitGroup } from "./store.ts";

/** The time, then `used`, `mark` and what is available of each limit. */
export type Pad = Float64Array;

/** Place of the first limit; the time stands before it. */
export const PAD_FIRST = 1;
/** Numbers that each limit has on a pad. */
export const PAD_NUMBERS = 3;

/** A limit that takes no part in a request has nothing to say. */
const NOT_ASKED: LimitResult = Object.freeze({
  allowed: true,
  remaining: 0,
  resetMs: 0,
  retryAfterMs: 0,
});

/** An empty pad for the charges of a group. */
export function createPad({ limits }: LimitGroup): Pad {
  return new Float64Array(PAD_FIRST + limits.length * PAD_NUMBERS);
}

/** Writes the state of one limit, which is up to date at the time of the pad. */
export function writePad(pad: Pad, place: number, limit: Limit, used: number, mark: number): void {
  pad[place] = used;
  pad[place + 1] = mark;
  pad[place + 2] = availableAt(limit, used, mark, pad[0]!);
}

/** Whether a live limit of the charge denies it. */
export function deniesLive({ group, requested }: LimitCharge, pad: Pad): boolean {
  for (let i = 0, at = PAD_FIRST + 2; i < requested.length; i++, at += PAD_NUMBERS)
    if (requested[i]! > pad[at]! && group.live[i] === true) return true;
  return false;
}

/** Units a limit is charged: none when it denies, or when it is live and the request is denied. */
export function spentOn(
  { group, requested }: LimitCharge,
  i: number,
  pad: Pad,
  denied: boolean,
): number {
  const units = requested[i]!;
  const available = pad[PAD_FIRST + i * PAD_NUMBERS + 2]!;
  return units > available || (denied && group.live[i] === true) ? 0 : units;
}

/** What the limits of a charge answer; `denied` tells whether anything live denied the request. */
export function answerFrom(charge: LimitCharge, pad: Pad, denied: boolean): readonly LimitResult[] {
  const results: LimitResult[] = [];
  for (let i = 0; i < charge.requested.length; i++)
    results.push(charge.requested[i] === 0 ? NOT_ASKED : answerOne(charge, i, pad, denied));
  return results;
}

function answerOne(charge: LimitCharge, i: number, pad: Pad, denied: boolean): LimitResult {
  const limit = charge.group.limits[i]!;
  const requested = charge.requested[i]!;
  const place = PAD_FIRST + i * PAD_NUMBERS;
  const time = pad[0]!;
  const used = pad[place]!;
  const mark = pad[place + 1]!;
  const available = pad[place + 2]!;
  const spent = spentOn(charge, i, pad, denied);
  const allowed = requested <= available;
  return {
    allowed,
    remaining: available - spent,
    resetMs: resetAfter(limit, used + spent, mark, time),
    retryAfterMs: allowed ? 0 : retryAfterOf(limit, used, mark, time, requested),
  };
}
