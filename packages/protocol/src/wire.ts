export {
  decisionFromWire,
  decisionToWire,
  FULL,
  PUBLISHED,
  resultFromWire,
  resultToWire,
} from "./wire/decision.ts";
export {
  detailsFromWire,
  detailsToWire,
  MAX_METADATA_LENGTH,
  MAX_PROPERTIES,
  MAX_PROPERTY_LENGTH,
  metadataToWire,
  type WireRequest,
} from "./wire/details.ts";
export { questionToDecide, questionToReport } from "./wire/question.ts";
export { createFingerprint, fingerprint, type FingerprintSource } from "./wire/fingerprint.ts";
export {
  createDecideResponseEncoder,
  type DecideResponseEncoder,
  encodeDecideResponse,
} from "./wire/encode.ts";
export { ipFromWire, ipToWire } from "./wire/ip.ts";
export { MAX_DETAIL_LENGTH, reasonFromWire, reasonToWire, type Dialect } from "./wire/reason.ts";
export { ruleId, ruleText } from "./wire/rule-id.ts";
export { portableSha256Hex, sha256Hex } from "./wire/sha256.ts";
export {
  PROMPT_INJECTION_THRESHOLD,
  ruleFromWire,
  ruleToWire,
  SHIELD_DEFAULTS,
} from "./wire/spec.ts";
export {
  DecideRequestSchema,
  DecideResponseSchema,
  DecideService,
  LocalAnswerSchema,
  ReportRequestSchema,
  ReportResponseSchema,
  RequestDetailsSchema,
  RuleSchema,
  SDKStack,
  type DecideRequest,
  type DecideResponse,
  type ReportRequest,
  type ReportResponse,
  type RequestDetails,
} from "./gen/decide/v1alpha1/decide_pb.js";
