// What is written at once: text, since that costs the thread that decides least, and sums. They are put together while
// decisions come: until the batch is written nothing else of a decision is held, which is less for the collector of
// garbage to carry about, and a database that takes nothing holds no requests alive.
import { createRuleVolumes } from "./counts.ts";
import type { RuleEntry } from "./entry.ts";
import type { Kept } from "./kept.ts";
import { gatherLines, type Lines } from "./lines.ts";
import type { RuleVolumeRow } from "./schema.ts";

/** Decisions that were not written, and why. */
export interface Gap {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly dropped: number;
  readonly cause: string;
}

export interface Batch {
  /** Decisions. */
  readonly size: number;
  /** What is searched of each. */
  readonly entries: Lines;
  /** What is only shown of each. */
  readonly details: Lines;
  readonly ruleVolumes: readonly RuleVolumeRow[];
  readonly rules: readonly RuleEntry[];
  readonly gap?: Gap;
}

/** A batch that is not whole yet. */
export interface OpenBatch {
  add(kept: Kept): void;
  readonly size: number;
  readonly chars: number;
  /** The batch, with the rules its decisions name. */
  close(rules: readonly RuleEntry[], gap?: Gap): Batch;
}

/** A batch without decisions. */
export function openBatch(): OpenBatch {
  const entries = gatherLines();
  const details = gatherLines();
  const ruleVolumes = createRuleVolumes();
  let size = 0;
  let chars = 0;
  return {
    add: (kept) => {
      entries.add(kept.entry);
      details.add(kept.detail);
      ruleVolumes.add(kept);
      chars += kept.entry.length + kept.detail.length;
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
      entries: entries.take(),
      details: details.take(),
      ruleVolumes: ruleVolumes.rows(),
      rules,
      ...(gap && { gap }),
    }),
  };
}
