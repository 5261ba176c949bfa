// What is searched of a decision, between the thread that decides and the one that writes.
import fc from "fast-check";
import { expect, test } from "vitest";
import { readEntries, type LogEntry } from "../src/log/entry.ts";
import { keptOf } from "../src/log/kept.ts";
import { gatherLines } from "../src/log/lines.ts";
import { createRuleBook } from "../src/log/rule-book.ts";
import { clean } from "../src/log/text.ts";
import type { Told } from "../src/log/told.ts";
import { decided, everyReason } from "./log-harness.ts";

function handedOver(...decisions: readonly Told[]): readonly LogEntry[] {
  const book = createRuleBook();
  const lines = gatherLines();
  for (const told of decisions) lines.add(keptOf(told, "app", book).entry);
  return readEntries(lines.take(), decisions.length);
}

test("each field is read where it was written", () => {
  const told = decided({ id: "req_1", time: 1_700_000_000_000.4, denied: true, ip: "8.8.4.4" });
  expect(handedOver(told)).toEqual([
    {
      id: "req_1",
      time: 1_700_000_000_000,
      site: "shop",
      source: "decide",
      conclusion: "DENY",
      rule: "BOT",
      dry: null,
      ip: "8.8.4.4",
      country: "US",
      bot: "CURL",
      method: "GET",
      path: "/products",
      micros: null,
    },
  ]);
});

test("all that is kept of a decision is of the same millisecond", () => {
  const told = decided({ id: "req_1", time: 1_700_000_039_999.6 });
  const { time, entry } = keptOf(told, "app", createRuleBook());
  expect([time, entry.split("\n")[1]]).toEqual([1_700_000_040_000, "1700000040000"]);
});

test("what is not there is null", () => {
  const plain = decided({ id: "req_1", dry: true });
  const told = { ...plain, decision: { ...plain.decision, ip: {} } };
  const missing = { rule: null, dry: "FILTER", country: null, bot: null, micros: null };
  expect(handedOver(told)).toMatchObject([missing]);
});

test("any texts, of any number of decisions, are read as they were, cut and made visible", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom(
      "\n",
      "\n\n\t\r",
      "\uD800",
      "é\n€\u2028",
      "x".repeat(5_000),
      "\n".repeat(5_000),
    ),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(hostile, fc.boolean()), { maxLength: 60 }), (all) => {
      const told = all.map(([text, denied]) => decided({ id: text, text, denied }));
      expect(handedOver(...told)).toEqual(
        all.map(([text, denied]) =>
          expect.objectContaining({
            id: clean(text, 256),
            ip: clean(text, 256),
            country: text === "" ? null : clean(text, 256),
            bot: denied && text !== "" ? clean(text, 256) : null,
            method: clean(text, 256),
            path: clean(text, 1_024),
            site: "shop",
          }),
        ),
      );
    }),
  );
});

test("a decision of any reasons takes as many lines as any other", () => {
  const [strange, plain] = handedOver(everyReason("req_1", "a\nb"), decided({ id: "req_2" }));
  expect(strange).toMatchObject({ id: "req_1", path: "a␊b" });
  expect(plain).toMatchObject({ id: "req_2", path: "/products" });
});
