import { describe, expect, test } from "vitest";
import { categoriesOfBot, expandBotList, isSameBot, listBots } from "./expand.ts";

describe("expandBotList", () => {
  test("keeps identifiers and replaces categories by their members", () => {
    const names = expandBotList(["CURL", "CATEGORY:VERCEL"]);
    expect(names.has("CURL")).toBe(true);
    expect(names.has("VERCEL_CRAWLER")).toBe(true);
    expect(names.size).toBe(3);
  });

  test("is empty for an empty list", () => {
    expect(expandBotList([]).size).toBe(0);
  });

  test("counts the bot that nobody has named to the unknown ones", () => {
    expect(expandBotList(["CATEGORY:UNKNOWN"]).has("UNKNOWN_BOT")).toBe(true);
  });

  test.each([
    ["CURLL", "CURL"],
    ["curl", "CURL"],
    ["GOOGLE CRAWLER", "GOOGLE_CRAWLER"],
    ["CATEGORY:SERCH_ENGINE", "CATEGORY:SEARCH_ENGINE"],
    ["CATEGORY:SEARCH", "CATEGORY:SEARCH_ENGINE"],
    ["BING_CRAWELR", "BING_CRAWLER"],
  ])("asks for %s whether %s was meant", (given, meant) => {
    expect(() => expandBotList([given])).toThrow(
      `Unknown bot name ${JSON.stringify(given)}. Did you mean ${JSON.stringify(meant)}?`,
    );
  });

  test.each(["", "Q", "x".repeat(10_000), "SOMETHING_ELSE_ENTIRELY_DIFFERENT"])(
    "makes no suggestion where nothing is near",
    (given) => {
      expect(() => expandBotList([given])).toThrow(/Unknown bot name [^?]*$/);
    },
  );

  test("says what it expected instead of a value that is no string", () => {
    // A caller without types may pass anything.
    expect(() => expandBotList([7 as unknown as string])).toThrow("expected a string such as");
  });
});

describe("names of bots", () => {
  test("are listed with the unknown bot first", () => {
    expect(listBots()).toHaveLength(810);
    expect(listBots()[0]).toBe("UNKNOWN_BOT");
  });

  test("know their categories", () => {
    expect(categoriesOfBot("GOOGLE_CRAWLER")).toContain("CATEGORY:SEARCH_ENGINE");
    expect(categoriesOfBot("UNKNOWN_BOT")).toEqual(["CATEGORY:UNKNOWN"]);
    expect(categoriesOfBot("NOBODY")).toEqual([]);
  });

  test.each([
    ["CCBOT_CRAWLER", "COMMONCRAWL_CRAWLER", true],
    ["FACEBOOK_SHARE_CRAWLER", "IMESSAGE_PREVIEW", true],
    ["IMESSAGE_PREVIEW", "TWITTER_CRAWLER", true],
    ["TWITTER_CRAWLER", "IMESSAGE_PREVIEW", false],
    ["CURL", "WGET", false],
  ])("tell whether %s stands for %s as well", (allowed, other, expected) => {
    expect(isSameBot(allowed, other)).toBe(expected);
  });
});
