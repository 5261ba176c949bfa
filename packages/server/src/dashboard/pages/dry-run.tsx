/** @jsxImportSource hono/jsx */
import type { DecisionRow, Kind, RuleEffect, Top, Volume } from "../../log/index.ts";
import { ruleText } from "../explain.ts";
import { count, percent, ruleName } from "../format.ts";
import { Page, PeriodHead, type Frame } from "../layout.tsx";
import { linkTo, type View } from "../params.ts";
import { Card, DecisionTable, Tile, TopList } from "../parts.tsx";

export interface DryRunData {
  readonly rules: readonly RuleEffect[];
  readonly volumes: readonly Volume[];
  readonly tops: Readonly<Record<Kind, readonly Top[]>>;
  readonly examples: readonly DecisionRow[];
}

function Rules({ rules, site }: { rules: readonly RuleEffect[]; site: string | undefined }) {
  return (
    <div class="scroll" tabindex={0} role="group" aria-label="Rules in dry run">
      <table>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Site</th>
            <th scope="col" class="figure">
              Judged
            </th>
            <th scope="col" class="figure">
              Would deny
            </th>
            <th scope="col" class="figure">
              Not denied today
            </th>
            <th scope="col" class="figure">
              Errors
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr>
              <th scope="row">
                <a href={linkTo("/decisions", { dry: rule.type, site: site ?? rule.site })}>
                  {ruleName(rule.type)}
                </a>
                <span class="rule-text"> {ruleText(rule.spec)}</span>
              </th>
              <td>{rule.site}</td>
              <td class="figure">{count(rule.n)}</td>
              <td class="figure">{count(rule.denied)}</td>
              <td class="figure">
                <b>{count(rule.fresh)}</b> <small>{percent(rule.fresh, rule.n)}</small>
              </td>
              <td class="figure">{count(rule.errors)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function DryRun({ frame, view, data }: { frame: Frame; view: View; data: DryRunData }) {
  const { rules, volumes, tops, examples } = data;
  const { site } = view;
  const total = (is: (volume: Volume) => boolean) =>
    volumes.reduce((sum, volume) => (is(volume) ? sum + volume.n : sum), 0);
  const all = total(() => true);
  return (
    <Page title="Dry run" frame={frame}>
      <PeriodHead title="Dry run" view={view} frame={frame} />
      <p class="lead">
        What would be blocked if you went LIVE: requests that were allowed, and that a rule in
        DRY_RUN would have denied.
      </p>
      <dl class="tiles">
        <Tile name="Requests" value={all} />
        <Tile
          name="Denied today"
          value={total(({ conclusion }) => conclusion === "DENY")}
          of={all}
          tone="bad"
        />
        <Tile
          name="Would be denied as well"
          value={total(({ dry }) => dry !== "")}
          of={all}
          tone="dry"
          href={linkTo("/decisions", { dry: "*", site })}
        />
      </dl>
      <Card title="Rules in dry run">
        {rules.length === 0 ? (
          <p class="empty">No rule ran in DRY_RUN in this period.</p>
        ) : (
          <Rules rules={rules} site={site} />
        )}
      </Card>
      <div class="grid three">
        <Card title="Clients that would be denied">
          <TopList rows={tops.ip} of="ip" by="dry" site={site} />
        </Card>
        <Card title="Paths">
          <TopList rows={tops.path} of="path" by="dry" site={site} />
        </Card>
        <Card title="Bots">
          <TopList rows={tops.bot} of="bot" by="dry" site={site} />
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
