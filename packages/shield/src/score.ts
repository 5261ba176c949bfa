import type { Finding } from "./finding.ts";

/** The score of a request: for each detector its worst finding, added up. */
export function scoreOf(findings: readonly Finding[]): number {
  if (findings.length === 0) return 0;
  const worst = new Map<string, number>();
  for (const { detector, score, logged } of findings)
    if (!logged) worst.set(detector, Math.max(worst.get(detector) ?? 0, score));
  let sum = 0;
  for (const score of worst.values()) sum += score;
  return sum;
}
