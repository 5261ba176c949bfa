// What is stored of a decision's detail, and what is read of it.
import fc from "fast-check";
import { expect, test } from "vitest";
import { detailText, readDetail, type Detail } from "../src/log/detail-text.ts";
import { resultsOf, resultsText, type Results } from "../src/log/results.ts";
import { createRuleBook } from "../src/log/rule-book.ts";
import { clean } from "../src/log/text.ts";
import type { SiteDecision } from "../src/index.ts";
import { decided, everyReason, HOSTILE } from "./log-harness.ts";

const resultsIn = ({ decision, specs }: SiteDecision): Results =>
  resultsOf(decision.results, createRuleBook().rulesOf(specs));
const textOf = (told: SiteDecision): string => detailText(told, resultsIn(told));

test("results without findings are stored as their rules, and read as they were", () => {
  const told = decided({ id: "req" });
  const { entries, silent } = resultsIn(told);
  expect(silent).toBe(true);
  const [bot, filter] = entries;
  const [results = ""] = textOf(told).split("\n");
  expect(JSON.parse(results)).toEqual([`BOT LIVE ${bot?.rule}`, `FILTER DRY_RUN ${filter?.rule}`]);
  expect(readDetail(textOf(told))?.results).toEqual([
    { rule: bot?.rule, type: "BOT", mode: "LIVE", state: "RUN", conclusion: "ALLOW" },
    { rule: filter?.rule, type: "FILTER", mode: "DRY_RUN", state: "DRY_RUN", conclusion: "ALLOW" },
  ]);
});

test.each<[string, (told: SiteDecision) => SiteDecision]>([
  [
    "denied",
    ({ decision, ...told }) => ({
      ...told,
      decision: {
        ...decision,
        results: decision.results.map((result) => ({ ...result, conclusion: "DENY" })),
      },
    }),
  ],
  [
    "not run",
    ({ decision, ...told }) => ({
      ...told,
      decision: {
        ...decision,
        results: decision.results.map((result) => ({ ...result, state: "NOT_RUN" })),
      },
    }),
  ],
  [
    "one fewer",
    ({ decision, ...told }) => ({
      ...told,
      decision: { ...decision, results: decision.results.slice(1) },
    }),
  ],
  ["without specs", (told) => ({ ...told, specs: [] })],
  ["of other types", (told) => ({ ...told, specs: told.specs.toReversed() })],
])("results that are %s are not taken for silence", (_, change) => {
  const told = change(decided({ id: "req" }));
  const { silent, entries } = resultsIn(told);
  expect(silent).toBe(false);
  expect(entries.map(({ state, conclusion }) => [state, conclusion])).toEqual(
    told.decision.results.map(({ state, conclusion }) => [state, conclusion]),
  );
  expect(readDetail(textOf(told))?.results).toEqual(JSON.parse(JSON.stringify(entries)));
});

test("what was found is read as it was", () => {
  const told = everyReason("req", HOSTILE);
  const { entries } = resultsIn(told);
  expect(readDetail(textOf(told))?.results).toEqual(JSON.parse(JSON.stringify(entries)));
});

test("what is not there is an empty line, and read all the same", () => {
  const plain = decided({ id: "req" });
  const told = {
    ...plain,
    request: { ...plain.request, query: "", provenance: "" },
    decision: { ...plain.decision, ip: {} },
  };
  const [, ...lines] = textOf(told).split("\n");
  expect(lines.filter((line) => line !== "")).toEqual(["https:", "example.com", "curl/8.5"]);
  expect(readDetail(textOf(told))).toMatchObject({
    reason: { type: "NONE" },
    query: [],
    provenance: "",
    degraded: false,
    facts: {},
  });
});

test("every text is read as it was, cut and made visible, and stands on a line of its own", () => {
  const hostile = fc.string({ unit: "binary", maxLength: 40 });
  fc.assert(
    fc.property(hostile, fc.boolean(), (text, degraded) => {
      const plain = decided({ id: "req", text });
      const told: SiteDecision = {
        ...plain,
        request: { ...plain.request, provenance: text, protocol: text, query: `?${text}` },
        decision: { ...plain.decision, degraded },
      };
      const stored = textOf(told);
      expect(stored.split("\n")).toHaveLength(10);
      const shown = clean(text, 256);
      expect(readDetail(stored)).toMatchObject({
        host: shown,
        userAgent: shown,
        protocol: shown,
        provenance: shown,
        degraded,
        facts: { country: shown, asnName: shown },
      });
    }),
  );
});

test.each<[string, string[]]>([
  ["", []],
  ["?", []],
  ["?a=1&b=2&a=3", ["a", "b", "a"]],
  ["?a", ["a"]],
  ["?=1&&c==&d=&", ["c", "d"]],
  [`?${"x".repeat(300)}=1`, [`${"x".repeat(255)}…`]],
  [`?${"a=1&".repeat(31)}`, Array.from({ length: 30 }, () => "a")],
  [`?${"&".repeat(29)}a&b`, ["a"]],
  [`?${"x".repeat(1_021)}&y`, [`${"x".repeat(255)}…`, "y"]],
  [`?${"x".repeat(1_022)}&y`, [`${"x".repeat(255)}…`]],
])("of the query %# the names alone are kept", (query, names) => {
  const plain = decided({ id: "req" });
  const told = { ...plain, request: { ...plain.request, query } };
  expect(readDetail(textOf(told))?.query).toEqual(names);
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
      const stored = `{"results":${resultsText([one])}}`;
      expect(readDetail(stored)?.results).toEqual([one]);
    }),
  );
});

test("a detail that an earlier version stored, whole or without what it mostly is, is read as well", () => {
  const result = { rule: "0", type: "BOT", mode: "LIVE", state: "RUN", conclusion: "ALLOW" };
  const detail: Detail = {
    reason: { type: "NONE" },
    results: [result],
    host: "example.com",
    query: [],
    userAgent: "curl/8.5",
    protocol: "https:",
    provenance: "peer",
    degraded: false,
    facts: { country: "US" },
  };
  expect(readDetail(JSON.stringify(detail))).toEqual(detail);
  const { host, userAgent, protocol } = detail;
  const left = JSON.stringify({ results: ["BOT LIVE 0"], host, userAgent, protocol });
  expect(readDetail(left)).toEqual({ ...detail, provenance: "", facts: {} });
});

test.each([undefined, "", "{", "null", "{}"])("%j is no detail", (text) => {
  expect(readDetail(text)).toBeUndefined();
});
