export { DEFAULT_TYPES, isBuiltInType, mergeSpans, OPT_IN_TYPES } from "./span.ts";
export type { BuiltInType, Span } from "./span.ts";
export { createFinder } from "./find.ts";
export type { Finder, FinderOptions, SensitiveInfoBackend } from "./find.ts";
export type { Detect } from "./tokens.ts";
export { redact, redactSync } from "./redact.ts";
export type { RedactAsyncOptions, RedactEntity, RedactOptions, Unredact } from "./redact.ts";
