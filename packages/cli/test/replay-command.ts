/** The command on files in a folder of its own, and logs to give it. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, type Io } from "../src/index.ts";

export const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const START = Date.UTC(2025, 9, 10, 12);

/** What one line of a combined log tells. */
export interface LogLine {
  /** Seconds after the beginning. */
  readonly at?: number;
  readonly ip?: string;
  readonly path?: string;
  readonly agent?: string;
  readonly status?: number;
}

/** A time as common logs write it. */
export function clf(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two);
  return `${day}:${clock.join(":")} +0000`;
}

/** A line of a combined log. */
export function logLine(line: LogLine = {}): string {
  const { at = 0, ip = "93.184.216.34", path = "/", agent = BROWSER, status = 200 } = line;
  return `${ip} - - [${clf(START + at * 1_000)}] "GET ${path} HTTP/1.1" ${status} 7 "-" "${agent}"`;
}

export interface Finished {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder with these files, and the command run in it. */
export async function workspace(files: Readonly<Record<string, string | Uint8Array>>) {
  const directory = await mkdtemp(join(tmpdir(), "arcjet-cli-"));
  for (const [name, content] of Object.entries(files))
    await writeFile(join(directory, name), content);
  const arcjet = async (args: readonly string[], more: Partial<Io> = {}): Promise<Finished> => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await run(args, {
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      env: {},
      stopped: new AbortController().signal,
      directory,
      ...more,
    });
    return { code, out: out.join("\n"), err: err.join("\n") };
  };
  return { path: (name: string): string => join(directory, name), arcjet };
}

/** The text of a configuration with these rules, as JavaScript. */
export function configOf(rules: string): string {
  return `import * as arcjet from "@arcjet/core";
const { defineConfig, detectBot, filter, fixedWindow, shield, validateEmail } = arcjet;
export default defineConfig({ rules: [${rules}] });
`;
}
