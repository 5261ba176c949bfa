// What stands in the query of a page, read with limits; what cannot be read is as if it were not there.
import type { Cursor, Filter, Period } from "../log/index.ts";

export const RANGES = ["1h", "24h", "7d", "30d"] as const;
export type Range = (typeof RANGES)[number];

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Length of a range, and of a column of its chart. */
const LENGTHS: Readonly<Record<Range, readonly [number, number]>> = {
  "1h": [HOUR_MS, MINUTE_MS],
  "24h": [24 * HOUR_MS, 20 * MINUTE_MS],
  "7d": [168 * HOUR_MS, 2 * HOUR_MS],
  "30d": [720 * HOUR_MS, 8 * HOUR_MS],
};
const MAX_VALUE = 1_024;
const TEXTS = ["id", "ip", "path", "rule", "dry", "bot", "country", "conclusion", "site"] as const;
const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/;
const CURSOR = /^(\d{1,16})\.(\d{1,16})$/;

export type Params = URLSearchParams;

function textOf(params: Params, name: string): string | undefined {
  const value = params.get(name)?.trim();
  return value === undefined || value === "" || value.length > MAX_VALUE ? undefined : value;
}

/** What a page shows: its range, with the columns of its charts. */
export interface View extends Period {
  readonly range: Range;
  readonly width: number;
}

export function viewOf(params: Params, now: number): View {
  const range = RANGES.find((name) => name === params.get("range")) ?? "24h";
  const [length, width] = LENGTHS[range];
  const end = now + 1;
  const from = end - length;
  return { range, width, from: from - (from % width), to: end, site: textOf(params, "site") };
}

/** A time without a zone, as its input gives it, in UTC. */
function timeOf(params: Params, name: string): number | undefined {
  const text = textOf(params, name);
  if (text === undefined || !LOCAL_TIME.test(text)) return undefined;
  const time = Date.parse(`${text}Z`);
  return Number.isNaN(time) ? undefined : time;
}

export function filterOf(params: Params): Filter {
  const texts = TEXTS.map((name) => [name, textOf(params, name)] as const);
  const filter = Object.fromEntries(texts.filter(([, value]) => value !== undefined));
  return { ...filter, from: timeOf(params, "from"), to: timeOf(params, "to") };
}

export function cursorOf(params: Params): Cursor | undefined {
  const [, time, seq] = CURSOR.exec(params.get("before") ?? "") ?? [];
  return time === undefined ? undefined : { time: Number(time), seq: Number(seq) };
}

/** A link within the dashboard; what is undefined is left out. */
export function linkTo(
  path: string,
  values: Readonly<Record<string, string | undefined>> = {},
): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== "") params.set(name, value);
  const query = params.toString();
  return query === "" ? path : `${path}?${query}`;
}

/** A time as the input of a form has it, in UTC. */
const localTime = (time: number): string => new Date(time).toISOString().slice(0, -1);

/** A link to the decisions of the period that a page tells of. */
export const decisionsLink = (
  { from, site }: View,
  more: Readonly<Record<string, string | undefined>> = {},
): string => linkTo("/decisions", { from: localTime(from), site, ...more });

/** The query of a filter. */
export function filterLink(
  path: string,
  filter: Filter,
  more: Readonly<Record<string, string>> = {},
): string {
  const { from, to, ...texts } = filter;
  return linkTo(path, {
    ...texts,
    from: from === undefined ? undefined : localTime(from),
    to: to === undefined ? undefined : localTime(to),
    ...more,
  });
}
