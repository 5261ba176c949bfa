// One time limit for many things at once. A timer for each costs more than most of what is timed; here one timer
// waits for the oldest, which is the first of the set, since all have the same time.

/** Something that has begun and may take so long. */
export interface Deadline {
  readonly at: number;
  readonly late: () => void;
}

export interface Deadlines {
  /** Milliseconds that each has. */
  readonly ms: number;
  /** Calls `late` when the time is over, unless it ends before. */
  begin(late: () => void): Deadline;
  end(deadline: Deadline): void;
}

/** Deadlines of so many milliseconds. */
export function createDeadlines(ms: number): Deadlines {
  const open = new Set<Deadline>();
  let isWaiting = false;
  const wait = (delay: number): void => {
    isWaiting = true;
    setTimeout(look, delay).unref();
  };
  const look = (): void => {
    isWaiting = false;
    const now = performance.now();
    for (const deadline of open) {
      if (deadline.at > now) return wait(Math.ceil(deadline.at - now));
      open.delete(deadline);
      deadline.late();
    }
  };
  return {
    ms,
    begin: (late) => {
      const deadline = { at: performance.now() + ms, late };
      open.add(deadline);
      if (!isWaiting) wait(ms);
      return deadline;
    },
    end: (deadline) => void open.delete(deadline),
  };
}
