import { describe, expect, test } from "vitest";
import type { Finding } from "./finding.ts";
import { isSettled, keepFinding } from "./findings.ts";
import { MAX_FINDINGS } from "./limits.ts";
import { scoreOf } from "./score.ts";

const findingOf = (detector: Finding["detector"], score: number, logged?: true): Finding => ({
  detector,
  location: "query.a",
  place: "query",
  name: "a",
  evidence: "",
  score,
  start: 0,
  end: 0,
  hash: 0,
  ...(logged && { logged }),
});
const flood = (count: number, one: Finding): Finding[] => {
  const findings: Finding[] = [];
  for (let index = 0; index < count; index++) keepFinding(findings, { ...one });
  return findings;
};

describe("when there are as many findings as can be", () => {
  test("an attack is kept, whatever came before it", () => {
    const findings = flood(MAX_FINDINGS + 4, findingOf("ssrf", 2));
    expect(findings).toHaveLength(MAX_FINDINGS);
    expect(isSettled(findings)).toBe(false);
    keepFinding(findings, findingOf("sql-injection", 5));
    keepFinding(findings, findingOf("probe", 3));
    expect(findings).toHaveLength(MAX_FINDINGS);
    expect(scoreOf(findings)).toBe(10);
    expect(isSettled(findings)).toBe(true);
  });

  test("a worse finding of the same detector is kept", () => {
    const findings = flood(MAX_FINDINGS, findingOf("ssrf", 2));
    keepFinding(findings, findingOf("ssrf", 5));
    expect(scoreOf(findings)).toBe(5);
  });

  test("what only logs gives way, and takes no place", () => {
    const findings = flood(MAX_FINDINGS, findingOf("ssrf", 5, true));
    keepFinding(findings, findingOf("xss", 5));
    keepFinding(findings, findingOf("shell", 5, true));
    expect(scoreOf(findings)).toBe(5);
  });

  test("one less is not settled", () => {
    expect(isSettled(flood(MAX_FINDINGS - 1, findingOf("xss", 5)))).toBe(false);
    expect(isSettled(flood(MAX_FINDINGS, findingOf("xss", 5)))).toBe(true);
  });
});
