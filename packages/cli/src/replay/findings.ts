/** What the attack detectors saw, with one piece of evidence for each kind. */
import type { ShieldReasonData } from "@arcjet/protocol";
import type { LogEntry } from "./entry.ts";
import { ownText } from "./own-text.ts";

/** One kind of finding: a detector in a place. */
export interface FoundKind {
  readonly detector: string;
  readonly location: string;
  readonly count: number;
  /** From the first request it was seen in. */
  readonly evidence: string;
  readonly client: string;
  readonly path: string;
  /** What would let it pass, ready for `shield({ exclude: [...] })`. */
  readonly exclusion: Readonly<Record<string, string>> | null;
}

/** Kinds that are kept; further ones are not told apart any more. */
export const MAX_KINDS = 256;

export class Findings {
  readonly #kinds = new Map<string, { -readonly [Key in keyof FoundKind]: FoundKind[Key] }>();

  add(entry: LogEntry, client: string, { findings, exclusion }: ShieldReasonData): void {
    for (const { detector, location, evidence } of findings) {
      const key = `${detector} ${location}`;
      const known = this.#kinds.get(key);
      if (known) known.count++;
      else if (this.#kinds.size < MAX_KINDS)
        this.#kinds.set(key, {
          detector,
          location,
          count: 1,
          evidence: ownText(evidence),
          client: ownText(client),
          path: ownText(entry.target),
          exclusion: exclusion ?? null,
        });
    }
  }

  top(count: number): readonly FoundKind[] {
    return [...this.#kinds.values()].toSorted((a, b) => b.count - a.count).slice(0, count);
  }
}
