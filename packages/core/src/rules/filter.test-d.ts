import { expectTypeOf, test } from "vitest";
import type { Rule } from "../rule.ts";
import { filter } from "./filter.ts";

test("exactly one list is given, and values for expressions may be", () => {
  expectTypeOf(filter({ deny: ["ip.src.tor"] })).toEqualTypeOf<
    Rule<{ readonly filterLocal?: Readonly<Record<string, string>> }>
  >();
  expectTypeOf(filter).toBeCallableWith({
    mode: "LIVE",
    allow: ["ip.src in $a"],
    lists: { a: [1] },
  });
  // @ts-expect-error one of the two
  void (() => filter({ allow: ["ip.src.tor"], deny: ["ip.src.tor"] }));
  // @ts-expect-error one of the two
  void (() => filter({ mode: "LIVE" }));
});
