import { expect, test } from "vitest";
import * as entry from "./index.ts";

test("the entry exports these names and no others", () => {
  expect(Object.keys(entry).toSorted()).toEqual([
    "FilterError",
    "MAX_EXPRESSIONS",
    "MAX_EXPRESSION_BYTES",
    "MAX_LIST",
    "MAX_NESTING",
    "MAX_TEXT",
    "compile",
    "explain",
    "expr",
    "format",
    "parse",
  ]);
});
