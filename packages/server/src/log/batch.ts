import type { LogEntry, RuleEntry } from "./entry.ts";

/** Decisions that were not written, and why. */
export interface Gap {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly dropped: number;
  readonly cause: string;
}

/** What is written at once. */
export interface Batch {
  readonly entries: readonly LogEntry[];
  readonly rules: readonly RuleEntry[];
  readonly gap?: Gap;
}
