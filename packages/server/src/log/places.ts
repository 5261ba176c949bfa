// Where the decisions about each client and each path lie, written apart from them and later.
import { sql, type Kysely, type Transaction } from "kysely";
import type { Schema } from "./schema.ts";

/** A table of places, and what they are found by. */
export const PLACES = [
  ["client", "ip"],
  ["visit", "path"],
] as const;

/** Counter of the decisions whose places are written. */
const PLACED = "client";

const numberOf = async (db: Kysely<Schema>, name: "seq" | typeof PLACED): Promise<number> => {
  const row = await db
    .selectFrom("counter")
    .select("value")
    .where("name", "=", name)
    .executeTakeFirst();
  return Number(row?.value ?? 0);
};

/** Adds the places of all decisions that were written since this was last done, by whichever process. */
export async function writePlaces(tx: Transaction<Schema>): Promise<void> {
  // Written to itself, it is locked until the end: nobody else adds the same.
  await tx
    .updateTable("counter")
    .set((eb) => ({ value: eb.ref("value") }))
    .where("name", "=", PLACED)
    .execute();
  const from = await numberOf(tx, PLACED);
  const to = await numberOf(tx, "seq");
  if (to === from) return;
  for (const [table, key] of PLACES)
    await sql`insert into ${sql.table(table)} (${sql.ref(key)}, time, seq)
      select ${sql.ref(key)}, time, seq from decision where seq > ${from} and seq <= ${to}
      order by ${sql.ref(key)}, time, seq`.execute(tx);
  await tx.updateTable("counter").set({ value: to }).where("name", "=", PLACED).execute();
}

/** The same for who asks for a place: writes only when something is missing. */
export async function addPlaces(db: Kysely<Schema>): Promise<void> {
  if ((await numberOf(db, PLACED)) === (await numberOf(db, "seq"))) return;
  await db.transaction().execute(writePlaces);
}
