// A batch made ready for the statements that write it.
import type { Batch } from "./batch.ts";
import { createVolumes } from "./counts.ts";
import { packDetails } from "./details.ts";
import { readEntries, type LogEntry } from "./entry.ts";
import type { VolumeRow } from "./schema.ts";

/** What is written of a batch. */
export interface Prepared extends Pick<Batch, "rules" | "ruleVolumes" | "gap"> {
  readonly entries: readonly LogEntry[];
  /** What is only shown of each, packed. */
  readonly details: Uint8Array;
  readonly volumes: readonly VolumeRow[];
}

export async function prepare(batch: Batch): Promise<Prepared> {
  const entries = readEntries(batch.entries, batch.size);
  const volumes = createVolumes();
  for (const entry of entries) volumes.add(entry);
  return {
    ...batch,
    entries,
    details: await packDetails(batch.details),
    volumes: volumes.rows(),
  };
}
