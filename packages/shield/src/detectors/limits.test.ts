import { describe, expect, test } from "vitest";
import { scoreIn, type Put } from "../../test/cases.ts";
import {
  MAX_ATTRIBUTES,
  MAX_ATTRIBUTES_IN_ALL,
  MAX_ATTRIBUTE_TEXT,
  readTags,
} from "./html-tags.ts";
import { MAX_RESOLVED } from "./jndi.ts";
import type { DetectorName } from "./names.ts";
import { MAX_COMMANDS } from "./shell.ts";
import { MAX_SEPARATED } from "./shell-lines.ts";
import { MAX_SQL_TOKENS } from "./sql-tokens.ts";
import { MAX_URLS } from "./ssrf.ts";
import { MAX_PAIRS } from "./template.ts";

/** An attack after so much that is none. */
interface Limit {
  readonly detector: DetectorName;
  readonly most: number;
  readonly textOf: (before: number) => string;
  readonly put?: Put;
}

const attributes = (count: number) => " a=1".repeat(count);
const tag = `<b${attributes(MAX_ATTRIBUTES)}>`;
const limits: readonly Limit[] = [
  {
    detector: "shell",
    most: MAX_COMMANDS - 1,
    textOf: (n) => `${"a|".repeat(n)}whoami`,
  },
  {
    detector: "shell",
    most: MAX_SEPARATED - 1,
    textOf: (n) => `${"x;".repeat(n)}x;gci`,
    put: "short",
  },
  { detector: "sql-injection", most: MAX_SQL_TOKENS - 4, textOf: (n) => `${"a ".repeat(n)}or 5=5` },
  {
    detector: "ssrf",
    most: MAX_URLS - 1,
    textOf: (n) => `${"http://a.example ".repeat(n)}http://169.254.169.254/`,
  },
  { detector: "template", most: MAX_PAIRS - 1, textOf: (n) => `${"{{a}}".repeat(n)}{{7*7}}` },
  {
    detector: "xss",
    most: MAX_ATTRIBUTES - 1,
    textOf: (n) => `<b${attributes(n)} src=javascript:f>`,
  },
  {
    detector: "xss",
    put: { field: "bio" },
    most: MAX_ATTRIBUTES_IN_ALL - 1,
    textOf: (n) =>
      `${tag.repeat(Math.floor(n / MAX_ATTRIBUTES))}<b${attributes(n % MAX_ATTRIBUTES)}><b src=javascript:f>`,
  },
];

describe("what a detector reads of one value", () => {
  test.each(limits)(
    "of $detector, an attack after $most others",
    ({ detector, most, textOf, put }) => {
      expect(scoreIn(detector, textOf(most), put)).toBe(5);
      expect(scoreIn(detector, textOf(most + 1), put)).toBe(0);
    },
  );

  test.each([
    [MAX_ATTRIBUTE_TEXT - 1, 1],
    [MAX_ATTRIBUTE_TEXT, 0],
  ])("after %i units of attributes, %i more is read", (units, count) => {
    const share = MAX_ATTRIBUTE_TEXT / 8;
    const tagOf = (length: number) => `<b${' a="'.padEnd(length - 1, "x")}">`;
    const text = `${tagOf(share).repeat(7)}${tagOf(units - 7 * share)}<b a=1>`;
    expect([...readTags(text)].at(-1)?.attributes).toHaveLength(count);
  });

  test.each([
    [MAX_RESOLVED - 16, 5],
    [MAX_RESOLVED, 0],
  ])("after %i units of look-ups, one scores %i", (units, score) => {
    const text = "x".repeat(units / 16 - 2);
    const before = `${"${a:".repeat(16)}${text}${"}".repeat(16)}`;
    expect(scoreIn("jndi", before + "${${lower:j}ndi:rmi:x}")).toBe(score);
  });
});
