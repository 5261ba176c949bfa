/**
 * The report as one page: no script, nothing loaded, and everything that a client chose escaped. The
 * policy in it forbids the browser to run or fetch anything even so.
 */
import { grouped as number } from "../grouped.ts";
import { escapeHtml } from "../safe-text.ts";
import type { Hitter } from "./heavy-hitters.ts";
import { omissionOf } from "./judge.ts";
import type { Replay } from "./replay.ts";
import { conclusionChanges, toReport, type Report } from "./report-json.ts";

const WIDTH = 960;
const HEIGHT = 120;

const STYLE = `
:root{color-scheme:light dark;--line:#8884;--all:#5b8def;--denied:#d64545}
body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2.5rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
td.c{min-width:9rem}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
code{font:13px/1.5 ui-monospace,monospace}
.cards{display:flex;flex-wrap:wrap;gap:1rem}.cards div{border:1px solid var(--line);border-radius:.5rem;padding:.6rem 1rem}
.cards b{display:block;font-size:1.4rem}
svg{width:100%;height:auto}.all{fill:var(--all)}.denied{fill:var(--denied)}
.bar{background:var(--line);border-radius:3px;height:.7rem;min-width:6rem}.bar i{display:block;background:var(--denied);height:100%;border-radius:3px}
.note{opacity:.75}`;

const text = (value: string): string => (value === "" ? "<i>unknown</i>" : escapeHtml(value));
const code = (value: string): string => `<code>${text(value)}</code>`;
const cell = (value: number): string => `<td class="n">${number(value)}</td>`;

function table(heads: readonly string[], rows: readonly string[]): string {
  const head = heads
    .map((name) =>
      name.startsWith("#") ? `<th class="n">${name.slice(1)}</th>` : `<th>${name}</th>`,
    )
    .join("");
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.map((row) => `<tr>${row}</tr>`).join("")}</tbody></table>`;
}

interface Column {
  readonly time: string;
  readonly count: number;
}

/** One chart on a scale of its own, since what is denied is mostly little. */
function chart(columns: readonly Column[], name: "all" | "denied", what: string): string {
  const most = Math.max(1, ...columns.map(({ count }) => count));
  const step = WIDTH / Math.max(1, columns.length);
  const bars = columns
    .map(({ time, count }, at) => {
      const height = (count / most) * HEIGHT;
      const size = `width="${Math.max(0.5, step * 0.9).toFixed(2)}" height="${height.toFixed(2)}"`;
      const place = `x="${(at * step).toFixed(2)}" y="${(HEIGHT - height).toFixed(2)}"`;
      return `<rect class="${name}" ${place} ${size}><title>${time}: ${number(count)} ${what}</title></rect>`;
    })
    .join("");
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${what} over time">${bars}</svg><p class="note">${what}; the highest column is ${number(most)}</p>`;
}

function timeline({ timeline }: Report): string {
  const all = timeline.map(({ time, requests }) => ({ time, count: requests }));
  const denied = timeline.map(({ time, denied }) => ({ time, count: denied }));
  const ends = [timeline[0]?.time, timeline.at(-1)?.time].filter((time) => time !== undefined);
  return `<p class="note">${ends.join(" to ")}</p>${chart(all, "all", "Requests")}${chart(denied, "denied", "Denied")}`;
}

function rules(report: Report, { tally, rules }: Replay): string {
  return table(
    ["#Rule", "Type", "Mode", "#Denied", "", "#Errors", "Reasons"],
    report.rules.map(({ index, type, mode, denied, errors }) => {
      const reasons = tally.rules[index]!.reasons.top(5).map(
        ({ name, denied }) => `${number(denied)} × ${code(name)}`,
      );
      const judged = rules[index]!;
      for (const remark of [omissionOf(judged), judged.note])
        if (remark !== undefined) reasons.push(`<span class="note">${escapeHtml(remark)}</span>`);
      const share = ((denied / Math.max(1, report.requests)) * 100).toFixed(2);
      return `${cell(index)}<td>${escapeHtml(type)}</td><td>${escapeHtml(mode)}</td>${cell(denied)}<td><div class="bar"><i style="width:${share}%"></i></div></td>${cell(errors)}<td>${reasons.join("<br>")}</td>`;
    }),
  );
}

