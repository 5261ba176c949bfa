/** @jsxImportSource hono/jsx */
import type { Cursor, Filter, Found } from "../../log/index.ts";
import { moment, RULE_TYPES, ruleName } from "../format.ts";
import { Page, type Frame } from "../layout.tsx";
import { filterLink } from "../params.ts";
import { DecisionTable } from "../parts.tsx";

const CONCLUSIONS = ["ALLOW", "DENY", "CHALLENGE", "ERROR"];

export interface DecisionsData {
  readonly filter: Filter;
  readonly found: Found;
  readonly before: Cursor | undefined;
  /** Number of the newest decision when the page was made. */
  readonly newest: number;
}

const local = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString().slice(0, 16);

function Field(given: { name: string; label: string; value: string | undefined; hint?: string }) {
  const { name, label, value, hint } = given;
  return (
    <label>
      {label}
      <input
        name={name}
        value={value ?? ""}
        placeholder={hint}
        autocomplete="off"
        maxlength={1024}
        spellcheck={false}
      />
    </label>
  );
}

function Choice(given: {
  name: string;
  label: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
}) {
  const { name, label, value, options } = given;
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">Any</option>
        {options.map(([option, text]) => (
          <option value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

const NAMES: Readonly<Record<keyof Filter, string>> = {
  id: "Decision id",
  ip: "IP address",
  path: "Path",
  conclusion: "Conclusion",
  rule: "Rule",
  dry: "Would be denied by",
  bot: "Bot",
  country: "Country",
  site: "Site",
  from: "From",
  to: "To",
};

function valueText(name: keyof Filter, value: string | number): string {
  if (typeof value === "number") return `${moment(value)} UTC`;
  if (name === "dry" && value === "*") return "any rule in dry run";
  return name === "rule" || name === "dry" ? ruleName(value) : value;
}

/** What the list is filtered by; each leads to the list without it. */
function Used({ filter }: { filter: Filter }) {
  const names = Object.keys(NAMES) as (keyof Filter)[];
  const used = names.flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [{ name, text: valueText(name, value) }];
  });
  if (used.length === 0) return null;
  return (
    <ul class="chips" aria-label="Filters">
      {used.map(({ name, text }) => (
        <li>
          <a href={filterLink("/decisions", { ...filter, [name]: undefined })}>
            {NAMES[name]}: <bdi>{text}</bdi> <span aria-hidden="true">×</span>
            <span class="hidden"> (remove)</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Filters({ filter, sites }: { filter: Filter; sites: readonly string[] }) {
  const rules = RULE_TYPES.map((type) => [type, ruleName(type)] as const);
  return (
    <details class="card filters">
      <summary>
        <h2>Filter</h2>
      </summary>
      <form method="get" action="/decisions">
        <Field name="id" label={NAMES.id} value={filter.id} hint="req_…" />
        <Field name="ip" label={NAMES.ip} value={filter.ip} />
        <Field name="path" label={NAMES.path} value={filter.path} hint="/login or *.php" />
        <Choice
          name="conclusion"
          label={NAMES.conclusion}
          value={filter.conclusion}
          options={CONCLUSIONS.map((name) => [name, name])}
        />
        <Choice name="rule" label={NAMES.rule} value={filter.rule} options={rules} />
        <Choice
          name="dry"
          label={NAMES.dry}
          value={filter.dry}
          options={[["*", "Any rule in dry run"], ...rules]}
        />
        <Field name="bot" label={NAMES.bot} value={filter.bot} />
        <Field name="country" label={NAMES.country} value={filter.country} hint="DE" />
        <Choice
          name="site"
          label={NAMES.site}
          value={filter.site}
          options={sites.map((name) => [name, name])}
        />
        <label>
          From (UTC)
          <input type="datetime-local" name="from" value={local(filter.from) ?? ""} />
        </label>
        <label>
          To (UTC)
          <input type="datetime-local" name="to" value={local(filter.to) ?? ""} />
        </label>
        <div class="buttons">
          <button class="main">Search</button>
          <a href="/decisions">Clear</a>
        </div>
      </form>
    </details>
  );
}

function More({ found, filter }: { found: Found; filter: Filter }) {
  const { next, stopped, rows } = found;
  if (next === undefined)
    return (
      <p class="note">{rows.length === 0 ? "No decision matches." : "Nothing older matches."}</p>
    );
  const href = filterLink("/decisions", filter, { before: `${next.time}.${next.seq}` });
  return (
    <p class="note">
      {stopped ? `Looked back to ${moment(next.time)} UTC. ` : ""}
      <a href={href}>{stopped ? "Search older ones" : "Older"}</a>
    </p>
  );
}

export function Decisions({ frame, data }: { frame: Frame; data: DecisionsData }) {
  const { filter, found, before, newest } = data;
  const live = before === undefined;
  return (
    <Page title="Decisions" frame={frame}>
      <div class="head">
        <h1>Decisions</h1>
        <div class="actions">
          {live ? (
            <button
              hidden
              type="button"
              aria-pressed="false"
              data-live={filterLink("/decisions/newer", filter)}
              data-after={String(newest)}
            >
              Live
            </button>
          ) : (
            <a href={filterLink("/decisions", filter)}>Newest</a>
          )}
          <a href={filterLink("/decisions.csv", filter)} download="decisions.csv">
            CSV
          </a>
          <a href={filterLink("/decisions.json", filter)} download="decisions.json">
            JSON
          </a>
        </div>
      </div>
      <Filters filter={filter} sites={frame.sites} />
      <Used filter={filter} />
      <p class="hidden" role="status" data-live-status></p>
      <div class="card flush">
        <DecisionTable rows={found.rows} live={live} />
        <More found={found} filter={filter} />
      </div>
    </Page>
  );
}
