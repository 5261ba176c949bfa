// The detail of a decision as it is stored. Most results say that a rule ran and had nothing to object to: of
// such a one the rule, its type and its mode are written, which tell the rest.
import type { Detail, ResultEntry } from "./entry.ts";

/** The state of a rule that ran. */
const stateOf = (mode: string): string => (mode === "DRY_RUN" ? mode : "RUN");

function shortened(result: ResultEntry): ResultEntry | string {
  const { rule, type, mode, state, conclusion, reason } = result;
  if (conclusion !== "ALLOW" || reason !== undefined || state !== stateOf(mode)) return result;
  return `${type} ${mode} ${rule}`;
}

function whole(stored: ResultEntry | string): ResultEntry {
  if (typeof stored !== "string") return stored;
  const [type = "", mode = "", rule = ""] = stored.split(" ");
  return { rule, type, mode, state: stateOf(mode), conclusion: "ALLOW" };
}

/** A detail as text. */
export const detailText = (detail: Detail): string =>
  JSON.stringify({ ...detail, results: detail.results.map(shortened) });

/** A detail from its text; undefined when it cannot be read. */
export function readDetail(text: string | null): Detail | undefined {
  if (text === null) return undefined;
  try {
    // Written by this package, by this version or an earlier one that shortened nothing.
    const stored = JSON.parse(text) as Omit<Detail, "results"> & {
      readonly results: readonly (ResultEntry | string)[];
    };
    return { ...stored, results: stored.results.map(whole) };
  } catch {
    return undefined;
  }
}
