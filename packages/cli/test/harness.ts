// A command line run in this process: what it writes, how it ends, and a way to stop it.
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../src/index.ts";

export interface Running {
  readonly out: readonly string[];
  readonly err: readonly string[];
  /** Exit code, once the command has ended. */
  readonly code: Promise<number>;
  readonly stop: () => void;
  /** Resolves with the first line of the output that matches. */
  readonly line: (pattern: RegExp) => Promise<string>;
}

/** Starts a command line. */
export function begin(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running {
  const out: string[] = [];
  const err: string[] = [];
  const stop = new AbortController();
  const waiting: { readonly pattern: RegExp; readonly found: (line: string) => void }[] = [];
  const write = (line: string): void => {
    out.push(line);
    for (const { pattern, found } of waiting) if (pattern.test(line)) found(line);
  };
  const io = { out: write, err: (line: string) => void err.push(line), env, stopped: stop.signal };
  const code = run(args, io);
  return {
    out,
    err,
    code,
    stop: () => stop.abort(),
    line: (pattern) => {
      const there = out.find((line) => pattern.test(line));
      if (there !== undefined) return Promise.resolve(there);
      return new Promise((found, ended) => {
        waiting.push({ pattern, found });
        void code.then((code) => ended(new Error(`it ended with ${code}: ${err.join("\n")}`)));
      });
    },
  };
}

/** Runs a command line to its end. */
export async function finish(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const { code, out, err } = begin(args, env);
  return { code: await code, out: out.join("\n"), err: err.join("\n") };
}

/** A path in a new folder of its own. */
export const newPath = async (name: string): Promise<string> =>
  join(await mkdtemp(join(tmpdir(), "arcjet-cli-")), name);
