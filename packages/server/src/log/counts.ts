// Sums of a batch. Conclusions and rules are few and are added up exactly. Clients and paths may be millions:
// they are held for a few seconds, and the most frequent of each kind are written.
import type { LogEntry } from "./entry.ts";
import type { Kept } from "./kept.ts";
import { MAX_COUNTED, MAX_COUNTED_WRITTEN } from "./limits.ts";
import { alone } from "./lines.ts";
import type { Results } from "./results.ts";
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

/** One thing for each bucket and site. Most decisions are of those of the one before: that is known without a search. */
function grouped<T>(make: (bucket: number, site: string) => T) {
  const groups = new Map<string, T>();
  let last: { readonly bucket: number; readonly site: string; readonly group: T } | undefined;
  return {
    get: (bucket: number, site: string): T => {
      if (last?.bucket === bucket && last.site === site) return last.group;
      const key = `${bucket} ${site}`;
      let group = groups.get(key);
      if (group === undefined) groups.set(key, (group = make(bucket, site)));
      last = { bucket, site, group };
      return group;
    },
    all: (): readonly T[] => [...groups.values()],
    clear: (): void => {
      groups.clear();
      last = undefined;
    },
  };
}

/** Sums of the decisions of a batch. */
export interface Sums<Of, Row> {
  add(one: Of): void;
  /** By minute and by hour. */
  rows(): readonly Row[];
}

/** Requests by conclusion. */
export function createVolumes(): Sums<LogEntry, VolumeRow> {
  const minutes = new Map<string, VolumeRow>();
  let row: VolumeRow | undefined;
  const rowOf = ({ time, site, conclusion, rule: by, dry: would }: LogEntry): VolumeRow => {
    const rule = by ?? "";
    const dry = would ?? "";
    const bucket = bucketOf(time, MINUTE);
    const isSame =
      row?.bucket === bucket &&
      row.site === site &&
      row.conclusion === conclusion &&
      row.rule === rule &&
      row.dry === dry;
    if (row !== undefined && isSame) return row;
    const key = `${bucket} ${site} ${conclusion} ${rule} ${dry}`;
    const made = { step: MINUTE, bucket, site, conclusion, rule, dry, n: 0 };
    return add(minutes, key, () => made);
  };
  return {
    add: (entry) => {
      row = rowOf(entry);
      row.n++;
    },
    rows: () => {
      const hours = new Map<string, VolumeRow>();
      for (const row of minutes.values()) {
        const bucket = bucketOf(row.bucket, HOUR);
        const key = `${bucket} ${row.site} ${row.conclusion} ${row.rule} ${row.dry}`;
        add(hours, key, () => ({ ...row, step: HOUR, bucket, n: 0 })).n += row.n;
      }
      return [...minutes.values(), ...hours.values()];
    },
  };
}

const SAID = { n: 0, denied: 0, errors: 0, fresh: 0 };

/** What each rule said. */
export function createRuleVolumes(): Sums<Kept, RuleVolumeRow> {
  const groups = grouped((bucket, site) => {
    const rows = new Map<string, RuleVolumeRow>();
    const rowOf = (key: string): RuleVolumeRow =>
      add(rows, key, () => ({ step: MINUTE, bucket, site, key, ...SAID }));
    return { rows, rowOf, silent: new Map<Results, number>() };
  });
  return {
    add: ({ time, site, conclusion, results }) => {
      const { silent, rowOf } = groups.get(bucketOf(time, MINUTE), site);
      if (results.silent) {
        silent.set(results, (silent.get(results) ?? 0) + 1);
        return;
      }
      for (const { rule, state, conclusion: said } of results.entries) {
        if (rule === "" || state === "NOT_RUN") continue;
        const row = rowOf(rule);
        row.n++;
        if (said === "ERROR") row.errors++;
        if (said !== "DENY") continue;
        row.denied++;
        if (conclusion !== "DENY") row.fresh++;
      }
    },
    rows: () => {
      const minutes = groups.all().flatMap(({ rows, rowOf, silent }) => {
        for (const [{ entries }, n] of silent) for (const { rule } of entries) rowOf(rule).n += n;
        return [...rows.values()];
      });
      const hours = new Map<string, RuleVolumeRow>();
      for (const row of minutes) {
        const bucket = bucketOf(row.bucket, HOUR);
        const { site, key } = row;
        const made = { step: HOUR, bucket, site, key, ...SAID };
        const hour = add(hours, `${bucket} ${site} ${key}`, () => made);
        for (const name of ["n", "denied", "errors", "fresh"] as const) hour[name] += row[name];
      }
      return [...minutes, ...hours.values()];
    },
  };
}

