import { expect, it } from "vitest";
import * as api from "./index.ts";

it("exports what the README names", () => {
  expect(Object.keys(api).toSorted()).toEqual([
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

it("takes out what it finds, and puts it back", () => {
  const { redactSync } = api;
  const [text, unredact] = redactSync("Write to ada@example.com, or call from 203.0.113.7.");
  expect(text).not.toMatch(/ada@example\.com|203\.0\.113\.7/);
  expect(unredact(text)).toBe("Write to ada@example.com, or call from 203.0.113.7.");
});
