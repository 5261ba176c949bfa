// Where the decisions about each client lie, written apart from them and later.
import { sql, type Kysely, type Transaction } from "kysely";
import type { Schema } from "./schema.ts";

type Place = "seq" | "client";

const numberOf = async (db: Kysely<Schema>, name: Place): Promise<number> => {
  const row = await db
    .selectFrom("counter")
    .select("value")
    .where("name", "=", name)
    .executeTakeFirst();
  return Number(row?.value ?? 0);
};

/** Adds the clients of all decisions that were written since this was last done, by whichever process. */
export async function writeClients(tx: Transaction<Schema>): Promise<void> {
  // Written to itself, it is locked until the end: nobody else adds the same.
  await tx
    .updateTable("counter")
    .set((eb) => ({ value: eb.ref("value") }))
    .where("name", "=", "client")
    .execute();
  const from = await numberOf(tx, "client");
  const to = await numberOf(tx, "seq");
  if (to === from) return;
  await sql`insert into client (ip, time, seq)
    select ip, time, seq from decision where seq > ${from} and seq <= ${to}
    order by ip, time, seq`.execute(tx);
  await tx.updateTable("counter").set({ value: to }).where("name", "=", "client").execute();
}

/** The same for who asks for a client: writes only when something is missing. */
export async function addClients(db: Kysely<Schema>): Promise<void> {
  if ((await numberOf(db, "client")) === (await numberOf(db, "seq"))) return;
  await db.transaction().execute(writeClients);
}
