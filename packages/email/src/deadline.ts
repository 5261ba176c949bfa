/** Calls back after some milliseconds, unless it is cancelled. */
export type Timer = (callback: () => void, ms: number) => () => void;

const systemTimer: Timer = (callback, ms) => {
  const id = setTimeout(callback, ms);
  return () => clearTimeout(id);
};

interface Deadline<T> {
  readonly timeoutMs: number;
  /** The answer when the work fails or is not done in time. */
  readonly late: T;
  readonly timer?: Timer;
}

/** Does something that may take too long or fail; its signal is aborted when the time is over. */
export function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { timeoutMs, late, timer = systemTimer }: Deadline<T>,
): Promise<T> {
  const controller = new AbortController();
  return new Promise((resolve) => {
    const cancel = timer(() => {
      controller.abort();
      resolve(late);
    }, timeoutMs);
    const finish = (answer: T): void => {
      cancel();
      resolve(answer);
    };
    work(controller.signal).then(finish, () => finish(late));
  });
}
