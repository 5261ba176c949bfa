import { describe, expect, test } from "vitest";
import { MAX_LEAVES, MAX_NODES } from "./limits.ts";
import { leavesOf, parseJson } from "./structure.ts";

describe("JSON", () => {
  test.each([
    ['{"a":1}', { a: 1 }],
    ["%7B%22a%22%3A1%7D", { a: 1 }],
    [" [1, 2]".trim(), [1, 2]],
    ["[]", []],
    ["{ user { name } }", undefined],
    ["{{name}}", undefined],
    ["7", undefined],
    ['"text"', undefined],
    ['{"a":', undefined],
  ])("%j is read as %j", (raw, value) => {
    expect(parseJson(raw, "space", decodeURIComponent(raw))).toEqual(value);
  });
});

describe("leaves", () => {
  test("are keys and texts, with the way to each", () => {
    expect(leavesOf({ a: ["x", { $ne: 1 }] }).list).toEqual([
      { inner: ".a", text: "a", isKey: true },
      { inner: ".a.0", text: "x", isKey: false },
      { inner: ".a.1.$ne", text: "$ne=1", isKey: true },
    ]);
  });

  test.each([
    [MAX_LEAVES, MAX_LEAVES, false],
    [MAX_LEAVES + 1, MAX_LEAVES, true],
  ])("of %i texts %i are kept, the first and the last among them", (count, kept, truncated) => {
    const leaves = leavesOf(Array.from({ length: count }, (_, index) => `v${index}`));
    const texts = leaves.list.map((leaf) => leaf.text);
    expect(texts).toHaveLength(kept);
    expect(texts).toEqual(expect.arrayContaining(["v0", `v${count - 1}`]));
    expect(leaves.truncated).toBe(truncated);
  });

  test.each([
    [MAX_NODES - 1, false],
    [MAX_NODES, true],
  ])("a list of %i numbers is too much to visit: %s", (length, truncated) => {
    expect(leavesOf(Array.from({ length }, () => 0)).truncated).toBe(truncated);
  });
});
