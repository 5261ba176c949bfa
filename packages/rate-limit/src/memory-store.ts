// Limits and strikes in the memory of this process: bounded, synchronous, without a timer.
import { LimitTable } from "./limit-table.ts";
import type { LimitResult } from "./limit.ts";
import type { Charges, LimitGroup, Outcome, Store, StrikeResult } from "./store.ts";
import { StrikeTable } from "./strike-table.ts";

/** Options of {@link memoryStore}. */
export interface MemoryStoreOptions {
  /** Clients remembered for each group of limits. Default: 2^20. */
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
/** Groups of limits that have a table at once; the oldest makes room. A client has a few of them. */
export const MAX_GROUPS = 1024;
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
  const tables = new Map<string, LimitTable>();
  const strikes = new StrikeTable();

  const tableOf = (group: LimitGroup): LimitTable => {
    const known = tables.get(group.id);
    if (known) return known;
    const made = new LimitTable(group, capacity, clock);
    tables.set(group.id, made);
    if (tables.size > MAX_GROUPS) tables.delete(oldestOf(tables));
    return made;
  };
  const run = ({ limits, strikes: struck }: Charges, commit: boolean): Outcome => {
    const now = Math.floor(clock());
    let denied = false;
    let blocks = NO_STRIKES;
    for (const charge of struck) {
      const block = strikes.strike(commit ? charge : { ...charge, findings: [] }, now);
      if (block.blocked && charge.live) denied = true;
      blocks = [...blocks, block];
    }
    for (const charge of limits) if (tableOf(charge.group).read(charge, now)) denied = true;
    const answers: (readonly LimitResult[])[] = [];
    for (const charge of limits) {
      const table = tableOf(charge.group);
      answers.push(commit ? table.commit(charge, now, denied) : table.answer(charge, now, denied));
    }
    return { limits: answers, strikes: blocks };
  };

  return {
    take: (charges) => run(charges, true),
    peek: (charges) => run(charges, false),
    reset: (charges) => {
      for (const charge of charges.limits) tables.get(charge.group.id)?.remove(charge);
      for (const charge of charges.strikes) strikes.remove(charge);
    },
    stats: () => {
      const all = [...tables.values()];
      const sum = (of: (table: LimitTable) => number): number =>
        all.reduce((total, table) => total + of(table), 0);
      return {
        records: sum(({ size }) => size),
        evictions: sum(({ evictions }) => evictions),
        struck: strikes.size,
      };
    },
  };
}

function oldestOf(tables: ReadonlyMap<string, LimitTable>): string {
  for (const id of tables.keys()) return id;
  return "";
}
