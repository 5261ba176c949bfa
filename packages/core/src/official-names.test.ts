import { describe, expect, it } from "vitest";
import arcjet, {
  ArcjetAllowDecision,
  ArcjetChallengeDecision,
  ArcjetDecision,
  ArcjetDenyDecision,
  ArcjetErrorDecision,
  ArcjetFilterReason,
  ArcjetIpDetails,
  ArcjetRateLimitReason,
  ArcjetReason,
  ArcjetRuleResult,
  filter,
} from "./index.ts";
import { fakeRequest } from "./testing.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const decide = (text: string) =>
  arcjet({
    rules: [filter({ mode: "LIVE", deny: [text] })],
    log: silent,
  }).protect(fakeRequest());

const kinds = {
  ArcjetAllowDecision,
  ArcjetChallengeDecision,
  ArcjetDenyDecision,
  ArcjetErrorDecision,
};

describe("instanceof", () => {
  it.each([
    ['http.host eq "example.com"', "ArcjetDenyDecision"],
    ['http.host eq "example.org"', "ArcjetAllowDecision"],
  ] as const)("tells of %s that it is one of %s", async (expression, name) => {
    const decision = await decide(expression);
    expect(decision instanceof ArcjetDecision).toBe(true);
    for (const [other, is] of Object.entries(kinds))
      expect([other, decision instanceof is]).toEqual([other, other === name]);
    expect({ conclusion: decision.conclusion } instanceof kinds[name]).toBe(false);
  });

  it("tells reasons apart", async () => {
    const { reason, results, ip } = await decide('http.host eq "example.com"');
    expect(reason instanceof ArcjetReason).toBe(true);
    expect(reason instanceof ArcjetFilterReason).toBe(true);
    expect(reason instanceof ArcjetRateLimitReason).toBe(false);
    expect(results[0] instanceof ArcjetRuleResult).toBe(true);
    expect(ip instanceof ArcjetIpDetails).toBe(true);
  });

  it("is false of anything else", () => {
    for (const value of [null, undefined, "FILTER", { type: "FILTER" }, []])
      expect((value as unknown) instanceof ArcjetFilterReason).toBe(false);
  });
});
