import { UsageError, type Arguments, type Command, type Io } from "../command.ts";
import { findConfig, loadConfig } from "../config-file.ts";
import { parseCurl } from "../explain/curl.ts";
import { explanationText } from "../explain/explain-text.ts";
import { explainRequest, type Question } from "../explain/explain.ts";
import { createPaint } from "../paint.ts";
import { safeJson } from "../safe-text.ts";

const usage = `Usage: arcjet explain --url URL [--header 'NAME: VALUE']... [--ip ADDRESS] [options]
       arcjet explain --curl "curl 'https://example.com/' -H 'accept: text/html'" [--ip ADDRESS] [options]

Sends one request through your rules and shows what each of them says, and why: the value of every part of
every filter expression, the evidence of every detector, and what would let the request pass. No counter
of yours is touched; a rule may ask the DNS whether a crawler is one, as it does in your application.

  --config FILE     default: arcjet.config.ts, .mts, .js or .mjs in this directory
  --url URL         path and query, or a whole URL
  --method METHOD   default: GET
  --header LINE     'NAME: VALUE'; may be given more than once
  --curl COMMAND    the request of a curl command, as the developer tools of browsers copy it; files that it
                    names are not read; --method, --url and --header go before what it says
  --ip ADDRESS      the other end of the connection
  --prop NAME=TEXT  a property for protect(), such as email=a@example.com; may be given more than once
  --ignore-case     the application's router ignores case, as Express's and Fastify's do by default
  --json            as JSON on the standard output

Exits with 0 whatever the rules say, 1 when they cannot be asked, 2 for a wrong command line.`;

function readHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(":");
  if (colon < 1) throw new UsageError(`--header takes 'NAME: VALUE', not ${JSON.stringify(line)}`);
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

/** Properties as texts; `filterLocal.plan=free` is one of an object. */
function readProps(lines: readonly string[]): Readonly<Record<string, unknown>> {
  const props: Record<string, unknown> = {};
  const local: Record<string, string> = {};
  for (const line of lines) {
    const [, name, value] = /^([^=]+)=([\s\S]*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw new UsageError(`--prop takes NAME=TEXT, not ${JSON.stringify(line)}`);
    if (name.startsWith("filterLocal.")) local[name.slice("filterLocal.".length)] = value;
    else props[name] = value;
  }
  return Object.keys(local).length === 0 ? props : { ...props, filterLocal: local };
}

function readCurl(command: string) {
  try {
    return parseCurl(command);
  } catch (cause) {
    throw new UsageError(`--curl: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

function readQuestion(given: Arguments): Question {
  const command = given.value("curl");
  const curl = command === undefined ? undefined : readCurl(command);
  const url = given.value("url") ?? curl?.url;
  if (url === undefined)
    throw new UsageError("explain needs --url URL, or --curl with a curl command");
  const props = readProps(given.values("prop"));
  const added = given.values("header").map(readHeader);
  const named = new Set(added.map(([name]) => name.toLowerCase()));
  const copied = curl?.headers.filter(([name]) => !named.has(name.toLowerCase())) ?? [];
  return {
    method: given.value("method") ?? curl?.method ?? "GET",
    url,
    headers: [...copied, ...added],
    ip: given.value("ip"),
    props: curl?.body === undefined ? props : { body: curl.body, ...props },
  };
}

async function explain(given: Arguments, io: Io): Promise<number> {
  const question = readQuestion(given);
  const path = await findConfig(given.value("config"), io.directory ?? process.cwd());
  const config = await loadConfig(path);
  const explanation = await explainRequest(config, question, given.flag("ignore-case"));
  if (given.flag("json")) io.out(safeJson(explanation));
  else
    for (const line of explanationText(explanation, createPaint(io.color ?? false))) io.out(line);
  return 0;
}

/** `arcjet explain`. */
export const explainOne: Command = {
  usage,
  options: {
    config: { type: "string" },
    url: { type: "string" },
    method: { type: "string" },
    header: { type: "string", multiple: true, short: "H" },
    curl: { type: "string" },
    ip: { type: "string" },
    prop: { type: "string", multiple: true },
    "ignore-case": { type: "boolean" },
    json: { type: "boolean" },
  },
  run: explain,
};
