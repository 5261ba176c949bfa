import type { RateLimitSpec } from "@arcjet/protocol";
import type { Limit } from "@arcjet/rate-limit";

const MS = 1000;

/** The limit a specification describes: seconds become milliseconds. */
export function toLimit(spec: RateLimitSpec): Limit {
  switch (spec.algorithm) {
    case "TOKEN_BUCKET":
      return {
        algorithm: spec.algorithm,
        refillRate: spec.refillRate,
        intervalMs: spec.interval * MS,
        capacity: spec.capacity,
        refill: spec.refill,
      };
    case "FIXED_WINDOW":
      return {
        algorithm: spec.algorithm,
        windowMs: spec.window * MS,
        max: spec.max,
        anchor: spec.anchor,
      };
    case "SLIDING_WINDOW":
      return { algorithm: spec.algorithm, intervalMs: spec.interval * MS, max: spec.max };
  }
}
