import { expect, test } from "vitest";

test("the public API is this list", async () => {
  expect(Object.keys(await import("./index.ts")).sort()).toEqual([
    "DEFAULT_THRESHOLD",
    "DEFAULT_TYPES",
    "MAX_PROMPT_LENGTH",
    "OPT_IN_TYPES",
    "createFinder",
    "isBuiltInType",
    "mergeSpans",
    "redact",
    "redactSync",
    "scorePrompt",
  ]);
});

test("the score alone is this list", async () => {
  expect(Object.keys(await import("./prompt/score.ts")).sort()).toEqual([
    "DEFAULT_THRESHOLD",
    "MAX_PROMPT_LENGTH",
    "scorePrompt",
  ]);
});
