import type { ParseArgsConfig } from "node:util";

/** Where a command writes, and what it reads besides its arguments. */
export interface Io {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts when the process is asked to stop. */
  readonly stopped: AbortSignal;
  /** The standard input. */
  readonly input?: () => AsyncIterable<Uint8Array>;
  /** Rewrites the last line of a terminal; absent where the errors do not go to one. */
  readonly status?: (text: string) => void;
  /** Whether the output is a terminal that shows colours; false by default. */
  readonly color?: boolean;
  /** Characters on a line of the terminal, where there is one. */
  readonly columns?: number;
  /** Reads lists from their publishers; the global `fetch` by default. */
  readonly fetch?: typeof fetch;
  /** Where relative paths begin; the working directory by default. */
  readonly directory?: string;
}

export type Options = NonNullable<ParseArgsConfig["options"]>;

/** What stood on the command line. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** The value of an option, where it was given. */
  readonly value: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
  /** All values of an option that may be given more than once. */
  readonly values: (name: string) => readonly string[];
}

/** One command, in a file of its own under `commands/`. */
export interface Command {
  /** Shown by `arcjet NAME --help`. */
  readonly usage: string;
  readonly options: Options;
  /** What its first argument may be, where that is a word. */
  readonly words?: readonly string[];
  /** By option, the values it may have, where they are few. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** Gives the exit code. */
  readonly run: (given: Arguments, io: Io) => Promise<number>;
}

/** A command by its name; what it needs is loaded when it is asked for. */
export interface CommandEntry {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** A mistake on the command line: shown without a stack, with the exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The whole number an option is given; undefined when it is not there. */
export function readInteger(
  given: Arguments,
  name: string,
  min: number,
  max: number,
): number | undefined {
  const text = given.value(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(
    `--${name} takes a whole number from ${min} to ${max}, not ${JSON.stringify(text)}`,
  );
}
