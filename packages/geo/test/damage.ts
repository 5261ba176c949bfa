// Damage to data files: what happens to bytes on a bad disk, in a cut transfer, or by an enemy's hand.
import type { IpFacts } from "@arcjet/ip";
import fc from "fast-check";

type Change =
  | { readonly kind: "set"; readonly at: number; readonly value: number }
  | { readonly kind: "cut"; readonly at: number }
  | { readonly kind: "fill"; readonly at: number; readonly length: number; readonly value: number }
  | { readonly kind: "move"; readonly at: number; readonly to: number; readonly length: number };

/** One to five changes, of which most leave a file that looks like one. */
export const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant("set" as const),
        at: fc.nat(),
        value: fc.nat({ max: 255 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("cut" as const), at: fc.nat() }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("fill" as const),
        at: fc.nat(),
        length: fc.nat({ max: 16 }),
        value: fc.nat({ max: 255 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("move" as const),
        at: fc.nat(),
        to: fc.nat(),
        length: fc.nat({ max: 32 }),
      }),
    },
  ),
  { minLength: 1, maxLength: 5 },
);

export function damage(bytes: Uint8Array, list: readonly Change[]): Uint8Array {
  let out = new Uint8Array(bytes);
  for (const change of list) {
    if (out.length === 0) break;
    const at = change.at % out.length;
    if (change.kind === "set") out[at] = change.value;
    else if (change.kind === "cut") out = out.slice(0, at);
    else if (change.kind === "fill") out.fill(change.value, at, at + change.length);
    else out.copyWithin(change.to % out.length, at, at + change.length);
  }
  return out;
}

const TYPES: Readonly<Record<string, string>> = {
  latitude: "number",
  longitude: "number",
  accuracyRadius: "number",
};

/** Whether facts have the shape that rules rely on. */
export function isWellFormed(facts: IpFacts): boolean {
  return Object.entries(facts).every(([field, value]: [string, unknown]) => {
    const type = TYPES[field] ?? (field.startsWith("is") ? "boolean" : "string");
    if (typeof value !== type || Number.isNaN(value)) return false;
    if (field === "country" || field === "continent") return /^[A-Z]{2}$/.test(String(value));
    return field !== "asn" || /^[1-9]\d{0,9}$/.test(String(value));
  });
}
