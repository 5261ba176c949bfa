// Reports are sent behind the back of the request: a few at a time, the rest waits in a queue with an
// end. What does not fit is dropped and counted; a report is never worth the memory of the process.

/** Most reports that wait. */
export const MAX_WAITING = 1_000;
/** Most reports on their way at once. */
export const MAX_SENDING = 4;

export interface Queue {
  /** False when the queue is full and the job was dropped. */
  add(job: () => Promise<unknown>): boolean;
  /** Resolves when nothing is waiting or on its way. */
  idle(): Promise<void>;
}

/** A bounded queue; what a job throws is its own affair. */
export function createQueue(): Queue {
  const waiting: (() => Promise<unknown>)[] = [];
  let watchers: (() => void)[] = [];
  let sending = 0;
  const next = (): void => {
    while (sending < MAX_SENDING) {
      const job = waiting.shift();
      if (job === undefined) break;
      sending++;
      const done = (): void => {
        sending--;
        next();
      };
      job().then(done, done);
    }
    if (sending > 0 || waiting.length > 0) return;
    const told = watchers;
    watchers = [];
    for (const tell of told) tell();
  };
  return {
    add: (job) => {
      if (waiting.length >= MAX_WAITING) return false;
      waiting.push(job);
      next();
      return true;
    },
    idle: () =>
      new Promise((resolve) => {
        watchers.push(resolve);
        next();
      }),
  };
}
