export { DEFAULT_TYPES, isBuiltInType, mergeSpans, OPT_IN_TYPES } from "./span.ts";
export type { BuiltInType, Span } from "./span.ts";
export { createFinder } from "./find.ts";
export type { Finder, FinderOptions, SensitiveInfoBackend } from "./find.ts";
export type { Detect } from "./tokens.ts";
export { redact, redactSync } from "./redact.ts";
export type { RedactAsyncOptions, RedactEntity, RedactOptions, Unredact } from "./redact.ts";
export { DEFAULT_THRESHOLD, MAX_PROMPT_LENGTH, scorePrompt } from "./prompt/score.ts";
export type { PromptFamily, PromptScore } from "./prompt/score.ts";
