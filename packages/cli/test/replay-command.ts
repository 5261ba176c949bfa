/** The command on files in a folder of its own. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, type Io } from "../src/index.ts";

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
