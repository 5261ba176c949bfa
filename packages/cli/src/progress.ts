/** A progress bar on the last line of a terminal. */
import { grouped } from "./grouped.ts";
import { bar } from "./replay/charts.ts";

const WIDTH = 30;
/** Milliseconds between two updates. */
const EVERY = 100;

export interface Progress {
  readonly update: (requests: number, bytes: number) => void;
  /** Takes the bar away. */
  readonly end: () => void;
}

/** A bar for `total` bytes; a count where they are not known, nothing where there is no terminal. */
export function createProgress(
  status: ((text: string) => void) | undefined,
  total: number | undefined,
  now: () => number = () => performance.now(),
): Progress {
  if (status === undefined) return { update: () => {}, end: () => {} };
  let last = -Infinity;
  return {
    update: (requests, bytes) => {
      const time = now();
      if (time - last < EVERY) return;
      last = time;
      const count = `${grouped(requests)} requests`;
      if (total === undefined || total === 0) return status(count);
      const share = Math.min(1, bytes / total);
      status(`${bar(share, WIDTH).padEnd(WIDTH)} ${Math.floor(share * 100)} %  ${count}`);
    },
    end: () => status(""),
  };
}
