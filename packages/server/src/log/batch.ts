// What is written at once, as the worker takes it fastest: plain values in one list, and sums. Both are put together
// while decisions come: until the batch is written nothing else of a decision is held, which is less for the
// collector of garbage to carry about, and a database that takes nothing holds no requests alive.
import { createRuleVolumes, createVolumes } from "./counts.ts";
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

/** A batch that is not whole yet. */
export interface OpenBatch {
  add(entry: LogEntry): void;
  readonly size: number;
  /** Characters, roughly. */
  readonly chars: number;
  /** The batch, with the rules its decisions name. */
  close(rules: readonly RuleEntry[], gap?: Gap): Batch;
}

/** A batch without decisions. */
export function openBatch(): OpenBatch {
  const values: Value[] = [];
  const volumes = createVolumes();
  const ruleVolumes = createRuleVolumes();
  let chars = 0;
  return {
    add: (entry) => {
      // First, since it may fail.
      const detail = detailText(entry.detail);
      for (const name of ROW) {
        const value: Value = name === "detail" ? detail : entry[name];
        values.push(value);
        chars += typeof value === "string" ? value.length : 8;
      }
      volumes.add(entry);
      ruleVolumes.add(entry);
    },
    get size() {
      return values.length / ROW.length;
    },
    get chars() {
      return chars;
    },
    close: (rules, gap) => ({
      size: values.length / ROW.length,
      values,
      volumes: volumes.rows(),
      ruleVolumes: ruleVolumes.rows(),
      rules,
      ...(gap && { gap }),
    }),
  };
}
