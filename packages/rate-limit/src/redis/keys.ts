// Names of records in Redis: `prefix{tag}…`. The tag is one of 256 and follows from the fingerprint, so
// that on a cluster all records of a client lie in one slot, and many clients can share a call.
import type { Fingerprint, LimitCharge, StrikeCharge } from "../store.ts";

/** Tags in use, a power of two: enough to spread over a cluster, few enough to fill a batch. */
export const TAGS = 256;

/** The tag of a client, from 0 to 255. */
export function tagOf({ low }: Fingerprint): number {
  return low & (TAGS - 1);
}

/** The braces that make a cluster look at the tag alone. */
const TAG_TEXTS: readonly string[] = Array.from(
  { length: TAGS },
  (_, tag) => `{${tag.toString(16).padStart(2, "0")}}`,
);

export function limitKey(prefix: string, { group, fingerprint }: LimitCharge): string {
  return keyOf(prefix, "l", group.id, fingerprint);
}

export function strikeKey(prefix: string, { policy, fingerprint }: StrikeCharge): string {
  return keyOf(prefix, "s", policy.id, fingerprint);
}

function keyOf(prefix: string, kind: string, id: string, fingerprint: Fingerprint): string {
  const { high, low } = fingerprint;
  return `${prefix}${TAG_TEXTS[tagOf(fingerprint)]}${kind}:${id}:${high}.${low}`;
}
