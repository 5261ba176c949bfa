/** Rules of the suite's own that count their calls, fail or never answer. */
import type { Logger, Rule, Verdict } from "@arcjet/core";

const ALLOW: Verdict = { conclusion: "ALLOW", reason: { type: "CUSTOM", name: "allowing" } };
const spec = (name: string) => ({ type: "CUSTOM", mode: "LIVE", name }) as const;

/** A rule that allows, and counts how often it was asked. */
export function allowing(): { readonly rule: Rule<unknown>; readonly calls: () => number } {
  let calls = 0;
  const evaluate = (): Verdict => {
    calls++;
    return ALLOW;
  };
  return { rule: { spec: spec("allowing"), reads: [], evaluate }, calls: () => calls };
}

/** A rule that throws. */
export const throwing = (): Rule<unknown> => ({
  spec: spec("throwing"),
  reads: [],
  evaluate: () => {
    throw new Error("this rule is broken");
  },
});

/** A rule that never answers. */
export const hanging = (): Rule<unknown> => ({
  spec: spec("hanging"),
  reads: [],
  evaluate: () => new Promise(() => {}),
});

const ignore = (): void => {};
/** A logger for tests that provoke warnings. */
export const quiet: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** A rule that denies one path, however it is written. */
export const denyingPath = (path: string): Rule<unknown> => ({
  spec: spec("denyingPath"),
  reads: [],
  evaluate: ({ request }) =>
    request.canonicalPath === path
      ? { conclusion: "DENY", reason: { type: "CUSTOM", name: "denyingPath" } }
      : ALLOW,
});
