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
