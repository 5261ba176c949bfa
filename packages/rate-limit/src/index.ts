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
export { rateLimitFields, type FieldStyle, type LimitFields } from "./fields.ts";
export {
  memoryStore,
  type MemoryStore,
  type MemoryStoreOptions,
  type MemoryStoreStats,
} from "./memory-store.ts";
export { step, type LimitState } from "./step.ts";
