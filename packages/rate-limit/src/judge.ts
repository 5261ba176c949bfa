// What follows from a pad: whether a charge is denied, what is spent, and what is answered.
import type { LimitResult } from "./limit.ts";
import { AVAILABLE, PAD_FIRST, PAD_NUMBERS, type Pad, USED } from "./pad.ts";
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
export function deniesLive({ group, requested }: LimitCharge, { numbers }: Pad): boolean {
  for (let i = 0, at = PAD_FIRST + AVAILABLE; i < requested.length; i++, at += PAD_NUMBERS)
    if (requested[i]! > numbers[at]! && group.live[i] === true) return true;
  return false;
}

/** Units a limit is charged: none when it denies, or when it is live and the request is denied. */
export function spentOn(
  { group, requested }: LimitCharge,
  i: number,
  { numbers }: Pad,
  denied: boolean,
): number {
  const units = requested[i]!;
  const available = numbers[PAD_FIRST + i * PAD_NUMBERS + AVAILABLE]!;
  return units > available || (denied && group.live[i] === true) ? 0 : units;
}

/** Spends on the pad what a charge spends. */
export function spend(charge: LimitCharge, pad: Pad, denied: boolean): void {
  for (let i = 0, at = PAD_FIRST + USED; i < charge.requested.length; i++, at += PAD_NUMBERS)
    pad.numbers[at]! += spentOn(charge, i, pad, denied);
}

/** Whether a limit in DRY_RUN would be charged although the request is denied. */
export function spendsDenied({ group, requested }: LimitCharge, { numbers }: Pad): boolean {
  for (let i = 0, at = PAD_FIRST + AVAILABLE; i < requested.length; i++, at += PAD_NUMBERS)
    if (group.live[i] !== true && requested[i]! > 0 && requested[i]! <= numbers[at]!) return true;
  return false;
}

/**
 * What the limits of a charge answer, which spends on the pad what they are charged; `denied` tells whether
 * anything live denied the request, and `cached` whether nobody was asked.
 */
export function answerFrom(
  charge: LimitCharge,
  pad: Pad,
  denied: boolean,
  cached = false,
): readonly LimitResult[] {
  const answers = unanswered(charge.requested.length);
  for (let i = 0; i < answers.length; i++) answers[i] = answerOne(charge, i, pad, denied, cached);
  return answers;
}

/** Written out for the lengths there nearly always are: an array that grows reserves far too much. */
function unanswered(count: number): LimitResult[] {
  if (count === 1) return [NOT_ASKED];
  if (count === 3) return [NOT_ASKED, NOT_ASKED, NOT_ASKED];
  if (count === 2) return [NOT_ASKED, NOT_ASKED];
  return Array.from({ length: count }, () => NOT_ASKED);
}

function answerOne(
  { group, requested }: LimitCharge,
  i: number,
  { meters, numbers }: Pad,
  denied: boolean,
  cached: boolean,
): LimitResult {
  const units = requested[i]!;
  if (units === 0) return NOT_ASKED;
  const meter = meters[i]!;
  const place = PAD_FIRST + i * PAD_NUMBERS;
  const available = numbers[place + AVAILABLE]!;
  const allowed = units <= available;
  const spent = !allowed || (denied && group.live[i] === true) ? 0 : units;
  numbers[place + USED]! += spent;
  const remaining = small(available - spent);
  const resetMs = small(resetAfter(meter, numbers, place));
  const wait = allowed ? 0 : retryAfterOf(meter, numbers, place, units);
  const retryAfterMs = wait === null ? null : small(wait);
  return cached
    ? { allowed, remaining, resetMs, retryAfterMs, cached }
    : { allowed, remaining, resetMs, retryAfterMs };
}

/** The same number, which the runtime then keeps in place instead of as an object when it fits 31 bits and a sign. */
function small(value: number): number {
  const whole = value | 0;
  return whole === value ? whole : value;
}
