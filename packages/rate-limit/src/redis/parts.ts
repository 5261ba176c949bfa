// On a cluster the charges of one request may lie in several slots, which no call can change together.
// Each slot judges and charges its part; when one denies, the others give back what they took.
import type { LimitResult } from "../limit.ts";
import type { Charges, LimitCharge, Outcome, StrikeCharge, StrikeResult } from "../store.ts";
import { tagOf } from "./keys.ts";

/** The charges of one slot, and where they stood in the request. */
export interface Part {
  readonly tag: number;
  readonly charges: Charges;
  readonly limitPlaces: readonly number[];
  readonly strikePlaces: readonly number[];
}

/** The charges by slot, in the order the slots first appear. */
export function toParts({ limits, strikes }: Charges): readonly Part[] {
  const tags = new Set<number>();
  for (const { fingerprint } of limits) tags.add(tagOf(fingerprint));
  for (const { fingerprint } of strikes) tags.add(tagOf(fingerprint));
  return [...tags].map((tag) => {
    const limitPlaces = placesOf(limits, tag);
    const strikePlaces = placesOf(strikes, tag);
    const charges = {
      limits: limitPlaces.map((at) => limits[at]!),
      strikes: strikePlaces.map((at) => strikes[at]!),
    };
    return { tag, charges, limitPlaces, strikePlaces };
  });
}

function placesOf(charges: readonly (LimitCharge | StrikeCharge)[], tag: number): number[] {
  return charges.flatMap(({ fingerprint }, at) => (tagOf(fingerprint) === tag ? [at] : []));
}

/** The outcome of the request from those of its parts. */
export function joinParts(parts: readonly Part[], outcomes: readonly Outcome[]): Outcome {
  const limits: (readonly LimitResult[])[] = [];
  const strikes: StrikeResult[] = [];
  parts.forEach(({ limitPlaces, strikePlaces }, i) => {
    limitPlaces.forEach((at, j) => (limits[at] = outcomes[i]!.limits[j]!));
    strikePlaces.forEach((at, j) => (strikes[at] = outcomes[i]!.strikes[j]!));
  });
  return { limits, strikes };
}
