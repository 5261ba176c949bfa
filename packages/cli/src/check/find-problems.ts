/** What can be said of a configuration before a single request. */
import { createClient, type ArcjetOptions } from "@arcjet/core";
import type { RequestParts } from "@arcjet/core/fetch";
import type { RuleSpec } from "@arcjet/protocol";
import { findMissingData } from "./missing-data.ts";
import type { Problem } from "./problem.ts";
import { findEmpty, findUnreachable } from "./unreachable.ts";

/** Rules that a Decide server takes of one client. */
const MAX_REMOTE = 10;
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** Options that the client refuses. */
function findWrongOptions(config: ArcjetOptions): readonly Problem[] {
  try {
    createClient({ ...config, log: SILENT }, { read: (request: RequestParts) => request });
    return [];
  } catch (cause) {
    return [{ level: "error", message: cause instanceof Error ? cause.message : String(cause) }];
  }
}

function findDryRun(specs: readonly RuleSpec[]): readonly Problem[] {
  if (specs.length === 0)
    return [{ level: "warning", message: "there are no rules: every request is allowed" }];
  const dry = specs.flatMap(({ mode }, rule): readonly Problem[] =>
    mode === "DRY_RUN"
      ? [
          {
            level: "note",
            rule,
            message:
              'is in DRY_RUN: it is reported and denies nothing; mode: "LIVE" makes it count',
          },
        ]
      : [],
  );
  if (dry.length < specs.length) return dry;
  return [...dry, { level: "warning", message: "every rule is in DRY_RUN: no request is denied" }];
}

function findTooMany(specs: readonly RuleSpec[], { client }: ArcjetOptions): readonly Problem[] {
  if (client === undefined || specs.length <= MAX_REMOTE) return [];
  const message = `there are ${specs.length} rules, and a Decide server takes ${MAX_REMOTE}: join some`;
  return [{ level: "error", message }];
}

/** Everything there is to say of a configuration, errors first. */
export function findProblems(config: ArcjetOptions, now: number = Date.now()): readonly Problem[] {
  const wrong = findWrongOptions(config);
  if (wrong.length > 0) return wrong;
  const specs = config.rules.flat().map(({ spec }) => spec);
  const all = [
    ...findTooMany(specs, config),
    ...findMissingData(specs, config, now),
    ...findUnreachable(specs),
    ...findEmpty(specs),
    ...findDryRun(specs),
  ];
  const order = ["error", "warning", "note"];
  return all.toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}
