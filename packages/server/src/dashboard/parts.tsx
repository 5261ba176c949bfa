/** @jsxImportSource hono/jsx */
// Small parts that several pages show.
import type { Child } from "hono/jsx";
import type { DecisionRow, Filter, Top } from "../log/index.ts";
import { clock, count, iso, moment, percent, ruleName, short } from "./format.ts";
import { linkTo } from "./params.ts";

export function Conclusion({ value }: { value: string }) {
  return <span class={`tag is-${value.toLowerCase().replace(/[^a-z]/g, "")}`}>{value}</span>;
}

export function Moment({ time }: { time: number }) {
  return (
    <time datetime={iso(time)} title={`${iso(time)}`}>
      {moment(time)}
    </time>
  );
}

export function Tile(given: {
  name: string;
  value: number;
  of?: number;
  tone?: string;
  href?: string;
}) {
  const { name, value, of, tone = "plain", href } = given;
  return (
    <div class={`tile ${tone}`}>
      <dt>{href === undefined ? name : <a href={href}>{name}</a>}</dt>
      <dd>
        {short(value)} {of === undefined ? null : <small>{percent(value, of)}</small>}
      </dd>
    </div>
  );
}

export function Card({ title, children, note }: { title: string; children?: Child; note?: Child }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      {note ? <p class="note">{note}</p> : null}
      {children}
    </section>
  );
}

/** One line of a chart. */
export interface Series {
  readonly label: string;
  /** Name of a colour of the stylesheet. */
  readonly color: string;
  readonly values: readonly number[];
}

/** A chart, with its figures as a table for whoever does not see it. */
export function Chart(given: { title: string; at: readonly number[]; series: readonly Series[] }) {
  const { title, at, series } = given;
  const data = JSON.stringify({ at: at.map((time) => time / 1_000), series });
  return (
    <figure class="chart">
      <div class="plot" data-chart={data} role="img" aria-label={`Chart: ${title}`}></div>
      <details>
        <summary>
          Figures<span class="hidden"> of {title}</span>
        </summary>
        <div class="scroll" tabindex={0} role="group" aria-label={`Figures of ${title}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">From (UTC)</th>
                {series.map(({ label }) => (
                  <th scope="col" class="figure">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {at.map((time, row) => (
                <tr>
                  <th scope="row">
                    {moment(time).slice(0, 10)} {clock(time)}
                  </th>
                  {series.map(({ values }) => (
                    <td class="figure">{count(values[row] ?? 0)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** The most frequent names with bars; each leads to its decisions. */
export function TopList(given: {
  rows: readonly Top[];
  of: keyof Filter;
  by: "n" | "denied" | "dry";
  site: string | undefined;
}) {
  const { rows, of, by, site } = given;
  if (rows.length === 0) return <p class="empty">Nothing in this period.</p>;
  const most = Math.max(...rows.map((row) => row[by]), 1);
  const more = by === "dry" ? { dry: "*" } : by === "denied" ? { conclusion: "DENY" } : {};
  return (
    <ol class="toplist">
      {rows.map((row) => (
        <li>
          <a href={linkTo("/decisions", { [of]: row.name, site, ...more })}>{row.name}</a>
          <span class="numbers">
            <b>{short(row[by])}</b>
            {by === "n" && row.denied > 0 ? <i>{percent(row.denied, row.n)} denied</i> : null}
          </span>
          <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect class="all" width={(row[by] / most) * 100} height="4" />
            {by === "n" ? <rect class="bad" width={(row.denied / most) * 100} height="4" /> : null}
          </svg>
        </li>
      ))}
    </ol>
  );
}

export const DECISION_COLUMNS = [
  "Time (UTC)",
  "Conclusion",
  "Rule",
  "Client",
  "Request",
  "Site",
  "Id",
];

/** Decisions as the rows of a table; on a narrow screen each becomes a card. */
export function DecisionTable({ rows, live }: { rows: readonly DecisionRow[]; live?: boolean }) {
  return (
    <table class="decisions">
      <caption class="hidden">Decisions, new ones first</caption>
      <thead>
        <tr>
          {DECISION_COLUMNS.map((name) => (
            <th scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody data-feed={live === true ? "" : undefined}>
        {rows.map((row) => (
          <DecisionLine row={row} />
        ))}
      </tbody>
    </table>
  );
}

function DecisionLine({ row }: { row: DecisionRow }) {
  const { id, time, conclusion, rule, dry, ip, country, method, path, site } = row;
  return (
    <tr>
      <td class="when">
        <Moment time={time} />
      </td>
      <td class="what">
        <Conclusion value={conclusion} />
      </td>
      <td class="rule">
        {rule === null ? "" : ruleName(rule)}
        {dry === null ? null : <span class="tag is-dry">would deny: {ruleName(dry)}</span>}
      </td>
      <td class="client">
        <code>{ip || "unknown"}</code> {country}
      </td>
      <td class="request">
        <code>
          {method} {path}
        </code>
      </td>
      <td class="site">{site}</td>
      <td class="id">
        <a href={`/decisions/${encodeURIComponent(id)}`}>{id || "(none)"}</a>
      </td>
    </tr>
  );
}
