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

/** Whether a limit in DRY_RUN would be charged although the request is denied. */
export function spendsDenied({ group, requested }: LimitCharge, pad: Pad): boolean {
  for (let i = 0, at = PAD_FIRST + AVAILABLE; i < requested.length; i++, at += PAD_NUMBERS)
    if (group.live[i] !== true && requested[i]! > 0 && requested[i]! <= pad[at]!) return true;
  return false;
}

/**
 * What the limits of a charge answer; `denied` tells whether anything live denied the request, and
 * `cached` whether nobody was asked.
 */
export function answerFrom(
  charge: LimitCharge,
  pad: Pad,
  denied: boolean,
  cached = false,
): readonly LimitResult[] {
  const { length } = charge.requested;
  // Written out for the lengths there nearly always are: an array that grows reserves far too much.
  if (length === 1) return [answerOne(charge, 0, pad, denied, cached)];
  if (length === 2)
    return [answerOne(charge, 0, pad, denied, cached), answerOne(charge, 1, pad, denied, cached)];
  if (length === 3)
    return [
      answerOne(charge, 0, pad, denied, cached),
      answerOne(charge, 1, pad, denied, cached),
      answerOne(charge, 2, pad, denied, cached),
    ];
  return charge.requested.map((_, i) => answerOne(charge, i, pad, denied, cached));
}

function answerOne(
  charge: LimitCharge,
  i: number,
  pad: Pad,
  denied: boolean,
  cached: boolean,
): LimitResult {
  const { group } = charge;
  const requested = charge.requested[i]!;
  if (requested === 0) return NOT_ASKED;
  const place = PAD_FIRST + i * PAD_NUMBERS;
  const limit = group.limits[i]!;
  const available = pad[place + AVAILABLE]!;
  const allowed = requested <= available;
  const spent = !allowed || (denied && group.live[i] === true) ? 0 : requested;
  const remaining = available - spent;
  const resetMs = resetAfter(limit, pad, place, spent);
  const retryAfterMs = allowed ? 0 : retryAfterOf(limit, pad, place, requested);
  return cached
    ? { allowed, remaining, resetMs, retryAfterMs, cached }
    : { allowed, remaining, resetMs, retryAfterMs };
}
