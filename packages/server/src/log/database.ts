import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/** An open database. */
export interface Database {
  readonly kind: "sqlite" | "postgres";
  readonly db: Kysely<Schema>;
  /** Whether the file that was opened is still the one at its path. */
  readonly intact: () => boolean;
  /** Bytes taken, without what removed rows have left free. */
  readonly size: () => Promise<number>;
  /** Gives free space back, a little at a time. */
  readonly shrink: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a database; fails when it is not there or cannot be used. */
export type OpenDatabase = () => Promise<Database>;
