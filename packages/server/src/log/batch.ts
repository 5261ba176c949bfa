// What is written at once, as the worker takes it fastest: plain values in one list, and sums that are worked out
// while the results of the rules are still at hand.
import { ruleVolumesOf, volumesOf } from "./counts.ts";
import { detailText } from "./detail-text.ts";
import { ROW, type LogEntry, type RuleEntry, type Rows, type Value } from "./entry.ts";
import type { RuleVolumeRow, VolumeRow } from "./schema.ts";

/** Decisions that were not written, and why. */
export interface Gap {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly dropped: number;
  readonly cause: string;
}

export interface Batch extends Rows {
  readonly volumes: readonly VolumeRow[];
  readonly ruleVolumes: readonly RuleVolumeRow[];
  readonly rules: readonly RuleEntry[];
  readonly gap?: Gap;
}

/** A batch of decisions and of the rules they name. */
export function toBatch(
  entries: readonly LogEntry[],
  rules: readonly RuleEntry[],
  gap?: Gap,
): Batch {
  const values: Value[] = [];
  for (const entry of entries)
    for (const name of ROW) values.push(name === "detail" ? detailText(entry.detail) : entry[name]);
  return {
    size: entries.length,
    values,
    volumes: volumesOf(entries),
    ruleVolumes: ruleVolumesOf(entries),
    rules,
    ...(gap && { gap }),
  };
}

/** Characters of a batch, roughly. */
export const charsOf = ({ values }: Batch): number =>
  values.reduce<number>((sum, value) => sum + (typeof value === "string" ? value.length : 8), 0);
