/** Of what a page tells: a stretch of time, and one site or all. */
export interface Period {
  /** Milliseconds since the epoch; `to` is not part of it. */
  readonly from: number;
  readonly to: number;
  readonly site?: string | undefined;
}
