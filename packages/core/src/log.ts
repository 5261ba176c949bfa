/** Receives log records: fields first, then the message. */
export interface Logger {
  debug(fields: Readonly<Record<string, unknown>>, message: string): void;
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

const LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LEVELS)[number];

/** Reads a level name; "warn" when it is absent or unknown. */
export function parseLogLevel(text: string | undefined): LogLevel {
  return LEVELS.find((level) => level === text) ?? "warn";
}

/**
 * A logger that writes one JSON object a line.
 *
 * @example
 * jsonLogger("info").warn({ rule: 1 }, "rule failed");
 */
export function jsonLogger(
  level: LogLevel,
  write: (level: LogLevel, line: string) => void = (at, line) => console[at](line),
  now: () => number = Date.now,
): Logger {
  const from = LEVELS.indexOf(level);
  const at =
    (name: LogLevel) =>
    (fields: Readonly<Record<string, unknown>>, message: string): void => {
      if (LEVELS.indexOf(name) < from) return;
      write(name, toLine({ time: now(), level: name, ...fields, msg: message }));
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** The logger of an app, which may throw without that reaching a decision. */
export function safeLogger(log: Logger): Logger {
  const at =
    (name: LogLevel) =>
    (fields: Readonly<Record<string, unknown>>, message: string): void => {
      try {
        log[name](fields, message);
      } catch {
        // There is nobody left to tell.
      }
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** Whether a value has the four methods of a logger. */
export const isLogger = (value: unknown): value is Logger =>
  typeof value === "object" &&
  value !== null &&
  LEVELS.every((name) => typeof Reflect.get(value, name) === "function");

/** JSON that never throws: errors become their message, circular and huge values a note. */
function toLine(record: Readonly<Record<string, unknown>>): string {
  try {
    return JSON.stringify(record, (_, value: unknown) => {
      if (value instanceof Error) return { name: value.name, message: value.message };
      return typeof value === "bigint" ? value.toString() : value;
    });
  } catch {
    return JSON.stringify({
      time: record.time,
      level: record.level,
      msg: record.msg,
      note: "fields not serialisable",
    });
  }
}
