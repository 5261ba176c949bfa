import { LimitTable } from "./limit-table.ts";
import type { LimitResult } from "./limit.ts";
import type { Room } from "./room.ts";
import type { LimitCharge, LimitGroup } from "./store.ts";

/** Groups of limits that have a table at once; the oldest makes room. A client has a few of them. */
export const MAX_GROUPS = 1024;

/** A table for each group of limits, all in one room. */
export class Tables {
  readonly #room: Room;
  readonly #clock: () => number;
  readonly #dated: boolean;
  readonly #tables = new Map<string, LimitTable>();
  /** The group that was asked for last, and its table. */
  #group: LimitGroup | undefined;
  #table: LimitTable | undefined;

  constructor(room: Room, clock: () => number, dated = false) {
    this.#room = room;
    this.#dated = dated;
    this.#clock = clock;
  }

  /** Judges a charge that is alone in its request. */
  judge(charge: LimitCharge, now: number, commit: boolean): readonly LimitResult[] {
    const table = this.of(charge.group);
    if (commit) return table.take(charge, now);
    return table.answer(charge, now, table.read(charge, now));
  }

  /** The table of a group, made when it has none. */
  of(group: LimitGroup): LimitTable {
    return this.find(group) ?? (this.#table = this.#make(group));
  }

  /** The table of a group that has one; quick when it is asked for again. */
  find(group: LimitGroup): LimitTable | undefined {
    if (group === this.#group && this.#table !== undefined) return this.#table;
    this.#group = group;
    return (this.#table = this.#tables.get(group.id));
  }

  sum(count: (table: LimitTable) => number): number {
    let total = 0;
    for (const table of this.#tables.values()) total += count(table);
    return total;
  }

  #make(group: LimitGroup): LimitTable {
    if (this.#tables.size >= MAX_GROUPS) this.#dropOldest();
    const made = new LimitTable(group, this.#room, this.#clock, this.#dated);
    this.#tables.set(group.id, made);
    return made;
  }

  #dropOldest(): void {
    for (const [id, table] of this.#tables) {
      table.close(this.#room);
      if (table === this.#table) this.#table = undefined;
      this.#tables.delete(id);
      return;
    }
  }
}
