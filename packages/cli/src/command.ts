import type { ParseArgsConfig } from "node:util";

/** Where a command writes, and what it reads besides its arguments. */
export interface Io {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts when the process is asked to stop. */
  readonly stopped: AbortSignal;
}

export type Options = NonNullable<ParseArgsConfig["options"]>;

/** What stood on the command line. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** The value of an option, where it was given. */
  readonly value: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
}

/** One command, in a file of its own under `commands/`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Shown by `arcjet NAME --help`. */
  readonly usage: string;
  readonly options: Options;
  /** Gives the exit code. */
  readonly run: (given: Arguments, io: Io) => Promise<number>;
}

/** A mistake on the command line: shown without a stack, with the exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
