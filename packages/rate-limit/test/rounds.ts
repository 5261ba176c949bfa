// Measures contestants in turn, so that what else the machine does disturbs all of them alike, and takes
// the median over the rounds. What is measured is CPU time of this process: a wait costs nothing.

export interface Contestant {
  readonly name: string;
  /** Does it `times` times. */
  readonly run: (times: number) => void | Promise<void>;
}

/** Microseconds of CPU for one of what each contestant does: medians, in their order. */
export async function measure(
  contestants: readonly Contestant[],
  times: number,
  rounds = 9,
): Promise<readonly number[]> {
  const spent: number[][] = contestants.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [i, { run }] of contestants.entries()) {
      const before = process.cpuUsage();
      await run(times);
      const { user, system } = process.cpuUsage(before);
      // The first round is for the compiler.
      if (round > 0) spent[i]!.push((user + system) / times);
    }
  }
  return spent.map(median);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
