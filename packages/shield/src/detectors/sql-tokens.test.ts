import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_SQL_TOKENS, readSql } from "./sql-tokens.ts";

describe("tokens of SQL", () => {
  test.each([
    ["1 or 2=2", "1&1=1"],
    ["1.1href=http", "1n=n"],
    [".5x.5", "n1"],
    ["0x1g", "n"],
    ["@@version", "v"],
    ["a/*b*/c", "nn"],
    ["- -1", "o1"],
  ])("%s is %s", (text, types) => {
    expect(readSql(text, 0).types).toBe(types);
  });

  test("each takes something, whatever the text is", () => {
    const piece = fc.constantFrom(
      ..."'\"`.,;()[]{}<>=!@#$%^&*-+/|~:\\ \n0123xeoréü一".split(""),
      "/*",
      "*/",
      "or",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { starts } = readSql(pieces.join(""), 0);
        expect(starts.slice(1, -1).every((start, index) => start > starts[index]!)).toBe(true);
      }),
    );
  });

  test.each([
    [MAX_SQL_TOKENS, MAX_SQL_TOKENS],
    [MAX_SQL_TOKENS + 1, MAX_SQL_TOKENS],
  ])("of %i, %i are read", (given, read) => {
    expect(readSql("1 ".repeat(given), 0).types).toHaveLength(read);
  });
});
