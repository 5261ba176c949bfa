import { parseArgs } from "node:util";
import {
  UsageError,
  type Arguments,
  type Command,
  type CommandEntry,
  type Io,
  type Options,
} from "./command.ts";
import { safeText } from "./safe-text.ts";

const COMMANDS: readonly CommandEntry[] = [
  {
    name: "replay",
    summary: "run your rules over access logs: what would they deny?",
    load: async () => (await import("./commands/replay.ts")).replayLogs,
  },
  {
    name: "check",
    summary: "look for mistakes in your rules, and try samples on them",
    load: async () => (await import("./commands/check.ts")).checkRules,
  },
  {
    name: "explain",
    summary: "one request, every rule: what do they say, and why?",
    load: async () => (await import("./commands/explain.ts")).explainOne,
  },
  {
    name: "serve",
    summary: "run a Decide server",
    load: async () => (await import("./commands/serve.ts")).serve,
  },
  {
    name: "keys",
    summary: "create, list and revoke the keys of sites",
    load: async () => (await import("./commands/keys.ts")).keys,
  },
  {
    name: "data",
    summary: "make, renew and describe the data on addresses",
    load: async () => (await import("./commands/data.ts")).addressData,
  },
  {
    name: "bots",
    summary: "renew the address blocks of crawlers",
    load: async () => (await import("./commands/bots.ts")).botData,
  },
  {
    name: "completion",
    summary: "make a shell complete arcjet's commands",
    load: async () => (await import("./commands/completion.ts")).completion(COMMANDS),
  },
];
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
  const entry = COMMANDS.find((command) => command.name === name);
  try {
    if (entry === undefined)
      throw new UsageError(
        `there is no command ${JSON.stringify(name)}; there are ${COMMANDS.map(({ name }) => name).join(", ")}`,
      );
    const command = await entry.load();
    const parsed = readArguments(command, rest);
    if (parsed.flag("help")) {
      io.out(command.usage);
      return 0;
    }
    return await command.run(parsed, io);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    io.err(
      `arcjet: ${message
        .split("\n")
        .map((line) => safeText(line))
        .join("\n")}`,
    );
    return cause instanceof UsageError ? USAGE_ERROR : 1;
  }
}
