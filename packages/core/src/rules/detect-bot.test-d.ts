import { expectTypeOf, test } from "vitest";
import { detectBot } from "./detect-bot.ts";
import type { Rule } from "../rule.ts";

test("names are checked and no property is required of protect()", () => {
  expectTypeOf(
    detectBot({ allow: ["CURL", "CATEGORY:SEARCH_ENGINE", "UNKNOWN_BOT"] }),
  ).toEqualTypeOf<Rule>();
  expectTypeOf(detectBot({ mode: "LIVE", deny: [] })).toEqualTypeOf<Rule>();
  // @ts-expect-error an unknown name
  void (() => detectBot({ allow: ["CURLL"] }));
  // @ts-expect-error an unknown category
  void (() => detectBot({ deny: ["CATEGORY:SERCH_ENGINE"] }));
  // @ts-expect-error one of the two
  void (() => detectBot({ allow: [], deny: [] }));
  // @ts-expect-error one of the two
  void (() => detectBot({ mode: "LIVE" }));
});