function hitters(title: string, list: readonly Hitter[]): string {
  const rows = list.map(
    ({ name, requests, denied }) => `<td>${code(name)}</td>${cell(requests)}${cell(denied)}`,
  );
  return `<h2>${title}</h2>${table([title, "#Requests", "#Denied"], rows)}`;
}

function suspects({ suspects }: Report): string {
  if (suspects.length === 0)
    return "<p>None: no ordinary client that came back was denied what the application had served.</p>";
  return table(
    ["Client", "#Requests", "#Denied", "Request", "Denied by", "To let it pass"],
    suspects.map(
      ({ client, requests, denied, rule, type, reason, evidence, method, path, status, exempt }) =>
        `<td class="c">${code(client)}</td>${cell(requests)}${cell(denied)}<td>${code(`${method} ${path}`)} answered ${status}</td><td>rule ${rule}, ${escapeHtml(type)}: ${code(reason)}${evidence === null ? "" : `<br>${code(evidence)}`}</td><td>${exempt === null ? "" : code(exempt)}</td>`,
    ),
  );
}

function findings({ top }: Report): string {
  if (top.findings.length === 0) return "<p>None.</p>";
  return table(
    ["Detector", "Where", "#Count", "Evidence", "First request"],
    top.findings.map(
      ({ detector, location, count, evidence, client, path }) =>
        `<td>${escapeHtml(detector)}</td><td>${code(location)}</td>${cell(count)}<td>${code(evidence)}</td><td>${code(client)} ${code(path)}</td>`,
    ),
  );
}

function comparison(replay: Replay): string {
  const { comparison } = replay;
  if (comparison === undefined) return "";
  const { denied, allowed, newlyDenied, newlyAllowed } = comparison;
  const rows = [...newlyDenied, ...newlyAllowed].map(
    ({ now, type, reason, client, method, target, status }) =>
      `<td>${now}</td><td>${escapeHtml(type)}: ${code(reason)}</td><td class="c">${code(client)}</td><td>${code(`${method} ${target}`)}</td>${cell(status)}`,
  );
  return `<h2>Compared with the second rule set</h2><p>${number(denied)} requests more are denied, ${number(allowed)} are denied no longer. ${conclusionChanges(replay)}</p>${table(["Then", "Reason", "Client", "Request", "#Status"], rows)}`;
}

function unreadable({ unreadable, unparsed }: Replay): string {
  if (unparsed === 0) return "";
  const rows = unreadable.map(
    ({ name, line, text }) => `<td>${code(`${name}:${line}`)}</td><td>${code(text)}</td>`,
  );
  return `<h2>Lines that could not be read</h2><p>${number(unparsed)}, of which the first are</p>${table(["Line", "Text"], rows)}`;
}

/** The report as the text of an HTML page. */
export function htmlReport(replay: Replay): string {
  const report = toReport(replay);
  const counts = [
    ["Requests", report.requests],
    ...Object.entries(report.conclusions).filter(([, count]) => count > 0),
    ["Not read", report.unparsed],
  ] as const;
  const cards = counts.map(([name, count]) => `<div>${name}<b>${number(count)}</b></div>`).join("");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Arcjet replay</title><style>${STYLE}</style></head><body>
<h1>What the rules would have denied</h1><div class="cards">${cards}</div>
<h2>Over time</h2>${timeline(report)}
<h2>Rules</h2>${rules(report, replay)}
<h2>Likely false positives</h2>${suspects(report)}
<h2>Attacks</h2>${findings(report)}
${hitters("Clients", report.top.clients)}${hitters("Paths", report.top.paths)}${hitters("User agents", report.top.userAgents)}
${comparison(replay)}${unreadable(replay)}
</body></html>
`;
}
