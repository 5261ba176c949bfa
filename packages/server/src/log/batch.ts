// What is written at once, as the worker takes it fastest: plain values in a few lists, details as bytes, and sums. All
// are put together while decisions come: until the batch is written nothing else of a decision is held, which is less
// for the collector of garbage to carry about, and a database that takes nothing holds no requests alive.
import { createRuleVolumes, createVolumes } from "./counts.ts";
import { gatherDetails, type Details } from "./details.ts";
import { addRow, PART_ROWS, type LogEntry, type Part, type RuleEntry, type Rows } from "./entry.ts";
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

/** A batch without decisions. */
export function openBatch(): OpenBatch {
  const parts: Part[] = [];
  const details = gatherDetails();
  const volumes = createVolumes();
  const ruleVolumes = createRuleVolumes();
  let part: Part = [];
  let size = 0;
  let chars = 0;
  return {
    add: (entry) => {
      if (size % PART_ROWS === 0) parts.push((part = []));
      chars += addRow(part, entry) + entry.detail.length;
      details.add(entry.detail);
      volumes.add(entry);
      ruleVolumes.add(entry);
      size++;
    },
    get size() {
      return size;
    },
    get chars() {
      return chars;
    },
    close: (rules, gap) => ({
      size,
      parts,
      details: details.take(),
      volumes: volumes.rows(),
      ruleVolumes: ruleVolumes.rows(),
      rules,
      ...(gap && { gap }),
    }),
  };
}
