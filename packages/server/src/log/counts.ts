// Sums of a batch. Conclusions and rules are few and are added up exactly. Clients and paths may be millions:
// they are held for a few seconds, and the most frequent of each kind are written.
import type { LogEntry } from "./entry.ts";
import { MAX_COUNTED, MAX_COUNTED_WRITTEN } from "./limits.ts";
import type { RuleVolumeRow, TopRow, VolumeRow } from "./schema.ts";

export const MINUTE = 60;
export const HOUR = 3_600;
export const DAY = 86_400;
/** What is counted by name. */
export const KINDS = ["ip", "path", "bot", "country"] as const;
export type Kind = (typeof KINDS)[number];

/** Milliseconds at which the step of a time began. */
export const bucketOf = (time: number, step: number): number => time - (time % (step * 1_000));

function add<Row extends object>(rows: Map<string, Row>, key: string, make: () => Row): Row {
  let row = rows.get(key);
  if (row === undefined) rows.set(key, (row = make()));
  return row;
}

/** Requests by conclusion, by minute and by hour. */
export function volumesOf(entries: readonly LogEntry[]): readonly VolumeRow[] {
  const rows = new Map<string, VolumeRow>();
  for (const { time, site, conclusion, rule, dry } of entries)
    for (const step of [MINUTE, HOUR]) {
      const bucket = bucketOf(time, step);
      const key = `${step} ${bucket} ${site} ${conclusion} ${rule} ${dry}`;
      const named = { site, conclusion, rule: rule ?? "", dry: dry ?? "" };
      add(rows, key, () => ({ step, bucket, ...named, n: 0 })).n++;
    }
  return [...rows.values()];
}

/** What each rule said, by hour. */
export function ruleVolumesOf(entries: readonly LogEntry[]): readonly RuleVolumeRow[] {
  const rows = new Map<string, RuleVolumeRow>();
  for (const { time, site, conclusion, detail } of entries)
    for (const result of detail.results) {
      if (result.rule === "" || result.state === "NOT_RUN") continue;
      const bucket = bucketOf(time, HOUR);
      const key = result.rule;
      const row = add(rows, `${bucket} ${site} ${key}`, () => ({
        step: HOUR,
        bucket,
        site,
        key,
        n: 0,
        denied: 0,
        errors: 0,
        fresh: 0,
      }));
      row.n++;
      if (result.conclusion === "ERROR") row.errors++;
      if (result.conclusion !== "DENY") continue;
      row.denied++;
      if (conclusion !== "DENY") row.fresh++;
    }
  return [...rows.values()];
}

/** Counts by name, held until they are written. */
export interface TopCounts {
  add(entries: readonly LogEntry[]): void;
  readonly size: number;
  /** The most frequent, by hour and by day; forgets them all. */
  take(): readonly TopRow[];
}

const nameOf = (entry: LogEntry, kind: Kind): string | null => entry[kind];

export function createTopCounts(): TopCounts {
  /** By hour, site and kind, then by name. */
  const groups = new Map<string, Map<string, TopRow>>();
  let size = 0;

  const count = (entry: LogEntry, kind: Kind, name: string): void => {
    const bucket = bucketOf(entry.time, HOUR);
    const group = add(groups, `${bucket} ${entry.site} ${kind}`, () => new Map<string, TopRow>());
    if (!group.has(name)) {
      if (group.size >= MAX_COUNTED) return;
      size++;
    }
    const { site } = entry;
    const zero = { n: 0, denied: 0, dry: 0 };
    const row = add(group, name, () => ({ step: HOUR, bucket, site, kind, name, ...zero }));
    row.n++;
    if (entry.conclusion === "DENY") row.denied++;
    else if (entry.dry !== null) row.dry++;
  };

  return {
    add: (entries) => {
      for (const entry of entries)
        for (const kind of KINDS) {
          const name = nameOf(entry, kind);
          if (name !== null && name !== "") count(entry, kind, name);
        }
    },
    get size() {
      return size;
    },
    take: () => {
      const hours = [...groups.values()].flatMap((group) =>
        [...group.values()].sort((a, b) => b.n - a.n).slice(0, MAX_COUNTED_WRITTEN),
      );
      groups.clear();
      size = 0;
      const days = new Map<string, TopRow>();
      for (const row of hours) {
        const bucket = bucketOf(row.bucket, DAY);
        const key = `${bucket} ${row.site} ${row.kind} ${row.name}`;
        const zero = { n: 0, denied: 0, dry: 0 };
        const day = add(days, key, () => ({ ...row, step: DAY, bucket, ...zero }));
        day.n += row.n;
        day.denied += row.denied;
        day.dry += row.dry;
      }
      return [...hours, ...days.values()];
    },
  };
}
