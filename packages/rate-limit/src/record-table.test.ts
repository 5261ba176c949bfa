import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_SCAN, RecordTable } from "./record-table.ts";
import { Room } from "./room.ts";

const WIDTH = 3;

/** A table whose third word is what a record owes. */
function fixture(capacity: number) {
  const table: RecordTable = new RecordTable(
    WIDTH,
    new Room(capacity),
    (slot) => table.words[slot * WIDTH + 2]!,
  );
  const put = (client: number, debt: number): void => {
    // One home for all: the worst case of the index.
    const found = table.find(client, 7);
    const slot = found < 0 ? table.insert(client, 7) : found;
    table.words[slot * WIDTH + 2] = debt;
  };
  const deny = (client: number, denied = true): void =>
    table.setDenied(table.find(client, 7), denied);
  const has = (client: number): boolean => table.find(client, 7) >= 0;
  return { table, put, deny, has };
}

describe("a full table", () => {
  it("lets go of what owes nothing first, then of what owes least", () => {
    const { put, has } = fixture(4);
    for (const [client, debt] of [
      [1, 5],
      [2, 0],
      [3, 2],
      [4, 9],
    ] as const)
      put(client, debt);
    put(5, 7);
    expect([1, 2, 3, 4, 5].map(has)).toEqual([true, false, true, true, true]);
    put(6, 7);
    expect([1, 3, 4, 5, 6].map(has)).toEqual([true, false, true, true, true]);
  });

  it("keeps every denied client while there is another, however many new ones come", () => {
    const { table, put, deny, has } = fixture(64);
    const attackers = Array.from({ length: 63 }, (_, i) => i);
    for (const client of attackers) {
      put(client, 1);
      deny(client);
    }
    for (let client = 1000; client < 6000; client++) put(client, 1);
    expect(attackers.every(has)).toBe(true);
    expect([table.size, table.denied, table.evictions]).toEqual([64, 63, 4999]);
  });

  it("takes the record of a denied client when there is no other, or when its time is over", () => {
    const { table, put, deny, has } = fixture(2);
    for (const client of [1, 2]) {
      put(client, 1);
      deny(client);
    }
    put(3, 1);
    expect([1, 2, 3].map(has)).toEqual([false, true, true]);
    put(2, 0);
    put(4, 1);
    expect([2, 3, 4].map(has)).toEqual([false, true, true]);
    expect(table.denied).toBe(0);
  });

  it(`looks at ${MAX_SCAN} records for one to let go`, () => {
    const { put, has } = fixture(MAX_SCAN + 1);
    for (let client = 0; client < MAX_SCAN; client++) put(client, 3);
    put(MAX_SCAN, 2);
    put(100, 3);
    expect([has(0), has(MAX_SCAN)]).toEqual([false, true]);
    put(101, 3);
    expect(has(MAX_SCAN)).toBe(false);
  });
});

it("agrees with a map, whatever is put, denied, released and removed", () => {
  const client = fc.nat(40);
  const command = fc.oneof(
    fc.record({ kind: fc.constant("put" as const), client, debt: fc.nat(5) }),
    fc.record({ kind: fc.constant("deny" as const), client, denied: fc.boolean() }),
    fc.record({ kind: fc.constant("remove" as const), client }),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 200 }), (commands) => {
      const { table, put, deny, has } = fixture(1500);
      const model = new Map<number, { debt: number; denied: boolean }>();
      for (const given of commands) {
        const known = model.get(given.client);
        if (given.kind === "put") {
          put(given.client, given.debt);
          model.set(given.client, { debt: given.debt, denied: known?.denied ?? false });
        } else if (given.kind === "remove") {
          table.remove(given.client, 7);
          model.delete(given.client);
        } else if (known) {
          deny(given.client, given.denied);
          known.denied = given.denied;
        }
      }
      expect(table.size).toBe(model.size);
      expect(table.denied).toBe([...model.values()].filter(({ denied }) => denied).length);
      for (const [key, { debt, denied }] of model) {
        const slot = table.find(key, 7);
        expect([table.words[slot * WIDTH + 2], slot < table.denied]).toEqual([debt, denied]);
      }
      for (let key = 0; key <= 40; key++) expect(has(key)).toBe(model.has(key));
    }),
  );
});

it("keeps its records when it grows", () => {
  const table = new RecordTable(WIDTH, new Room(5000), () => 1);
  for (let i = 0; i < 5000; i++) table.insert(i, (i * 2_654_435_761) >>> 0);
  const kept = Array.from({ length: 5000 }, (_, i) => table.find(i, (i * 2_654_435_761) >>> 0));
  expect(new Set(kept).size).toBe(5000);
  expect(kept).not.toContain(-1);
});
