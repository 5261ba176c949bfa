// What is written at once, as the worker takes it fastest: plain values in one list, details as bytes, and sums. All
// are put together while decisions come: until the batch is written nothing else of a decision is held, which is less
// for the collector of garbage to carry about, and a database that takes nothing holds no requests alive.
import { createRuleVolumes, createVolumes } from "./counts.ts";
import { gatherDetails, type Details } from "./details.ts";
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
  /** In the order of the rows. */
  readonly details: Details;
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

/** What a number takes, in characters. */
const NUMBER_CHARS = 8;

/** A batch without decisions. */
export function openBatch(): OpenBatch {
  const values: Value[] = [];
  const details = gatherDetails();
  const volumes = createVolumes();
  const ruleVolumes = createRuleVolumes();
  let chars = 0;
  return {
    add: (entry) => {
      for (const name of ROW) {
        const value = entry[name];
        values.push(value);
        chars += typeof value === "string" ? value.length : NUMBER_CHARS;
      }
      details.add(entry.detail);
      volumes.add(entry);
      ruleVolumes.add(entry);
      chars += entry.detail.length;
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
      details: details.take(),
      volumes: volumes.rows(),
      ruleVolumes: ruleVolumes.rows(),
      rules,
      ...(gap && { gap }),
    }),
  };
}
