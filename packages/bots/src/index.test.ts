import { expect, test } from "vitest";
import * as entry from "./index.ts";
import * as signatures from "./web-bot-auth.ts";

test("the package exports these names and no others", () => {
  expect(Object.keys(entry).toSorted()).toEqual([
    "MAX_USER_AGENT",
    "botVerifier",
    "botsUpdate",
    "categoriesOfBot",
    "crawlerRanges",
    "crawlerRangesDate",
    "detectBots",
    "expandBotList",
    "isSameBot",
    "listBots",
    "nodeResolver",
    "parseRangeList",
    "rangeSources",
    "requestSignals",
  ]);
  expect(Object.keys(signatures).toSorted()).toEqual(["MAX_SIGNATURE_HEADER", "webBotAuth"]);
});
