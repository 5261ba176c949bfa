export type { FixedWindow, Limit, LimitResult, SlidingWindow, TokenBucket } from "./limit.ts";
export type {
  Charges,
  Fingerprint,
  LimitCharge,
  LimitGroup,
  Outcome,
  Store,
  StrikeCharge,
  StrikePolicy,
  StrikeResult,
} from "./store.ts";
export { createHasher } from "./hasher.ts";
export { parseDuration } from "./duration.ts";
export { memoryStore, rateLimitFields } from "./simple-store.ts";
