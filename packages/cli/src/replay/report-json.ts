/** The report as data. */
import { grouped } from "../grouped.ts";
import type { Comparison, Change } from "./comparison.ts";
import type { FoundKind } from "./findings.ts";
import type { Hitter } from "./heavy-hitters.ts";
import type { JudgedRule } from "./judge.ts";
import type { Replay } from "./replay.ts";
import type { Suspect } from "./clients.ts";
import type { Tally } from "./tally.ts";
import type { Span } from "./timeline.ts";

export interface RuleReport {
  readonly index: number;
  readonly type: string;
  readonly mode: string;
  readonly denied: number;
  readonly errors: number;
}

export interface Report {
  readonly requests: number;
  readonly unparsed: number;
  /** Seconds the replay took. */
  readonly seconds: number;
  readonly rules: readonly RuleReport[];
  readonly conclusions: Readonly<Record<string, number>>;
  readonly timeline: readonly Span[];
  readonly top: {
    readonly clients: readonly Hitter[];
    readonly paths: readonly Hitter[];
    readonly userAgents: readonly Hitter[];
    readonly findings: readonly FoundKind[];
  };
  readonly suspects: readonly Suspect[];
  /** Only with a second rule set. */
  readonly compare?: {
    readonly rules: readonly RuleReport[];
    readonly conclusions: Readonly<Record<string, number>>;
    readonly newlyDenied: number;
    readonly newlyAllowed: number;
    readonly samples: readonly Change[];
  };
}

/** Entries of each list. */
export const TOP = 10;

function ruleReports(rules: readonly JudgedRule[], tally: Tally): readonly RuleReport[] {
  return rules.map(({ spec }, index) => {
    const { denied, errors } = tally.rules[index]!;
    return { index, type: spec.type, mode: spec.mode, denied, errors };
  });
}

function compareReport(comparison: Comparison): NonNullable<Report["compare"]> {
  return {
    rules: ruleReports(comparison.rules, comparison.tally),
    conclusions: comparison.tally.conclusions,
    newlyDenied: comparison.denied,
    newlyAllowed: comparison.allowed,
    samples: [...comparison.newlyDenied, ...comparison.newlyAllowed],
  };
}

/** What clients would get under the second rule set, where it differs, as `DENY 3, then 5`. */
export function conclusionChanges({ tally, comparison }: Replay): string {
  if (comparison === undefined) return "";
  const then: Readonly<Record<string, number>> = comparison.tally.conclusions;
  return Object.entries(tally.conclusions)
    .filter(([name, count]) => then[name] !== count)
    .map(([name, count]) => `${name} ${grouped(count)}, then ${grouped(then[name] ?? 0)}`)
    .join("; ");
}

/** The report of a replay. */
export function toReport({ tally, rules, unparsed, seconds, comparison }: Replay): Report {
  return {
    requests: tally.requests,
    unparsed,
    seconds: Math.round(seconds * 1_000) / 1_000,
    rules: ruleReports(rules, tally),
    conclusions: tally.conclusions,
    timeline: tally.timeline.spans(),
    top: {
      clients: tally.clients.top(TOP),
      paths: tally.paths.top(TOP),
      userAgents: tally.userAgents.top(TOP),
      findings: tally.findings.top(TOP),
    },
    suspects: tally.clients.suspects(TOP),
    ...(comparison && { compare: compareReport(comparison) }),
  };
}
