import { describe, expect, it } from "vitest";
import { MAX_FIELD_INTEGER, rateLimitFields } from "./fields.ts";

const minute = { max: 10, remaining: 3, reset: 20, window: 60 };
const hour = { max: 10, remaining: 1, reset: 1800, window: 3600 };

describe("rateLimitFields", () => {
  it("writes nothing without limits", () => {
    expect(rateLimitFields([])).toEqual({});
  });

  it("shows the tightest limit, and the policy of each, even when two have the same maximum", () => {
    expect(rateLimitFields([minute, hour])).toEqual({
      RateLimit: "limit=10, remaining=1, reset=1800",
      "RateLimit-Policy": "10;w=60, 10;w=3600",
    });
  });

  it.each([
    [{ ...minute, remaining: 1 }, hour, 1800],
    [{ ...minute, remaining: 0 }, hour, 20],
    [{ ...hour, max: 5 }, hour, 1800],
  ])("prefers the least remaining, then the longest reset: %j and %j", (a, b, reset) => {
    const shown = rateLimitFields([a, b]).RateLimit;
    expect(shown).toContain(`reset=${reset}`);
    expect(rateLimitFields([b, a]).RateLimit).toBe(shown);
  });

  it("writes every limit in the structured form", () => {
    expect(rateLimitFields([minute, hour], "structured")).toEqual({
      RateLimit: '"limit0";r=3;t=20, "limit1";r=1;t=1800',
      "RateLimit-Policy": '"limit0";q=10;w=60, "limit1";q=10;w=3600',
    });
  });

  it.each([
    [MAX_FIELD_INTEGER - 1, MAX_FIELD_INTEGER - 1],
    [MAX_FIELD_INTEGER, MAX_FIELD_INTEGER],
    [MAX_FIELD_INTEGER + 1, MAX_FIELD_INTEGER],
    [(2 ** 32 - 1) ** 2, MAX_FIELD_INTEGER],
  ])("writes %d seconds as the integer %d, in both forms", (seconds, written) => {
    const limit = { max: 10, remaining: 3, reset: seconds, window: seconds };
    expect([rateLimitFields([limit]), rateLimitFields([limit], "structured")]).toEqual([
      {
        RateLimit: `limit=10, remaining=3, reset=${written}`,
        "RateLimit-Policy": `10;w=${written}`,
      },
      { RateLimit: `"limit0";r=3;t=${written}`, "RateLimit-Policy": `"limit0";q=10;w=${written}` },
    ]);
  });
});
