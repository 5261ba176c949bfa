// A request has so many findings at most, and what is dropped must not change its score: a finding
// makes room only for one of a detector that has none as bad, and only where its own detector has
// another. Otherwise a flood of harmless findings would hide the one that counts.
import type { Finding } from "./finding.ts";
import { ATTACK_SCORE, MAX_FINDINGS } from "./limits.ts";
import { scoreOf } from "./score.ts";

/** Adds a finding, or lets it take the place of one that says nothing more. */
export function keepFinding(findings: Finding[], finding: Finding): void {
  if (findings.length < MAX_FINDINGS) {
    findings.push(finding);
    return;
  }
  if (findings.some((one) => coversScore(one, finding))) return;
  const spare = findings.findLastIndex((one) =>
    findings.some((other) => other !== one && coversScore(other, one)),
  );
  if (spare >= 0) findings[spare] = finding;
}

/** Whether with `one` there, `other` adds nothing to the score. */
function coversScore(one: Finding, other: Finding): boolean {
  return (
    other.logged === true ||
    (one.detector === other.detector && one.logged === undefined && one.score >= other.score)
  );
}

/** Whether nothing that is still to come can change the verdict or the report. */
export function isSettled(findings: readonly Finding[]): boolean {
  return findings.length >= MAX_FINDINGS && scoreOf(findings) >= ATTACK_SCORE;
}
