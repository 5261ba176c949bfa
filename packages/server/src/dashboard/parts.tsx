/** @jsxImportSource hono/jsx */
// Small parts that several pages show.
import type { Child } from "hono/jsx";
import type { DecisionRow, Filter, Top, TopOrder } from "../log/index.ts";
import { iso, moment, percent, ruleName, short } from "./format.ts";
import { decisionsLink, type View } from "./params.ts";

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
    <div class={`tile ${value === 0 ? "plain" : tone}`}>
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

const BARS: Readonly<Record<TopOrder, string>> = { n: "all", denied: "bad", dry: "dry" };

/** The most frequent names with bars; each leads to its decisions. */
export function TopList(given: {
  rows: readonly Top[];
  of: keyof Filter;
  by: TopOrder;
  view: View;
}) {
  const { rows, of, by, view } = given;
  if (rows.length === 0) return <p class="empty">Nothing in this period.</p>;
  const most = Math.max(...rows.map((row) => row[by]), 1);
  const more = by === "dry" ? { dry: "*" } : by === "denied" ? { conclusion: "DENY" } : {};
  return (
    <ol class="toplist">
      {rows.map((row) => (
        <li>
          <a href={decisionsLink(view, { [of]: row.name, ...more })}>
            <bdi>{row.name}</bdi>
          </a>
          <span class="numbers">
            <b>{short(row[by])}</b>
            {by === "n" && row.denied > 0 ? <i>{percent(row.denied, row.n)} denied</i> : null}
          </span>
          <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect class={BARS[by]} width={(row[by] / most) * 100} height="4" />
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
  "Request",
  "Client",
  "Site",
  "Id",
];

/**
 * Decisions as the rows of a table; on a narrow screen each becomes a card, where roles keep it a table for
 * whoever is read to.
 */
export function DecisionTable({ rows, live }: { rows: readonly DecisionRow[]; live?: boolean }) {
  return (
    <table class="decisions" role="table">
      <caption class="hidden">Decisions, new ones first</caption>
      <thead role="rowgroup">
        <tr role="row">
          {DECISION_COLUMNS.map((name) => (
            <th scope="col" role="columnheader">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" data-feed={live === true ? "" : undefined}>
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
    <tr role="row">
      <td class="when" role="cell">
        <Moment time={time} />
      </td>
      <td class="what" role="cell">
        <Conclusion value={conclusion} />
      </td>
      <td class="rule" role="cell">
        {rule === null ? "" : ruleName(rule)}
        {dry === null ? null : <span class="tag is-dry">would deny: {ruleName(dry)}</span>}
      </td>
      <td class="request" role="cell">
        <code>
          {method} {path}
        </code>
      </td>
      <td class="client" role="cell">
        <code>{ip || "unknown"}</code> {country === null ? null : <bdi>{country}</bdi>}
      </td>
      <td class="site" role="cell">
        {site}
      </td>
      <td class="id" role="cell">
        <a href={`/decisions/${encodeURIComponent(id)}`}>{id || "(none)"}</a>
      </td>
    </tr>
  );
}

/** A cell that bears the name of its column where a narrow screen shows each row as a card. */
export function Cell({
  name,
  children,
  tone = "",
}: {
  name: string;
  children?: Child;
  tone?: string;
}) {
  return (
    <td role="cell" class={tone} data-label={name}>
      {children}
    </td>
  );
}

/** The heads of the columns of such a table. */
export function Columns({ names }: { names: readonly (readonly [string, string])[] }) {
  return (
    <thead role="rowgroup">
      <tr role="row">
        {names.map(([name, tone]) => (
          <th scope="col" role="columnheader" class={tone}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}
