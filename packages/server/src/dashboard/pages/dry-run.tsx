/** @jsxImportSource hono/jsx */
import type { DecisionRow, Kind, RuleEffect, Top, Volume } from "../../log/index.ts";
import { Page, PeriodHead, type Frame } from "../layout.tsx";
import { decisionsLink, type View } from "../params.ts";
import { Card, DecisionTable, Tile, TopList } from "../parts.tsx";
import { DryRules } from "../rules.tsx";
import { isDenied, sum, wouldBeDenied } from "../series.ts";

export interface DryRunData {
  readonly rules: readonly RuleEffect[];
  readonly volumes: readonly Volume[];
  readonly tops: Readonly<Record<Kind, readonly Top[]>>;
  readonly examples: readonly DecisionRow[];
}

export function DryRun({ frame, view, data }: { frame: Frame; view: View; data: DryRunData }) {
  const { rules, volumes, tops, examples } = data;
  const all = sum(volumes, () => true);
  return (
    <Page title="Dry run" frame={frame}>
      <PeriodHead title="Dry run" view={view} frame={frame} />
      <p class="lead">
        What would be blocked if you went LIVE: requests that were allowed, and that a rule in
        DRY_RUN would have denied.
      </p>
      <dl class="tiles">
        <Tile name="Requests" value={all} />
        <Tile name="Denied today" value={sum(volumes, isDenied)} of={all} tone="bad" />
        <Tile
          name="Would be denied as well"
          value={sum(volumes, wouldBeDenied)}
          of={all}
          tone="dry"
          href={decisionsLink(view, { dry: "*" })}
        />
      </dl>
      <section class="card flush">
        <h2>Rules in dry run</h2>
        {rules.length === 0 ? (
          <p class="empty">No rule ran in DRY_RUN in this period.</p>
        ) : (
          <DryRules rules={rules} view={view} />
        )}
      </section>
      <div class="grid three">
        <Card title="Clients that would be denied">
          <TopList rows={tops.ip} of="ip" by="dry" view={view} />
        </Card>
        <Card title="Paths">
          <TopList rows={tops.path} of="path" by="dry" view={view} />
        </Card>
        <Card title="Bots">
          <TopList rows={tops.bot} of="bot" by="dry" view={view} />
        </Card>
      </div>
      <section class="card flush">
        <h2>Latest examples</h2>
        <DecisionTable rows={examples} />
        {examples.length === 0 ? <p class="empty">None.</p> : null}
      </section>
    </Page>
  );
}
