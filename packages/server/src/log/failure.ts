// What a database failed with, in words that say what to do.

/** SQLite's primary result codes. */
const SQLITE: Readonly<Record<number, string>> = {
  5: "another process has locked it",
  6: "another connection has locked it",
  8: "it cannot be written to",
  10: "the disk does not read or write",
  11: "it is damaged; move the file away and a new one is begun",
  13: "the disk, or the space it may take, is full",
  14: "the file or its directory cannot be opened",
  23: "access is denied",
  26: "the file is no SQLite database; move it away and a new one is begun",
};
const PRIMARY = 0xff;
/** Codes of SQLite after which its connection is as good as before: locked, full, or what was given is wrong. */
const SQLITE_PASSING = [5, 6, 13];
const SQLITE_REFUSED = [18, 19, 20, 25];

/** Classes of SQLSTATE: a table, schema or database that is not there, as when it was begun anew. */
const ABSENT = ["3D", "3F", "42"];
/** Values that the database does not take, however often they are sent. */
const REFUSED = ["22", "23", "54"];
const SQLSTATE = /^[0-9A-Z]{5}$/;

const field = (cause: unknown, name: string): unknown =>
  typeof cause === "object" && cause !== null && name in cause
    ? (cause as Readonly<Record<string, unknown>>)[name]
    : undefined;

const sqliteCode = (cause: unknown): number | undefined => {
  const code = field(cause, "errcode");
  return typeof code === "number" ? code & PRIMARY : undefined;
};

/** The first two signs of PostgreSQL's code. */
const sqlClass = (cause: unknown): string | undefined => {
  const code = field(cause, "code");
  return typeof code === "string" && SQLSTATE.test(code) ? code.slice(0, 2) : undefined;
};

/** A database did not do what it was asked. */
export class LogError extends Error {
  override readonly name = "LogError";
  /** Whether it would fail in the same way each time. */
  readonly refused: boolean;
  constructor(
    message: string,
    { refused = false, cause }: { readonly refused?: boolean; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.refused = refused;
  }
}

/** The failure of a database in words. */
export function logError(cause: unknown): LogError {
  if (cause instanceof LogError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = sqliteCode(cause);
  const known = code === undefined ? undefined : SQLITE[code];
  const refused =
    (code !== undefined && SQLITE_REFUSED.includes(code)) ||
    REFUSED.includes(sqlClass(cause) ?? "");
  return new LogError(known === undefined ? message : `${known} (${message})`, { cause, refused });
}

/** Whether what was to be written would be refused each time. */
export const isRefused = (cause: unknown): boolean => cause instanceof LogError && cause.refused;

/** Whether the failure may be the fault of the connection, so that a new one may help. */
export function isLasting(cause: unknown): boolean {
  const code = sqliteCode(cause);
  if (code !== undefined) return ![...SQLITE_PASSING, ...SQLITE_REFUSED].includes(code);
  const kind = sqlClass(cause);
  return kind === undefined || ABSENT.includes(kind);
}
