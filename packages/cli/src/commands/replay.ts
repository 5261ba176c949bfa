import { access, constants, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError, type Arguments, type Command, type Io } from "../command.ts";
import { findConfig, loadConfig } from "../config-file.ts";
import { createPaint } from "../paint.ts";
import { createProgress } from "../progress.ts";
import { FORMAT_NAMES, formatNamed } from "../replay/formats/detect.ts";
import { replay, type Replay } from "../replay/replay.ts";
import { htmlReport } from "../replay/report-html.ts";
import { toReport } from "../replay/report-json.ts";
import { textReport } from "../replay/report-text.ts";
import { endingWith, fileInput, type LogInput } from "../replay/source.ts";
import { safeJson, safeText } from "../safe-text.ts";

const DEFAULT_COLUMNS = 100;
const MAX_LOGS = 256;

const usage = `Usage: arcjet replay [options] LOG...
       zcat access.log.*.gz | arcjet replay -

Runs your rules over the requests of access logs, at the time the log says, and shows what they would have
denied, by which rule, and which denials were probably mistaken. Nothing is sent anywhere, no counter of
yours is touched, and rules in DRY_RUN are counted as well: try rules here before they are LIVE.

Reads the common and combined logs of nginx and Apache httpd, the JSON logs of Caddy and Traefik, logs of
AWS load balancers and of CloudFront, and HAR files; gzip or not; - is the standard input. Several logs are
read as one, by time. A rule that reads what a log does not hold is not asked, and the report says so.

  --config FILE     default: arcjet.config.ts, .mts, .js or .mjs in this directory
  --compare FILE    a second rule set: what it would change
  --format NAME     ${FORMAT_NAMES.join(", ")}; default: found out
  --ignore-case     the application's router ignores case, as Express's and Fastify's do by default
  --json            the report as JSON on the standard output
  --html FILE       the report as one page that needs nothing else

Exits with 0 when the logs were read, 1 when one could not be to its end, 2 for a wrong command line.

  arcjet replay /var/log/nginx/access.log
  arcjet replay --config strict.config.ts --compare loose.config.ts access.log.1 access.log`;

async function openLogs(
  names: readonly string[],
  { input, stopped }: Io,
): Promise<readonly LogInput[]> {
  if (names.length === 0)
    throw new UsageError(
      "replay needs a log, such as /var/log/nginx/access.log, or - for the standard input",
    );
  if (names.length > MAX_LOGS)
    throw new UsageError(
      `replay reads at most ${MAX_LOGS} logs at once: join some with zcat -f and give it -`,
    );
  const logs: LogInput[] = [];
  for (const name of names) {
    if (name !== "-") logs.push(await fileInput(name, stopped));
    else if (input)
      logs.push({
        name: "standard input",
        size: undefined,
        read: () => endingWith(stopped, input()),
      });
  }
  return logs;
}

function readFormat(name: string | undefined) {
  if (name === undefined) return undefined;
  const format = formatNamed(name);
  if (format) return format;
  throw new UsageError(
    `there is no format ${JSON.stringify(name)}; there are ${FORMAT_NAMES.join(", ")}`,
  );
}

/** Bytes of all logs, where they are known beforehand. */
function totalOf(logs: readonly LogInput[]): number | undefined {
  const sizes = logs.map(({ size }) => size).filter((size) => size !== undefined);
  return sizes.length < logs.length ? undefined : sizes.reduce((sum, size) => sum + size, 0);
}

async function run(given: Arguments, io: Io): Promise<Replay & { readonly broken: boolean }> {
  const format = readFormat(given.value("format"));
  const directory = io.directory ?? process.cwd();
  const config = await loadConfig(await findConfig(given.value("config"), directory));
  const second = given.value("compare");
  const other =
    second === undefined ? undefined : await loadConfig(await findConfig(second, directory));
  const logs = await openLogs(given.positionals, io);
  let broken = false;
  const progress = createProgress(io.status, totalOf(logs));
  const tell = (message: string): void => {
    progress.end();
    io.err(`arcjet: ${safeText(message)}`);
  };
  const done = await replay({
    logs,
    config,
    other,
    format,
    ignoreCase: given.flag("ignore-case"),
    onProgress: progress.update,
    onWarning: tell,
    onBroken: (message) => {
      broken = true;
      tell(message);
    },
  });
  progress.end();
  return { ...done, broken };
}

/** A report that cannot be written is told before a long log is read. */
async function checkPlace(html: string | undefined): Promise<void> {
  if (html === undefined) return;
  await access(dirname(html), constants.W_OK).catch((cause: unknown) => {
    const message = `cannot write ${html}: name a file in a folder that is there, and yours`;
    throw new UsageError(message, { cause });
  });
}

function warn({ unreadable, unparsed }: Replay, io: Io): void {
  for (const { name, line, text } of unreadable)
    io.err(`arcjet: ${safeText(`${name}:${line}: cannot be read: ${text}`)}`);
  if (unparsed > unreadable.length)
    io.err(`arcjet: ${unparsed - unreadable.length} more lines cannot be read`);
}

async function replayCommand(given: Arguments, io: Io): Promise<number> {
  const html = given.value("html");
  await checkPlace(html);
  const done = await run(given, io);
  if (given.flag("json")) {
    warn(done, io);
    io.out(safeJson(toReport(done)));
  } else {
    const paint = createPaint(io.color ?? false);
    for (const line of textReport(done, io.columns ?? DEFAULT_COLUMNS, paint)) io.out(line);
  }
  if (html !== undefined) {
    await writeFile(html, htmlReport(done));
    io.err(`The report is in ${safeText(html)}`);
  }
  return done.broken ? 1 : 0;
}

/** `arcjet replay`. */
export const replayLogs: Command = {
  choices: { format: FORMAT_NAMES },
  usage,
  options: {
    config: { type: "string" },
    compare: { type: "string" },
    format: { type: "string" },
    "ignore-case": { type: "boolean" },
    json: { type: "boolean" },
    html: { type: "string" },
  },
  run: replayCommand,
};
