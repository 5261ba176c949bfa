/** @jsxImportSource hono/jsx */
import type { Kind, Top, Volume } from "../../log/index.ts";
import { ruleName } from "../format.ts";
import { PeriodHead, Page, type Frame } from "../layout.tsx";
import { linkTo, type View } from "../params.ts";
import { Card, Chart, Tile, TopList, type Series } from "../parts.tsx";

export interface OverviewData {
  readonly volumes: readonly Volume[];
  readonly tops: Readonly<Record<Kind, readonly Top[]>>;
}

/** Kinds of rules that have a line of their own; a chart with more is not read. */
const MAX_LINES = 8;
const COLORS = ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"];

/** The beginnings of a chart's columns. */
export function columnsOf({ from, to, width }: View): readonly number[] {
  const first = from - (from % width);
  return Array.from({ length: Math.ceil((to - first) / width) }, (_, at) => first + at * width);
}

const sum = (volumes: readonly Volume[], is: (volume: Volume) => boolean): number =>
  volumes.reduce((total, volume) => (is(volume) ? total + volume.n : total), 0);

function valuesOf(
  volumes: readonly Volume[],
  at: readonly number[],
  is: (volume: Volume) => boolean,
) {
  const byColumn = new Map<number, number>();
  for (const volume of volumes)
    if (is(volume)) byColumn.set(volume.at, (byColumn.get(volume.at) ?? 0) + volume.n);
  return at.map((time) => byColumn.get(time) ?? 0);
}

const denied = ({ conclusion }: Volume): boolean => conclusion === "DENY";
const wouldDeny = ({ dry }: Volume): boolean => dry !== "";
const errored = ({ conclusion }: Volume): boolean => conclusion === "ERROR";

function ruleSeries(volumes: readonly Volume[], at: readonly number[]): readonly Series[] {
  const types = [...new Set(volumes.filter(denied).map(({ rule }) => rule))].sort();
  return types.slice(0, MAX_LINES).map((type, index) => ({
    label: type === "" ? "No rule named" : ruleName(type),
    color: COLORS[index] ?? "c1",
    values: valuesOf(volumes, at, (volume) => denied(volume) && volume.rule === type),
  }));
}

const TOPS = [
  ["ip", "Clients"],
  ["path", "Paths"],
  ["bot", "Bots"],
  ["country", "Countries"],
] as const;

export function Overview({ frame, view, data }: { frame: Frame; view: View; data: OverviewData }) {
  const { volumes, tops } = data;
  const at = columnsOf(view);
  const all = sum(volumes, () => true);
  const { range, site } = view;
  const requests: readonly Series[] = [
    { label: "Requests", color: "all", values: valuesOf(volumes, at, () => true) },
    { label: "Denied", color: "bad", values: valuesOf(volumes, at, denied) },
    { label: "Would be denied", color: "dry", values: valuesOf(volumes, at, wouldDeny) },
  ];
  const byRule = ruleSeries(volumes, at);
  const decisions = (more: Readonly<Record<string, string>>) =>
    linkTo("/decisions", { site, ...more });
  return (
    <Page title="Overview" frame={frame}>
      <PeriodHead title="Overview" view={view} frame={frame} />
      <dl class="tiles">
        <Tile name="Requests" value={all} href={decisions({})} />
        <Tile
          name="Denied"
          value={sum(volumes, denied)}
          of={all}
          tone="bad"
          href={decisions({ conclusion: "DENY" })}
        />
        <Tile
          name="Would be denied"
          value={sum(volumes, wouldDeny)}
          of={all}
          tone="dry"
          href={linkTo("/dry-run", { range, site })}
        />
        <Tile
          name="Errors"
          value={sum(volumes, errored)}
          of={all}
          tone="warn"
          href={decisions({ conclusion: "ERROR" })}
        />
      </dl>
      {all === 0 ? <Empty /> : null}
      <div class="grid two">
        <Card title="Requests">
          <Chart title="requests" at={at} series={requests} />
        </Card>
        <Card title="Denials by rule">
          {byRule.length === 0 ? (
            <p class="empty">Nothing was denied in this period.</p>
          ) : (
            <Chart title="denials by rule" at={at} series={byRule} />
          )}
        </Card>
      </div>
      <div class="grid four">
        {TOPS.map(([kind, title]) => (
          <Card title={title}>
            <TopList rows={tops[kind]} of={kind} by="n" site={site} />
          </Card>
        ))}
      </div>
      <p>
        <a href={linkTo("/top", { range, site })}>More of each</a>
      </p>
    </Page>
  );
}

function Empty() {
  return (
    <div class="notice">
      <p>
        <strong>No decisions in this period.</strong> They appear here about a second after they are
        made.
      </p>
    </div>
  );
}
