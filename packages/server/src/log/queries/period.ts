import { sql } from "kysely";
import { DAY, HOUR, MINUTE } from "../counts.ts";

/** Of what a page tells: a stretch of time, and one site or all. */
export interface Period {
  /** Milliseconds since the epoch; `to` is not part of it. */
  readonly from: number;
  readonly to: number;
  readonly site?: string | undefined;
}

/** A day, and the hour at most by which a chart of it begins earlier, with a whole column. */
const SHORT_MS = (DAY + HOUR) * 1_000;

/** Whether a period is told in fine steps. */
export const isShort = ({ from, to }: Period): boolean => to - from <= SHORT_MS;

/** Seconds of the sums that tell of a period. */
export const stepOf = (period: Period): number => (isShort(period) ? MINUTE : HOUR);

/** The beginning of the column of a chart in which a bucket lies. */
export const columnOf = (width: number) =>
  sql<number>`bucket - bucket % ${sql.lit(Math.max(1, Math.floor(width)))}`;
