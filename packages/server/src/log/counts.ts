// Sums of a batch. Conclusions and rules are few and are added up exactly. Clients and paths may be millions:
// they are held for a few seconds, and the most frequent of each kind are written.
import { ROW, type LogEntry, type Rows } from "./entry.ts";
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
  const minutes = new Map<string, VolumeRow>();
  for (const { time, site, conclusion, rule, dry } of entries) {
    const bucket = bucketOf(time, MINUTE);
    const key = `${bucket} ${site} ${conclusion} ${rule} ${dry}`;
    const named = { site, conclusion, rule: rule ?? "", dry: dry ?? "" };
    add(minutes, key, () => ({ step: MINUTE, bucket, ...named, n: 0 })).n++;
  }
  const hours = new Map<string, VolumeRow>();
  for (const row of minutes.values()) {
    const bucket = bucketOf(row.bucket, HOUR);
    const key = `${bucket} ${row.site} ${row.conclusion} ${row.rule} ${row.dry}`;
    add(hours, key, () => ({ ...row, step: HOUR, bucket, n: 0 })).n += row.n;
  }
  return [...minutes.values(), ...hours.values()];
}

const SAID = { n: 0, denied: 0, errors: 0, fresh: 0 };

/** What each rule said, by minute and by hour. */
export function ruleVolumesOf(entries: readonly LogEntry[]): readonly RuleVolumeRow[] {
  const minutes = new Map<string, RuleVolumeRow>();
  for (const { time, site, conclusion, detail } of entries) {
    const bucket = bucketOf(time, MINUTE);
    for (const { rule, state, conclusion: said } of detail.results) {
      if (rule === "" || state === "NOT_RUN") continue;
      const row = add(minutes, `${bucket} ${site} ${rule}`, () => ({
        step: MINUTE,
        bucket,
        site,
        key: rule,
        ...SAID,
      }));
      row.n++;
      if (said === "ERROR") row.errors++;
      if (said !== "DENY") continue;
      row.denied++;
      if (conclusion !== "DENY") row.fresh++;
    }
  }
  const hours = new Map<string, RuleVolumeRow>();
  for (const row of minutes.values()) {
    const bucket = bucketOf(row.bucket, HOUR);
    const { site, key } = row;
    const hour = add(hours, `${bucket} ${site} ${key}`, () => ({
      step: HOUR,
      bucket,
      site,
      key,
      ...SAID,
    }));
    for (const name of ["n", "denied", "errors", "fresh"] as const) hour[name] += row[name];
  }
  return [...minutes.values(), ...hours.values()];
}

/** Counts by name, held until they are written. */
export interface TopCounts {
  add(rows: Rows): void;
  readonly size: number;
  /** The most frequent by hour; forgets them all. */
  take(): readonly TopRow[];
  /** Counts that were taken and could not be written. */
  giveBack(rows: readonly TopRow[]): void;
}

/** Where each value of a decision stands. */
const PLACE = Object.fromEntries(ROW.map((name, at) => [name, at])) as Record<
  (typeof ROW)[number],
  number
>;
const ZERO = { n: 0, denied: 0, dry: 0 };

function addTo(row: TopRow, { n, denied, dry }: Pick<TopRow, "n" | "denied" | "dry">): void {
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

export function createTopCounts(): TopCounts {
  /** By hour, site and kind, then by name. */
  const groups = new Map<string, Map<string, TopRow>>();
  let size = 0;

  const count = (of: Omit<TopRow, "step" | "n" | "denied" | "dry">, more: typeof ZERO): void => {
    const { bucket, site, kind, name } = of;
    const group = add(groups, `${bucket} ${site} ${kind}`, () => new Map<string, TopRow>());
    if (!group.has(name)) {
      if (group.size >= MAX_COUNTED) size -= thinOut(group);
      size++;
    }
    addTo(
      add(group, name, () => ({ step: HOUR, bucket, site, kind, name, ...ZERO })),
      more,
    );
  };

  return {
    add: ({ size: amount, values }) => {
      for (let at = 0; at < amount; at++) {
        const value = (name: (typeof ROW)[number]) => values[at * ROW.length + PLACE[name]];
        const denied = value("conclusion") === "DENY" ? 1 : 0;
        const more = { n: 1, denied, dry: denied === 0 && value("dry") !== null ? 1 : 0 };
        const bucket = bucketOf(Number(value("time")), HOUR);
        const site = String(value("site"));
        for (const kind of KINDS) {
          const name = value(kind);
          if (typeof name === "string" && name !== "") count({ bucket, site, kind, name }, more);
        }
      }
    },
    get size() {
      return size;
    },
    take: () => {
      const rows = [...groups.values()].flatMap((group) =>
        mostFrequent(group, MAX_COUNTED_WRITTEN),
      );
      groups.clear();
      size = 0;
      return rows;
    },
    giveBack: (rows) => {
      for (const row of rows) count(row, row);
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
    addTo(
      add(days, key, () => ({ ...row, step: DAY, bucket, ...ZERO })),
      row,
    );
  }
  return [...hours, ...days.values()].sort(byKey);
}

const KEY = ["step", "kind", "bucket", "site", "name"] as const;

function byKey(a: TopRow, b: TopRow): number {
  const name = KEY.find((one) => a[one] !== b[one]);
  return name === undefined ? 0 : a[name] < b[name] ? -1 : 1;
}
