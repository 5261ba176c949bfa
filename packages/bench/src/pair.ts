/** Two ways to do one thing, timed in turn, so that what disturbs the machine disturbs both. */

/** One way: what it is called, and one call of it. */
export interface Side {
  readonly name: string;
  readonly call: () => unknown;
}

/** A line of the table: what is done, here and by the peer. */
export interface Row {
  readonly what: string;
  /** Microseconds a call, or what else `unit` says; smaller is better. */
  readonly ours: number;
  readonly peer: number;
  readonly peerName: string;
  readonly unit: string;
  /** How many times the peer's cost is ours. */
  readonly ratio: number;
}

// What disturbs a machine comes and goes, and disturbs one side more than the other (who waits for memory anyway loses
// little to a neighbour). Of many short rounds some are undisturbed, and those are the quick ones.
const ROUNDS = 81;
const ROUND_MS = 20;
const WARM_MS = 300;
const MAX_BATCH = 4096;
const US = 1000;

/** Milliseconds that have gone by, by one measure or another. */
type Clock = () => number;

/** What this process has computed: the time in which others had the processor is in neither side. */
const computing: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / US;
};

/** For what waits, for a server or for Redis. */
export const onTheWall: Clock = () => performance.now();

/** What a quarter of the rounds stay below: as long as a thing takes when little disturbs it. */
export const quick = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 2]!;

const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise;

/** Microseconds a call, over so many of them; a call that gives a promise is waited for. */
async function time(call: () => unknown, count: number, clock: Clock): Promise<number> {
  const start = clock();
  for (let i = 0; i < count; i++) {
    const made = call();
    if (isPromise(made)) await made;
  }
  return ((clock() - start) / count) * US;
}

/**
 * The same, after half as many that are not counted: the runtime throws away the code of what was not called
 * for some collections of garbage, and one side may make enough garbage in its round for that.
 */
async function timeWarm(call: () => unknown, count: number, clock: Clock): Promise<number> {
  await time(call, Math.ceil(count / 2), clock);
  return time(call, count, clock);
}

/** How many calls fill a round, once the runtime has compiled what it calls. */
async function countFor(call: () => unknown, clock: Clock): Promise<number> {
  let [calls, took] = [0, 0];
  for (let count = 1; took < WARM_MS * US; count = Math.min(count * 2, MAX_BATCH)) {
    took += (await time(call, count, clock)) * count;
    calls += count;
  }
  // The first calls are the slow ones, so the second half of a round of the same length is counted.
  const each = await time(call, Math.max(1, calls >> 1), clock);
  return Math.max(1, Math.round((ROUND_MS * US) / each));
}

export const toRow = (
  what: string,
  ours: number,
  peer: number,
  peerName: string,
  unit: string,
): Row => ({ what, ours, peer, peerName, unit, ratio: peer / ours });

/** Times two sides in turn; who begins changes with each round, as the second pays for what the first leaves behind. */
export async function pair(
  what: string,
  ours: Side,
  peer: Side,
  clock: Clock = computing,
): Promise<Row> {
  const [mine, others] = [await countFor(ours.call, clock), await countFor(peer.call, clock)];
  const [here, there]: [number[], number[]] = [[], []];
  for (let i = 0; i < ROUNDS; i++) {
    const early = i % 2 === 0 ? await timeWarm(ours.call, mine, clock) : undefined;
    const theirs = await timeWarm(peer.call, others, clock);
    here.push(early ?? (await timeWarm(ours.call, mine, clock)));
    there.push(theirs);
  }
  return toRow(what, quick(here), quick(there), peer.name, "µs");
}

/** A function that goes on to the next value with each call. */
export function inTurn<T>(values: readonly T[], visit: (value: T) => unknown): () => unknown {
  let at = 0;
  return () => visit(values[at++ % values.length]!);
}
