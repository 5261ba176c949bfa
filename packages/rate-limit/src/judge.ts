// What follows from a pad: whether a charge is denied, what is spent, and what is answered.
import type { LimitResult } from "./limit.ts";
import { AVAILABLE, PAD_FIRST, PAD_NUMBERS, type Pad } from "./pad.ts";
import { resetAfter, retryAfterOf } from "./step.ts";
import type { LimitCharge } from "./store.ts";

/** A limit that takes no part in a request has nothing to say. */
const NOT_ASKED: LimitResult = Object.freeze({
  allowed: true,
  remaining: 0,
  resetMs: 0,
  retryAfterMs: 0,
});

/** Whether a live limit of the charge denies it. */
export function deniesLive({ group, requested }: LimitCharge, pad: Pad): boolean {
  for (let i = 0, at = PAD_FIRST + AVAILABLE; i < requested.length; i++, at += PAD_NUMBERS)
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
  const available = pad[PAD_FIRST + i * PAD_NUMBERS + AVAILABLE]!;
  return units > available || (denied && group.live[i] === true) ? 0 : units;
}

/** What the limits of a charge answer; `denied` tells whether anything live denied the request. */
export function answerFrom(charge: LimitCharge, pad: Pad, denied: boolean): readonly LimitResult[] {
  const { requested } = charge;
  if (requested.length === 1) return [answerOne(charge, 0, pad, denied)];
  const results: LimitResult[] = [
    answerOne(charge, 0, pad, denied),
    answerOne(charge, 1, pad, denied),
  ];
  for (let i = 2; i < requested.length; i++) results.push(answerOne(charge, i, pad, denied));
  return results;
}

function answerOne(charge: LimitCharge, i: number, pad: Pad, denied: boolean): LimitResult {
  const { group } = charge;
  const requested = charge.requested[i]!;
  if (requested === 0) return NOT_ASKED;
  const place = PAD_FIRST + i * PAD_NUMBERS;
  const limit = group.limits[i]!;
  const available = pad[place + AVAILABLE]!;
  const allowed = requested <= available;
  const spent = !allowed || (denied && group.live[i] === true) ? 0 : requested;
  return {
    allowed,
    remaining: available - spent,
    resetMs: resetAfter(limit, pad, place, spent),
    retryAfterMs: allowed ? 0 : retryAfterOf(limit, pad, place, requested),
  };
}
