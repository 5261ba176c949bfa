// One request as a log tells of it, whatever the log's format.
/**
 * What the lines of a log hold. A header that is absent from a request is only known to be absent when
 * the log would have held it.
 */
export interface Holds {
  /** Lower-case names of the headers, or "all". */
  readonly headers: ReadonlySet<string> | "all";
  /** Headers that stand in the log without their value. */
  readonly redacted?: ReadonlySet<string>;
  /** Whether the log tells HTTP from HTTPS. */
  readonly protocol: boolean;
  /** True where the client is named by something else than its address. */
  readonly clientUnknown?: boolean;
}

/** Headers by lower-case name; a list where one was repeated. */
export type EntryHeaders = Readonly<Record<string, string | readonly string[]>>;

/** A request and the answer it got. */
export interface LogEntry {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** The client as the log names it; "" when it does not. */
  readonly client: string;
  readonly method: string;
  /** Path and query as received. */
  readonly target: string;
  readonly httpVersion: string | undefined;
  readonly tls: boolean;
  readonly headers: EntryHeaders;
  /** 0 when the log does not say. */
  readonly status: number;
  readonly holds: Holds;
  readonly body?: string;
}

/** What a parser makes of a line: a request, nothing to count, or nothing it can read. */
export type Parsed = LogEntry | "skip" | undefined;

/** Reads the lines of one log in turn; what an earlier line said of later ones is kept. */
export type LineParser = (line: string) => Parsed;

/** A format of logs with one request a line. */
export interface LineFormat {
  readonly name: string;
  readonly create: () => LineParser;
}

/** Whether a header that is absent from an entry was absent from the request. */
export function holdsHeader(holds: Holds, name: string): boolean {
  if (holds.redacted?.has(name) === true) return false;
  return holds.headers === "all" || holds.headers.has(name);
}

/** A target without its query. */
export function pathOf(target: string): string {
  const query = target.indexOf("?");
  return query === -1 ? target : target.slice(0, query);
}
