import { expect, it } from "vitest";
import { createClient } from "./client.ts";
import { denialResponse, setRateLimitHeaders } from "./response.ts";
import { fixedWindow } from "./rules/fixed-window.ts";
import { tokenBucket } from "./rules/token-bucket.ts";
import { fakeClock, fakeRequest } from "./testing.ts";

it.each([
  ["combined", "limit=5, remaining=4, reset=60", "5;w=60, 5;w=50"],
  ["structured", '"limit0";r=4;t=60, "limit1";r=4;t=10', '"limit0";q=5;w=60, "limit1";q=5;w=50'],
] as const)(
  "rate limit fields in the %s style name every limit",
  async (style, limits, policies) => {
    const client = createClient(
      {
        rules: [
          fixedWindow({ mode: "LIVE", window: 60, max: 5 }),
          tokenBucket({ mode: "LIVE", refillRate: 1, interval: 10, capacity: 5 }),
        ],
        clock: fakeClock(),
      },
      { read: (request: ReturnType<typeof fakeRequest>) => request },
    );
    const headers = new Headers();
    setRateLimitHeaders(headers, await client.protect(fakeRequest()), style);
    expect([headers.get("ratelimit"), headers.get("ratelimit-policy")]).toEqual([limits, policies]);
  },
);

it.each([
  [undefined, "limit=1, remaining=0, reset=60"],
  ["combined", "limit=1, remaining=0, reset=60"],
  ["structured", '"limit0";r=0;t=60'],
] as const)(
  "a client with the rateLimitFields %s writes them so to allowed and to denied requests",
  async (rateLimitFields, expected) => {
    const client = createClient(
      {
        rules: [fixedWindow({ mode: "LIVE", window: 60, max: 1 })],
        clock: fakeClock(),
        ...(rateLimitFields && { rateLimitFields }),
      },
      { read: (request: ReturnType<typeof fakeRequest>) => request },
    );
    const headers = new Headers();
    setRateLimitHeaders(headers, await client.protect(fakeRequest()));
    const denied = denialResponse(await client.protect(fakeRequest()), undefined);
    expect([headers.get("ratelimit"), new Map(denied.headers).get("ratelimit")]).toEqual([
      expected,
      expected,
    ]);
  },
);

it("a style that does not exist is refused when the client is made", () => {
  const options = { rules: [], rateLimitFields: "draft-9" as "combined" };
  expect(() => createClient(options, { read: (request: object) => request as never })).toThrow(
    "rateLimitFields",
  );
});
