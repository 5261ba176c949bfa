import { readFile } from "node:fs/promises";
import type { ArcjetOptions } from "@arcjet/core";
import { readSamples, runSamples, type SampleResult } from "@arcjet/core/testing";
import { findProblems } from "../check/find-problems.ts";
import type { Problem } from "../check/problem.ts";
import { UsageError, type Arguments, type Command, type Io } from "../command.ts";
import { findConfig, importConfig, messageOf } from "../config-file.ts";
import { createPaint, type Paint } from "../paint.ts";
import { safeJson, safeText } from "../safe-text.ts";

const usage = `Usage: arcjet check [FILE] [--samples FILE] [--strict] [--json]

Looks at your rules before a request does: wrong options, mistakes in filter expressions with their place,
rules in DRY_RUN, rules that never decide, and data that rules need and nobody gives. Then sends samples
through them, if there are any: requests with known answers.

  FILE             default: arcjet.config.ts, .mts, .js or .mjs in this directory
  --samples FILE   a JSON list such as
                   [{ "url": "/?id=1'--", "headers": { "user-agent": "curl/8" }, "expected": "DENY" }];
                   "expected" is ALLOW, DENY, ERROR, or what denies: SHIELD, BOT, RATE_LIMIT, FILTER …;
                   beside it may stand "name", "method", "ip", "props" and "repeat"
  --strict         warnings fail as well
  --json           what was found as JSON on the standard output

Exits with 0 when all is well, 1 when there is an error or a sample failed, 2 for a wrong command line.`;

const MAX_FRAMES = 100;

/** A configuration that could not be loaded is a finding, not a failure of the command. */
async function loadOrProblem(path: string): Promise<ArcjetOptions | Problem> {
  const { stackTraceLimit } = Error;
  // A mistake in an expression is found deep within the rule that was written in the file.
  Error.stackTraceLimit = MAX_FRAMES;
  try {
    return await importConfig(path);
  } catch (cause) {
    return { level: "error", message: `${messageOf(cause)}${placeIn(path, cause)}` };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Where in the file the error came from, when its trace tells. */
function placeIn(path: string, cause: unknown): string {
  const stack = cause instanceof Error ? (cause.stack ?? "") : "";
  const at = stack.indexOf(`${path}:`);
  const place = at === -1 ? undefined : /^:(\d+)(?::\d+)?/.exec(stack.slice(at + path.length));
  return place ? `\n    at ${path}${place[0]}` : "";
}

async function loadSamples(path: string): Promise<ReturnType<typeof readSamples>> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    throw new UsageError(`there is no ${path}: --samples names a JSON file with sample requests`);
  }
  return readSamples(JSON.parse(text));
}

const COLORS = { error: "red", warning: "yellow", note: "dim" } as const;

function showProblem({ level, rule, message }: Problem, paint: Paint): string {
  // An error in an expression has lines of its own, with a caret.
  const lines = message.split("\n").map((line) => safeText(line));
  const about = rule === undefined ? "" : `rule ${rule} `;
  return `${paint[COLORS[level]](level)}: ${about}${lines.join("\n")}`;
}

function nameOf({ sample }: SampleResult, index: number): string {
  return sample.name ?? `sample ${index} (${sample.method ?? "GET"} ${sample.url ?? "/"})`;
}

function showSample(result: SampleResult, index: number, paint: Paint): string {
  const { passed, decision, sample } = result;
  const name = safeText(nameOf(result, index));
  if (passed) return `${paint.green("passed")}: ${name}`;
  const got = decision.isAllowed()
    ? decision.conclusion
    : `${decision.conclusion} by ${decision.data.type}`;
  return `${paint.red("failed")}: ${name}: expected ${sample.expected}, got ${got} ${safeJson(decision.data)}`;
}

async function check(given: Arguments, io: Io): Promise<number> {
  const directory = io.directory ?? process.cwd();
  const path = await findConfig(given.positionals[0], directory);
  const file = given.value("samples");
  const samples = file === undefined ? [] : await loadSamples(file);
  const config = await loadOrProblem(path);
  const problems = "rules" in config ? findProblems(config) : [config];
  const broken = problems.some(({ level }) => level === "error");
  // Samples say nothing while the rules themselves are wrong.
  const results = "rules" in config && !broken ? await runSamples(config, samples) : [];
  const failed = results.some(({ passed }) => !passed);
  const warned = given.flag("strict") && problems.some(({ level }) => level === "warning");
  if (given.flag("json"))
    io.out(
      safeJson({
        config: path,
        problems,
        samples: results.map(({ sample, passed, decision }, at) => ({
          name: nameOf({ sample, passed, decision }, at),
          expected: sample.expected,
          passed,
          conclusion: decision.conclusion,
          reason: decision.data,
        })),
      }),
    );
  else show(problems, results, io);
  return broken || failed || warned ? 1 : 0;
}

function show(problems: readonly Problem[], results: readonly SampleResult[], io: Io): void {
  const paint = createPaint(io.color ?? false);
  for (const problem of problems) io.out(showProblem(problem, paint));
  for (const [at, result] of results.entries()) io.out(showSample(result, at, paint));
  if (problems.length === 0 && results.every(({ passed }) => passed)) io.out("All is well.");
}

/** `arcjet check`. */
export const checkRules: Command = {
  usage,
  options: {
    samples: { type: "string" },
    strict: { type: "boolean" },
    json: { type: "boolean" },
  },
  run: check,
};
