import { describe, expect, test } from "vitest";
import { createInspector } from "./inspect.ts";
import { ShieldOptionError } from "./options.ts";

describe("options that are wrong stop the program where they are written", () => {
  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    [
      "an unknown detector",
      { detectors: { sql: "off" } },
      /detectors is "sql": use one of sql-injection/,
    ],
    [
      "an unknown mode",
      { detectors: { xss: "warn" } },
      /detectors\["xss"\] is "warn": use "off", "log" or "on"/,
    ],
    ["an unknown profile", { profiles: ["soap"] }, /profiles is "soap": use one of odata/],
    ["profiles that are no list", { profiles: "odata" }, /profiles is "odata": use an array/],
    ["an empty exclusion", { exclude: [{}] }, /exclude\[0\] is "\{\}": name a path/],
    ["an exclusion that is no object", { exclude: ["/a"] }, /exclude\[0\] is "\/a": use an object/],
    ["a misspelt field", { exclude: [{ route: "/a" }] }, /exclude\[0\]\.route is "\/a": use path/],
    [
      "a path without its slash",
      { exclude: [{ path: "a" }] },
      /exclude\[0\]\.path is "a": begin it with "\/"/,
    ],
    [
      "an unknown location",
      { exclude: [{ location: "url" }] },
      /exclude\[0\]\.location is "url": use one of/,
    ],
    ["an empty name", { exclude: [{ name: "" }] }, /exclude\[0\]\.name is "": use a string/],
    [
      "an unknown detector to exclude",
      { exclude: [{ detector: "sqli" }] },
      /exclude\[0\]\.detector is "sqli"/,
    ],
  ];
  test.each(wrong)("%s", (_, options, message) => {
    const make = () => createInspector(options as never);
    expect(make).toThrow(ShieldOptionError);
    expect(make).toThrow(message);
  });
});
