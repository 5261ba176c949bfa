/** @jsxImportSource hono/jsx */
import type { Kind, RuleEffect, RuleVolume, Top, Volume } from "../../log/index.ts";
import { Chart, type Series } from "../chart.tsx";
import { PeriodHead, Page, type Frame } from "../layout.tsx";
import { decisionsLink, linkTo, type View } from "../params.ts";
import { Card, Tile, TopList } from "../parts.tsx";
import { LiveRules } from "../rules.tsx";
import {
  columnsOf,
  isDenied,
  isErrored,
  reasonSeries,
  requestSeries,
  ruleSeries,
  sum,
  wouldBeDenied,
} from "../series.ts";

export interface OverviewData {
  readonly volumes: readonly Volume[];
  readonly tops: Readonly<Record<Kind, readonly Top[]>>;
  /** Rules that decide, those that deny most first. */
  readonly rules: readonly RuleEffect[];
  readonly ruleVolumes: readonly RuleVolume[];
}

/** Rules of the table; the page of dry run has the others. */
const MAX_RULES = 20;

const TOPS = [
  ["ip", "Clients"],
  ["path", "Paths"],
  ["bot", "Bots"],
  ["country", "Countries"],
] as const;

function Tiles({ volumes, view }: { volumes: readonly Volume[]; view: View }) {
  const all = sum(volumes, () => true);
  const { range, site } = view;
  return (
    <dl class="tiles">
      <Tile name="Requests" value={all} href={decisionsLink(view)} />
      <Tile
        name="Denied"
        value={sum(volumes, isDenied)}
        of={all}
        tone="bad"
        href={decisionsLink(view, { conclusion: "DENY" })}
      />
      <Tile
        name="Would be denied"
        value={sum(volumes, wouldBeDenied)}
        of={all}
        tone="dry"
        href={linkTo("/dry-run", { range, site })}
      />
      <Tile
        name="Errors"
        value={sum(volumes, isErrored)}
        of={all}
        tone="warn"
        href={decisionsLink(view, { conclusion: "ERROR" })}
      />
    </dl>
  );
}

function Denials({
  title,
  at,
  series,
}: {
  title: string;
  at: readonly number[];
  series: readonly Series[];
}) {
  return (
    <Card title={title}>
      {series.length === 0 ? (
        <p class="empty">Nothing was denied in this period.</p>
      ) : (
        <Chart title={title.toLowerCase()} at={at} series={series} />
      )}
    </Card>
  );
}

export function Overview({ frame, view, data }: { frame: Frame; view: View; data: OverviewData }) {
  const { volumes, tops, rules, ruleVolumes } = data;
  const at = columnsOf(view);
  const { range, site } = view;
  return (
    <Page title="Overview" frame={frame}>
      <PeriodHead title="Overview" view={view} frame={frame} />
      <Tiles volumes={volumes} view={view} />
      {volumes.length === 0 ? <Empty /> : null}
      <Card title="Requests">
        <Chart title="requests" at={at} series={requestSeries(volumes, at)} />
      </Card>
      <div class="grid two">
        <Denials title="Denials by reason" at={at} series={reasonSeries(volumes, at)} />
        <Denials title="Denials by rule" at={at} series={ruleSeries(rules, ruleVolumes, at)} />
      </div>
      <section class="card flush">
        <h2>Rules that decide</h2>
        {rules.length === 0 ? (
          <p class="empty">No rule ran in LIVE mode in this period.</p>
        ) : (
          <LiveRules rules={rules.slice(0, MAX_RULES)} view={view} />
        )}
        {rules.length > MAX_RULES ? <p class="note">The {MAX_RULES} that denied most.</p> : null}
      </section>
      <div class="grid four">
        {TOPS.map(([kind, title]) => (
          <Card title={title}>
            <TopList rows={tops[kind]} of={kind} by="n" view={view} />
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
