// Limits and strikes in the memory of this process: bounded, synchronous, without a timer.
import type { LimitResult } from "./limit.ts";
import { mergeCharges, unmerge } from "./merge.ts";
import { Room } from "./room.ts";
import type { Charges, Outcome, Store, StrikeResult } from "./store.ts";
import { StrikeTable } from "./strike-table.ts";
import { Tables } from "./tables.ts";

/** Options of {@link memoryStore}. */
export interface MemoryStoreOptions {
  /** Records kept at once, one for each client and group of limits. Default: 2^20. */
  readonly capacity?: number;
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly clock?: () => number;
}

/** What a memory store holds. */
export interface MemoryStoreStats {
  /** Records of clients, over all groups of limits. */
  readonly records: number;
  /** Records that still counted something when they made room for others. */
  readonly evictions: number;
  /** Clients with findings against them. */
  readonly struck: number;
}

/** A {@link Store} that answers without a promise. */
export interface MemoryStore extends Store {
  take(charges: Charges): Outcome;
  peek(charges: Charges): Outcome;
  reset(charges: Charges): void;
  stats(): MemoryStoreStats;
}

const DEFAULT_CAPACITY = 2 ** 20;
const MAX_CAPACITY = 2 ** 26;
const NO_STRIKES: readonly StrikeResult[] = [];

/**
 * A store in the memory of this process.
 *
 * @throws RangeError when the capacity is no integer from 1 to 2^26.
 * @example
 * const store = memoryStore({ capacity: 100_000 });
 */
export function memoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  const { capacity = DEFAULT_CAPACITY, clock = Date.now } = options;
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > MAX_CAPACITY)
    throw new RangeError(
      `\`capacity\` is ${String(capacity)}: give an integer from 1 to ${MAX_CAPACITY}`,
    );
  const tables = new Tables(new Room(capacity), clock);
  const strikes = new StrikeTable();

  const judge = (charges: Charges, commit: boolean): Outcome => {
    const now = Math.floor(clock());
    const { limits } = charges;
    if (limits.length === 1 && charges.strikes.length === 0)
      return { limits: [tables.judge(limits[0]!, now, commit)], strikes: NO_STRIKES };
    const merged = mergeCharges(charges);
    return unmerge(judgeAll(tables, strikes, merged, now, commit), charges, merged);
  };
  return {
    take: (charges) => judge(charges, true),
    peek: (charges) => judge(charges, false),
    reset: (charges) => {
      for (const charge of charges.limits) tables.find(charge.group)?.remove(charge);
      for (const charge of charges.strikes) strikes.remove(charge);
    },
    stats: () => ({
      records: tables.sum(({ size }) => size),
      evictions: tables.sum(({ evictions }) => evictions),
      struck: strikes.size,
    }),
  };
}

/** Checks every charge, then commits. */
function judgeAll(
  tables: Tables,
  strikes: StrikeTable,
  charges: Charges,
  now: number,
  commit: boolean,
): Outcome {
  let denied = false;
  const blocks = charges.strikes.map((charge) => {
    const block = strikes.strike(commit ? charge : { ...charge, findings: [] }, now);
    if (block.blocked && charge.live) denied = true;
    return block;
  });
  for (const charge of charges.limits) if (tables.of(charge.group).read(charge, now)) denied = true;
  const answers = charges.limits.map((charge): readonly LimitResult[] => {
    const table = tables.of(charge.group);
    return commit ? table.commit(charge, now, denied) : table.answer(charge, now, denied);
  });
  return { limits: answers, strikes: blocks };
}
