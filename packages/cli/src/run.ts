import { parseArgs } from "node:util";
import { UsageError, type Arguments, type Command, type Io, type Options } from "./command.ts";
import { botData } from "./commands/bots.ts";
import { checkRules } from "./commands/check.ts";
import { completion } from "./commands/completion.ts";
import { addressData } from "./commands/data.ts";
import { explainOne } from "./commands/explain.ts";
import { keys } from "./commands/keys.ts";
import { replayLogs } from "./commands/replay.ts";
import { serve } from "./commands/serve.ts";

const PLAIN: readonly Command[] = [
  replayLogs,
  checkRules,
  explainOne,
  serve,
  keys,
  addressData,
  botData,
];
const COMMANDS: readonly Command[] = [...PLAIN, completion(PLAIN)];
const USAGE_ERROR = 2;

function processIo(stopped: AbortSignal): Io {
  const { stdin, stdout, stderr, env } = process;
  const wanted = env.NO_COLOR === undefined || env.NO_COLOR === "";
  const rewrite = (text: string): void => void stderr.write(`\r\u001b[K${text}`);
  return {
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    env,
    stopped,
    input: () => stdin,
    color: wanted && stdout.isTTY === true && env.TERM !== "dumb",
    ...(stdout.isTTY === true && { columns: stdout.columns }),
    ...(stderr.isTTY === true && env.TERM !== "dumb" && { status: rewrite }),
  };
}

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    "Usage: arcjet COMMAND [options]",
    "",
    ...lines,
    "",
    "Rules are in arcjet.config.ts, as `export default defineConfig({ rules: [...] })`. To begin with:",
    "",
    "  arcjet check                                  are there mistakes in them?",
    "  arcjet replay /var/log/nginx/access.log       what would they deny?",
    "  arcjet explain --url '/?id=1' --ip 8.8.8.8    why is this request denied?",
    "",
    "arcjet COMMAND --help tells more. Exits with 0 when all went well, 1 when something failed or was found,",
    "2 for a wrong command line. NO_COLOR=1 takes colours away.",
  ].join("\n");
}

function readArguments(command: Command, args: readonly string[]): Arguments {
  try {
    const options: Options = { ...command.options, help: { type: "boolean", short: "h" } };
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
    });
    return {
      positionals,
      value: (name) => {
        const value = values[name];
        return typeof value === "string" ? value : undefined;
      },
      flag: (name) => values[name] === true,
      values: (name) => [values[name] ?? []].flat().filter((value) => typeof value === "string"),
    };
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Ends when the process is told to, with the first SIGINT or SIGTERM. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => controller.abort());
  return controller.signal;
}

/** Runs a command line and gives the exit code: 0, 1 for a failure, 2 for a wrong command line. */
export async function run(args: readonly string[], given?: Io): Promise<number> {
  const io = given ?? processIo(stopSignal());
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    io.out(overview());
    return name === undefined ? USAGE_ERROR : 0;
  }
  const command = COMMANDS.find((command) => command.name === name);
  try {
    if (command === undefined)
      throw new UsageError(
        `there is no command ${JSON.stringify(name)}; there are ${COMMANDS.map(({ name }) => name).join(", ")}`,
      );
    const parsed = readArguments(command, rest);
    if (parsed.flag("help")) {
      io.out(command.usage);
      return 0;
    }
    return await command.run(parsed, io);
  } catch (cause) {
    io.err(`arcjet: ${cause instanceof Error ? cause.message : String(cause)}`);
    return cause instanceof UsageError ? USAGE_ERROR : 1;
  }
}
