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

const field = (cause: unknown, name: string): unknown =>
  typeof cause === "object" && cause !== null && name in cause
    ? (cause as Readonly<Record<string, unknown>>)[name]
    : undefined;

/** A database did not do what it was asked. */
export class LogError extends Error {
  override readonly name = "LogError";
}

/** The failure of a database in words. */
export function logError(cause: unknown): LogError {
  if (cause instanceof LogError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = field(cause, "errcode");
  const known = typeof code === "number" ? SQLITE[code & PRIMARY] : undefined;
  return new LogError(known === undefined ? message : `${known} (${message})`, { cause });
}

/** Whether the failure may be the fault of the connection, so that a new one may help. */
export function isLasting(cause: unknown): boolean {
  const code = field(cause, "errcode");
  return typeof code !== "number" || ![5, 6, 13].includes(code & PRIMARY);
}
