// What is stored of a decision's detail, and what is read of it.
import fc from "fast-check";
import { expect, test } from "vitest";
import { detailText, readDetail } from "../src/log/detail-text.ts";
import { toEntry, type Detail, type ResultEntry } from "../src/log/entry.ts";
import { createRuleBook } from "../src/log/rule-book.ts";
import { decided, everyReason, HOSTILE } from "./log-harness.ts";

const detailOf = (told: ReturnType<typeof decided>): Detail =>
  toEntry(told, "app", createRuleBook()).detail;
const withResult = (result: ResultEntry): Detail => ({
  ...detailOf(decided({ id: "req" })),
  results: [result],
});

test("a result without findings is stored as its rule, and read as it was", () => {
  const detail = detailOf(decided({ id: "req" }));
  const [bot, filter] = detail.results;
  const { results } = JSON.parse(detailText(detail)) as { results: unknown };
  expect(results).toEqual([`BOT LIVE ${bot?.rule}`, `FILTER DRY_RUN ${filter?.rule}`]);
  expect(readDetail(detailText(detail))?.results).toEqual(detail.results);
});

test("what was found is read as it was", () => {
  const detail = detailOf(everyReason("req", HOSTILE));
  expect(readDetail(detailText(detail))).toEqual(JSON.parse(JSON.stringify(detail)));
});

test("every result is read as it was", () => {
  const result = fc.record(
    {
      rule: fc.constantFrom("", "0123456789abcdef"),
      type: fc.constantFrom("BOT", "CUSTOM", "RATE_LIMIT"),
      mode: fc.constantFrom("LIVE", "DRY_RUN"),
      state: fc.constantFrom("RUN", "DRY_RUN", "CACHED", "NOT_RUN"),
      conclusion: fc.constantFrom("ALLOW", "DENY", "CHALLENGE", "ERROR"),
      reason: fc.constant({ type: "NONE" as const }),
    },
    { requiredKeys: ["rule", "type", "mode", "state", "conclusion"] },
  );
  fc.assert(
    fc.property(result, (one) => {
      expect(readDetail(detailText(withResult(one)))?.results).toEqual([one]);
    }),
  );
});

test("a detail that an earlier version stored whole is read as well", () => {
  const detail = detailOf(decided({ id: "req" }));
  expect(readDetail(JSON.stringify(detail))?.results).toEqual(detail.results);
});

test.each([null, "", "{", "null", "{}"])("%j is no detail", (text) => {
  expect(readDetail(text)).toBeUndefined();
});
