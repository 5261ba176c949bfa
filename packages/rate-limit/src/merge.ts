// Two charges of one request may name the same record, when two rules are equal. They are judged as one
// charge for both, so that all or nothing of the request is charged.
import type { Charges, LimitCharge, LimitGroup, Outcome } from "./store.ts";

/** The charges with one for each record; the very same when there is nothing to join. */
export function mergeCharges(charges: Charges): Charges {
  const { limits } = charges;
  if (limits.length < 2) return charges;
  const merged: LimitCharge[] = [];
  for (const charge of limits) {
    const at = placeOf(charge, merged);
    if (at < 0) merged.push(charge);
    else merged[at] = join(merged[at]!, charge);
  }
  return merged.length === limits.length ? charges : { ...charges, limits: merged };
}

/** Gives each of the original charges the answers of the one it became part of. */
export function unmerge(outcome: Outcome, charges: Charges, merged: Charges): Outcome {
  if (merged === charges) return outcome;
  const limits = charges.limits.map(
    (charge) => outcome.limits[placeOf(charge, merged.limits)] ?? [],
  );
  return { ...outcome, limits };
}

function placeOf(charge: LimitCharge, among: readonly LimitCharge[]): number {
  for (let i = 0; i < among.length; i++) if (isSame(charge, among[i]!)) return i;
  return -1;
}

function isSame(a: LimitCharge, b: LimitCharge): boolean {
  if (a.group !== b.group && a.group.id !== b.group.id) return false;
  const { fingerprint: x } = a;
  const { fingerprint: y } = b;
  return x.low === y.low && x.high === y.high;
}

function join(a: LimitCharge, b: LimitCharge): LimitCharge {
  const group: LimitGroup =
    a.group === b.group
      ? a.group
      : { ...a.group, live: a.group.live.map((live, i) => live || b.group.live[i] === true) };
  const requested = a.requested.map((units, i) => units + (b.requested[i] ?? 0));
  return { group, fingerprint: a.fingerprint, requested };
}
