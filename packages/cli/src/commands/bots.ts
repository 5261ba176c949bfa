import { rename, rm, writeFile } from "node:fs/promises";
import { botsUpdate, type BotsUpdate } from "@arcjet/bots";
import { UsageError, type Arguments, type Command, type Io } from "../command.ts";
import { safeText } from "../safe-text.ts";

const DEFAULT_FILE = "arcjet-bots.json";

const usage = `Usage: arcjet bots update [--file FILE]

Reads the address blocks that the operators of crawlers publish, so that a client is known to be the
crawler it says it is without asking the DNS. Give them to your rules:

  import bots from "./${DEFAULT_FILE}" with { type: "json" };
  detectBot({ mode: "LIVE", allow: [...], verifier: botVerifier({ ranges: bots.ranges }) })

  --file FILE   the file to make (default: ${DEFAULT_FILE})

A list that cannot be read is named and left out. Exits with 0 when any could be read, 1 when none could;
then the old file is as it was.`;

/** Puts a file in its place in one step. */
async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.new`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
}

function report({ ranges, failed }: BotsUpdate, io: Io): void {
  for (const { name, url, message } of failed)
    io.err(safeText(`arcjet: the list of ${name} could not be read from ${url}: ${message}`));
  for (const { name, ranges: blocks, complete } of ranges)
    io.out(
      `${safeText(name)}: ${blocks.length} blocks${complete === true ? "" : ", not all of them"}`,
    );
}

async function bots(given: Arguments, io: Io): Promise<number> {
  if (given.positionals[0] !== "update") throw new UsageError("bots needs update");
  const file = given.value("file") ?? DEFAULT_FILE;
  const update = await botsUpdate(io.fetch ? { fetch: io.fetch } : {});
  report(update, io);
  if (update.ranges.length === 0) {
    io.err("arcjet: no list could be read, so nothing was written: is there a network?");
    return 1;
  }
  const { date, ranges } = update;
  await replaceFile(file, `${JSON.stringify({ date, ranges }, undefined, 2)}\n`);
  io.out(`Written to ${safeText(file)}`);
  return 0;
}

/** `arcjet bots`. */
export const botData: Command = {
  words: ["update"],
  usage,
  options: { file: { type: "string" } },
  run: bots,
};
