import { expectTypeOf, test } from "vitest";
import type { BotCategory, BotMatch, BotName, WellKnownBot } from "./index.ts";

test("names are literals", () => {
  expectTypeOf<"CURL">().toExtend<WellKnownBot>();
  expectTypeOf<"CATEGORY:SEARCH_ENGINE">().toExtend<BotCategory>();
  expectTypeOf<"UNKNOWN_BOT">().toExtend<BotName>();
  expectTypeOf<"CURLL">().not.toExtend<BotName>();
  expectTypeOf<string>().not.toExtend<BotName>();
  expectTypeOf<BotMatch["ids"][number]>().toEqualTypeOf<WellKnownBot | "UNKNOWN_BOT">();
});
