import { expect, it } from "vitest";
import * as root from "./index.ts";
import * as redis from "./redis.ts";

it("the package exports these names", () => {
  expect(Object.keys(root).toSorted()).toEqual([
    "createHasher",
    "memoryStore",
    "parseDuration",
    "rateLimitFields",
    "step",
  ]);
});

it("the Redis entry exports these names", () => {
  expect(Object.keys(redis)).toEqual(["redisStore"]);
});
