import type { BotReasonData, ReasonData } from "@arcjet/protocol";
import { describe, expect, test } from "vitest";
import { isMissingUserAgent, isSpoofedBot, isVerifiedBot } from "./inspect.ts";

const bot: BotReasonData = {
  type: "BOT",
  allowed: [],
  denied: ["GOOGLE_CRAWLER"],
  verified: false,
  spoofed: false,
  signals: [],
};
const error = (message: string): ReasonData => ({ type: "ERROR", message });
const MISSING = error("detectBot: missing User-Agent header.");

describe("questions about a bot result", () => {
  test.each<[string, ReasonData, readonly (boolean | undefined)[]]>([
    ["a bot nothing is known of", bot, [false, false, false]],
    ["a spoofed bot", { ...bot, spoofed: true }, [true, false, false]],
    ["a verified bot", { ...bot, verified: true }, [false, true, false]],
    [
      "a denied request without a user agent",
      { ...bot, signals: ["missing-user-agent"] },
      [false, false, true],
    ],
    ["our message", MISSING, [undefined, undefined, true]],
    [
      "the message of the first version",
      error("DetectBot requires `user-agent` header to be set."),
      [undefined, undefined, true],
    ],
    ["any other error", error("No answer in time."), [undefined, undefined, false]],
    ["no reason", { type: "NONE" }, [undefined, undefined, undefined]],
    ["another reason", { type: "EMAIL", emailTypes: [] }, [undefined, undefined, undefined]],
  ])("are answered for %s", (_, reason, expected) => {
    const result = { state: "RUN", reason } as const;
    expect([isSpoofedBot(result), isVerifiedBot(result), isMissingUserAgent(result)]).toEqual(
      expected,
    );
  });

  test.each<["RUN" | "NOT_RUN" | "CACHED" | "DRY_RUN", boolean | undefined]>([
    ["RUN", true],
    ["CACHED", true],
    ["DRY_RUN", undefined],
  ])("have an answer in the state %s: %s", (state, expected) => {
    expect(isSpoofedBot({ state, reason: { ...bot, spoofed: true } })).toBe(expected);
    expect(isVerifiedBot({ state, reason: { ...bot, verified: true } })).toBe(expected);
    expect(isMissingUserAgent({ state, reason: MISSING })).toBe(expected);
  });

  test("are not answered for results that say they are of another rule", () => {
    const result = { state: "RUN", type: "SHIELD", reason: MISSING } as const;
    expect(isMissingUserAgent(result)).toBeUndefined();
    expect(isMissingUserAgent({ ...result, type: "BOT" })).toBe(true);
  });
});