/** Counts by name, held until they are written. */
export interface TopCounts {
  add(entry: LogEntry): void;
  readonly size: number;
  /** The most frequent by hour; forgets them all. */
  take(): readonly TopRow[];
  /** Counts that were taken and could not be written. */
  giveBack(rows: readonly TopRow[]): void;
}

const ZERO = { n: 0, denied: 0, dry: 0 };

function addTo(row: TopRow, n: number, denied: number, dry: number): void {
  row.n += n;
  row.denied += denied;
  row.dry += dry;
}

const mostFrequent = (group: Map<string, TopRow>, count: number): readonly TopRow[] =>
  [...group.values()].sort((a, b) => b.n - a.n).slice(0, count);

/** Leaves the more frequent half, so that many names that come once do not keep out what comes often. */
function thinOut(group: Map<string, TopRow>): number {
  const before = group.size;
  const kept = mostFrequent(group, MAX_COUNTED / 2);
  group.clear();
  for (const row of kept) group.set(row.name, row);
  return before - group.size;
}

/** Begins to count a name. Gives by how many names the group grew. */
function begin(group: Map<string, TopRow>, row: TopRow): number {
  const left = group.size >= MAX_COUNTED ? thinOut(group) : 0;
  const name = alone(row.name);
  group.set(name, { ...row, site: alone(row.site), name });
  return 1 - left;
}

export function createTopCounts(): TopCounts {
  /** By hour and site, then by kind, then by name. */
  const groups = grouped(
    () => new Map<string, Map<string, TopRow>>(KINDS.map((kind) => [kind, new Map()])),
  );
  let size = 0;

  return {
    add: (entry) => {
      const { site, time, conclusion } = entry;
      const denied = conclusion === "DENY" ? 1 : 0;
      const dry = denied === 0 && entry.dry !== null ? 1 : 0;
      const bucket = bucketOf(time, HOUR);
      const kinds = groups.get(bucket, site);
      for (const kind of KINDS) {
        const name = entry[kind];
        const group = kinds.get(kind);
        if (name === null || name === "" || group === undefined) continue;
        const row = group.get(name);
        if (row !== undefined) addTo(row, 1, denied, dry);
        else size += begin(group, { step: HOUR, bucket, site, kind, name, n: 1, denied, dry });
      }
    },
    get size() {
      return size;
    },
    take: () => {
      const rows = groups
        .all()
        .flatMap((kinds) => [...kinds.values()])
        .flatMap((group) => mostFrequent(group, MAX_COUNTED_WRITTEN));
      groups.clear();
      size = 0;
      return rows;
    },
    giveBack: (rows) => {
      for (const row of rows) {
        const group = groups.get(row.bucket, row.site).get(row.kind);
        if (group === undefined) continue;
        const known = group.get(row.name);
        if (known !== undefined) addTo(known, row.n, row.denied, row.dry);
        else size += begin(group, row);
      }
    },
  };
}

/**
 * Counts by hour together with their sums by day, in the order of their key: whoever else writes the same
 * rows takes them in the same order, so that neither waits for the other.
 */
export function withDays(hours: readonly TopRow[]): readonly TopRow[] {
  const days = new Map<string, TopRow>();
  for (const row of hours) {
    const bucket = bucketOf(row.bucket, DAY);
    const key = `${bucket} ${row.site} ${row.kind} ${row.name}`;
    const sum = add(days, key, () => ({ ...row, step: DAY, bucket, ...ZERO }));
    addTo(sum, row.n, row.denied, row.dry);
  }
  return [...hours, ...days.values()].sort(byKey);
}

const KEY = ["step", "kind", "bucket", "site", "name"] as const;

function byKey(a: TopRow, b: TopRow): number {
  const name = KEY.find((one) => a[one] !== b[one]);
  return name === undefined ? 0 : a[name] < b[name] ? -1 : 1;
}
