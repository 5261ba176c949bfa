/** Requests made to hurt: none may throw, and none may make the engine do unbounded work. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import arcjet from "./arcjet.ts";
import { readHeaders } from "./headers.ts";
import { detectBot } from "./rules/detect-bot.ts";
import { filter } from "./rules/filter.ts";
import { fixedWindow } from "./rules/fixed-window.ts";
import { shield } from "./rules/shield.ts";
import { tokenBucket } from "./rules/token-bucket.ts";
import { fakeRequest, type FakeRequestOptions } from "./testing.ts";

const ignore = (): void => {};
const aj = arcjet({
  log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  rules: [
    shield({ mode: "LIVE" }),
    detectBot({ mode: "LIVE", deny: ["CATEGORY:AI"] }),
    tokenBucket({
      mode: "LIVE",
      refillRate: 1e6,
      interval: 1,
      capacity: 1e6,
      characteristics: ['http.request.cookie["sid"]'],
    }),
    fixedWindow({
      mode: "LIVE",
      window: 60,
      max: 1e6,
      characteristics: ['http.request.uri.args["q"]'],
    }),
    filter({
      mode: "LIVE",
      deny: [
        'http.request.uri.path.canonical eq "/x" or http.request.uri.args["q"] matches "(a+)+$"',
      ],
    }),
  ],
});

const MEGABYTE = 2 ** 20;

describe("a hostile request", () => {
  it.each<[string, FakeRequestOptions]>([
    ["a header value of 10 MB", { headers: { "x-long": "a".repeat(10 * MEGABYTE) } }],
    ["a user agent of 10 MB", { headers: { "user-agent": "Mozilla/5.0 (".repeat(MEGABYTE) } }],
    ["a cookie header of 10 MB", { headers: { cookie: "sid=a;".repeat(2 * MEGABYTE) } }],
    ["a host of 10 MB", { headers: { host: "a.".repeat(5 * MEGABYTE) } }],
    ["100,000 query parameters", { url: `/?${"q=1&".repeat(100_000)}` }],
    ["100,000 path segments", { url: `/${"../a/".repeat(100_000)}` }],
    ["a path of percent signs", { url: `/${"%".repeat(MEGABYTE)}` }],
    ["a path of encoded bytes that are no UTF-8", { url: `/${"%ff%c0".repeat(100_000)}` }],
    [
      "a forwarding header of 10 MB",
      { ip: "10.0.0.1", headers: { "x-forwarded-for": "1.1.1.1,".repeat(MEGABYTE) } },
    ],
    ["lone surrogates", { url: "/\ud800?\udfff=\ud800", headers: { cookie: "sid=\ud800" } }],
    ["NUL bytes", { url: "/a\u0000b?q=\u0000", headers: { "x-a": "\u0000" } }],
    ["no Host", { headers: { host: undefined } }],
    ["repeated cookies", { headers: { cookie: ["sid=a", "sid=b", "sid=c"] } }],
    [
      "a header named like a member of every object",
      { headers: { constructor: "x", __proto__: "y" } },
    ],
    ["an empty target", { url: "" }],
    ["a target that is no path", { url: "nonsense" }],
    ["a method that is none", { method: "\u0000" }],
    ["a peer that is none", { ip: "/run/socket" }],
  ])("with %s is judged, and not an error", async (_, options) => {
    const decision = await aj.protect(fakeRequest(options));
    expect(decision.results).toHaveLength(5);
    expect(decision.results.map(({ conclusion }) => conclusion)).not.toContain("ERROR");
  });

  it("of any shape is judged, and not an error", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string(),
      fc.constantFrom("%", "%zz", "\ud800", "..", "//", "?", "#", ";"),
    );
    const headers = fc.dictionary(fc.string(), fc.oneof(text, fc.array(text)));
    fc.assert(
      fc.property(text, text, headers, text, (method, target, record, peer) => {
        const decision = aj.decide({ method, target, headers: readHeaders(record), peer });
        const failed =
          "results" in decision
            ? decision.results.filter(
                ({ conclusion, type }) => conclusion === "ERROR" && type !== "BOT",
              )
            : undefined;
        expect(failed).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
