/** The report for people at a terminal. */
import { grouped as number } from "../grouped.ts";
import type { Paint } from "../paint.ts";
import { safeText } from "../safe-text.ts";
import { bar, sparkline, squeeze } from "./charts.ts";
import type { Hitter } from "./heavy-hitters.ts";
import { omissionOf } from "./judge.ts";
import type { Replay } from "./replay.ts";
import { conclusionChanges, TOP, toReport, type Report } from "./report-json.ts";
import type { Suspect } from "./clients.ts";

const MIN_WIDTH = 60;
const MAX_WIDTH = 120;
const BAR = 16;
const SHOWN_REASONS = 5;
const NUMBER = 9;

const percent = (part: number, all: number): string =>
  all === 0 ? "0 %" : `${((part / all) * 100).toFixed(part === all ? 0 : 1)} %`;

interface Page {
  readonly width: number;
  readonly paint: Paint;
}

function summary(report: Report, { paint }: Page): readonly string[] {
  const { requests, unparsed, seconds, conclusions } = report;
  const rate = seconds > 0 ? ` (${number(Math.round(requests / seconds))} a second)` : "";
  const lines = [
    `${paint.bold(`${number(requests)} requests`)} judged in ${seconds.toFixed(1)} s${rate}`,
  ];
  if (unparsed > 0)
    lines.push(
      paint.yellow(`${number(unparsed)} ${unparsed === 1 ? "line" : "lines"} could not be read`),
    );
  for (const [name, count] of Object.entries(conclusions)) {
    if (count === 0) continue;
    const text = `  ${name.padEnd(9)} ${number(count).padStart(NUMBER)}  ${percent(count, requests).padStart(7)}`;
    lines.push(name === "DENY" ? paint.red(text) : text);
  }
  return lines;
}

function ruleLines(report: Report, { tally, rules }: Replay, page: Page): readonly string[] {
  const { paint, width } = page;
  return report.rules.flatMap(({ index, type, mode, denied, errors }) => {
    const judged = rules[index]!;
    const omission = omissionOf(judged);
    const head = `  ${index}  ${type.padEnd(14)} ${mode.padEnd(8)} ${number(denied).padStart(NUMBER)} denied  ${percent(denied, report.requests).padStart(7)}  ${paint.red(bar(denied / Math.max(1, report.requests), BAR))}`;
    const lines = [head.trimEnd()];
    if (errors > 0) lines.push(`       ${number(errors)} errors`);
    for (const remark of [omission, judged.note])
      if (remark !== undefined) lines.push(paint.yellow(safeText(`       ${remark}`, width)));
    for (const { name, denied } of tally.rules[index]!.reasons.top(SHOWN_REASONS))
      lines.push(
        paint.dim(`       ${number(denied).padStart(NUMBER)}  ${safeText(name, width - 20)}`),
      );
    return lines;
  });
}

const most = (counts: readonly number[]): string => number(Math.max(...counts));

function timeLines({ timeline }: Report, { width, paint }: Page): readonly string[] {
  const [first] = timeline;
  const last = timeline.at(-1);
  if (first === undefined || last === undefined) return [];
  const room = width - 12;
  const all = squeeze(
    timeline.map(({ requests }) => requests),
    room,
  );
  const denied = squeeze(
    timeline.map(({ denied }) => denied),
    room,
  );
  return [
    `  requests  ${sparkline(all)}`,
    `  denied    ${paint.red(sparkline(denied))}`,
    paint.dim(`            ${first.time} to ${last.time}`),
    paint.dim(`            at most ${most(all)} requests and ${most(denied)} denied in a column`),
  ];
}

function topLines(hitters: readonly Hitter[], { width, paint }: Page): readonly string[] {
  return hitters.map(({ name, requests, denied }) => {
    const counts = `${number(requests).padStart(NUMBER)} ${number(denied).padStart(NUMBER)}`;
    const text = `  ${counts}  ${safeText(name === "" ? "(unknown)" : name, width - 24)}`;
    return denied > 0 ? paint.red(text) : text;
  });
}

function suspectLines(suspects: readonly Suspect[], { width, paint }: Page): readonly string[] {
  return suspects.flatMap((suspect) => {
    const { client, requests, denied, rule, type, reason, evidence } = suspect;
    const { method, path, status, exempt } = suspect;
    const lines = [
      `  ${safeText(client, 45)}: ${number(denied)} of ${number(requests)} requests denied by rule ${rule} (${type}: ${safeText(reason, 60)})`,
      paint.dim(`    ${safeText(`${method} ${path}`, width - 20)} was answered ${status}`),
    ];
    if (evidence !== null) lines.push(paint.dim(`    ${safeText(evidence, width - 4)}`));
    if (exempt !== null) lines.push(`    to let it pass: ${safeText(exempt, width * 2)}`);
    return lines;
  });
}

function findingLines({ top }: Report, { width, paint }: Page): readonly string[] {
  return top.findings.flatMap(({ detector, location, count, evidence, client, path }) => [
    `  ${number(count).padStart(NUMBER)}  ${safeText(`${detector} in ${location}`, width - 20)}`,
    paint.dim(`             ${safeText(evidence, width - 20)}`),
    paint.dim(`             ${safeText(`${client} ${path}`, width - 20)}`),
  ]);
}

function compareLines(replay: Replay, { width, paint }: Page): readonly string[] {
  const { comparison } = replay;
  if (comparison === undefined) return [];
  const show = (change: (typeof comparison.newlyDenied)[number]): string =>
    `  ${safeText(`${change.client} ${change.method} ${change.target} (${change.status}): ${change.type} ${change.reason}`, width - 4)}`;
  const changed = conclusionChanges(replay);
  return [
    `  ${number(comparison.denied)} requests more are denied, ${number(comparison.allowed)} are denied no longer`,
    ...(changed === "" ? [] : [`  ${changed}`]),
    ...comparison
      .reasons(TOP)
      .map(
        ({ name, requests }) =>
          `  ${number(requests).padStart(NUMBER)}  ${safeText(name, width - 20)}`,
      ),
    ...comparison.newlyDenied.map((change) => paint.red(`  +${show(change)}`)),
    ...comparison.newlyAllowed.map((change) => paint.green(`  -${show(change)}`)),
  ];
}

/** The report as lines of text. */
export function textReport(replay: Replay, columns: number, paint: Paint): readonly string[] {
  const report = toReport(replay);
  const page: Page = { width: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, columns)), paint };
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ["Rules", ruleLines(report, replay, page)],
    ["Over time", timeLines(report, page)],
    ["Clients (requests, denied)", topLines(report.top.clients, page)],
    ["Paths (requests, denied)", topLines(report.top.paths, page)],
    ["User agents (requests, denied)", topLines(report.top.userAgents, page)],
    ["Attacks", findingLines(report, page)],
    ["Likely false positives", suspectLines(report.suspects, page)],
    ["Compared with the second rule set", compareLines(replay, page)],
    [
      "Lines that could not be read",
      replay.unreadable.map(({ name, line, text }) =>
        paint.dim(`  ${safeText(`${name}:${line}: ${text}`, page.width - 4)}`),
      ),
    ],
  ];
  return [
    ...summary(report, page),
    ...sections
      .filter(([, lines]) => lines.length > 0)
      .flatMap(([title, lines]) => ["", paint.bold(title), ...lines]),
  ];
}
