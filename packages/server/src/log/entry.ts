// What is searched of a decision, on the side of the database. Texts are cut to a stated length and made well-formed and
// visible, so that any database takes them and any page shows them.
import { MAX_NAME, MAX_PATH } from "./limits.ts";
import type { Lines } from "./lines.ts";
import type { NamedRule } from "./results.ts";
import { clean } from "./text.ts";

/** Where a decision was made: by this server, by a client of it, or by an application on its own. */
export type Source = "decide" | "report" | "app";

/** One decision on its way to the database. */
export interface LogEntry {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly site: string;
  readonly source: Source;
  readonly conclusion: string;
  /** Type of the rule that gave the conclusion; null when none did. */
  readonly rule: string | null;
  /** Type of the first rule in DRY_RUN that would have denied an allowed request. */
  readonly dry: string | null;
  readonly ip: string;
  readonly country: string | null;
  readonly bot: string | null;
  readonly method: string;
  readonly path: string;
  /** Microseconds the decision took, where the application was told. */
  readonly micros: number | null;
}

/** A rule that some entry names. */
export interface RuleEntry extends NamedRule {
  readonly spec: string;
}

const orNull = (field: string): string | null => (field === "" ? null : clean(field, MAX_NAME));

const numberOrNull = (field: string): number | null => (field === "" ? null : Number(field));

/** Reads an entry, field by field in the order in which they were written. */
const readEntry = (field: () => string): LogEntry => ({
  id: clean(field(), MAX_NAME),
  time: Number(field()),
  site: field(),
  // The thread that decided knows no other.
  source: field() as Source,
  conclusion: field(),
  rule: orNull(field()),
  dry: orNull(field()),
  ip: clean(field(), MAX_NAME),
  country: orNull(field()),
  bot: orNull(field()),
  method: clean(field(), MAX_NAME),
  path: clean(field(), MAX_PATH),
  micros: numberOrNull(field()),
});

/** So many entries from their lines. */
export function readEntries(lines: Lines, size: number): readonly LogEntry[] {
  // Split at once: the fields of all of them follow one another.
  const fields = Buffer.concat(lines).toString().split("\n");
  let at = 0;
  const next = (): string => fields[at++] ?? "";
  return Array.from({ length: size }, () => readEntry(next));
}
