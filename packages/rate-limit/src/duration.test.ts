import { describe, expect, it } from "vitest";
import { MAX_UINT32, parseDuration } from "./duration.ts";

describe("parseDuration", () => {
  it.each([
    [1, 1],
    [MAX_UINT32, MAX_UINT32],
    ["90s", 90],
    ["1h30m", 5400],
    ["30m1h", 5400],
    ["1d2h3m4s", 93_784],
    ["1m1m", 120],
    [`${MAX_UINT32}s`, MAX_UINT32],
  ])("reads %j as %i seconds", (value, seconds) => {
    expect(parseDuration(value, "window")).toBe(seconds);
  });

  it.each([
    0,
    -1,
    1.5,
    Number.NaN,
    Infinity,
    MAX_UINT32 + 1,
    "",
    "0s",
    "5",
    "10ms",
    "1w",
    "1h 30m",
    "-1s",
    "1.5h",
    "99999999999d",
    null,
    undefined,
    {},
    [],
  ])("refuses %j, and names the option", (value) => {
    expect(() => parseDuration(value, "window")).toThrow(
      /window is .*: give whole seconds from 1 to 4294967295/,
    );
  });
});
