import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { builtWhile, literalsUnder, reasonNotLinear } from "../test/regular-expressions.ts";

// Sticky expressions are tried at one place only; these read one word, number or reference.
const sticky = new Set(["sql-tokens.ts"]);

describe("regular expressions over request data", () => {
  const literals = literalsUnder(join(import.meta.dirname));

  test("are found in the sources", () => {
    expect(literals.length).toBeGreaterThan(150);
  });

  test("take linear time", () => {
    const slow = literals
      .map(({ file, source }) => ({ file, source, reason: reasonNotLinear(source) }))
      .filter(
        ({ file, reason }) => reason !== undefined && !sticky.has(file.replace(/^.*[/\\]/, "")),
      );
    expect(slow).toEqual([]);
  });

  test("take linear time when they are put together from parts", async () => {
    vi.resetModules();
    const built = await builtWhile(() => import("./index.ts"));
    expect(built.length).toBeGreaterThan(8);
    const slow = built.map((source) => [source, reasonNotLinear(source)]).filter((one) => one[1]);
    expect(slow).toEqual([]);
  });

  test.each([
    ["^a+$", undefined],
    ["a{0,9}b", undefined],
    ["(?:a{0,9}){0,9}", undefined],
    ["a+b", "repeats without end, and is not anchored"],
    ["^(?:a+)+$", "repeats a repetition without end"],
    ["^(?:(?:a|b*)c)*$", "repeats a repetition without end"],
    ["(?<=a)b", "looks behind"],
    [String.raw`^(a)\1`, "refers back"],
    [String.raw`\+\*[+*]`, undefined],
  ])("of %s the checker says %s", (source, reason) => {
    expect(reasonNotLinear(source)).toBe(reason);
  });
});
