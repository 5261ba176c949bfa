/** @jsxImportSource hono/jsx */
import type { LogHealth } from "../../log/index.ts";
import { bytes, count } from "../format.ts";
import { Page, type Frame } from "../layout.tsx";
import { Card, Cell, Columns, Moment } from "../parts.tsx";

const NAMES = { sqlite: "SQLite", postgres: "PostgreSQL" } as const;

function Gaps({ health }: { health: LogHealth }) {
  if (health.gaps.length === 0) return <p class="empty">Nothing is missing.</p>;
  return (
    <table class="stack" role="table">
      <caption class="hidden">What is missing</caption>
      <Columns
        names={[
          ["From (UTC)", ""],
          ["To (UTC)", ""],
          ["Decisions", "figure"],
          ["Why", ""],
        ]}
      />
      <tbody role="rowgroup">
        {health.gaps.map((gap) => (
          <tr role="row">
            <Cell name="From (UTC)">
              <Moment time={gap.from} />
            </Cell>
            <Cell name="To (UTC)">
              <Moment time={gap.to} />
            </Cell>
            <Cell name="Decisions" tone="figure">
              {count(gap.dropped)}
            </Cell>
            <Cell name="Why">{gap.cause}</Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function LogPage({ frame, health }: { frame: Frame; health: LogHealth }) {
  const { status } = frame;
  const { retention } = health;
  const facts: readonly (readonly [string, string])[] = [
    ["Database", NAMES[health.kind]],
    ["Decisions", count(health.decisions)],
    ["Size", bytes(health.bytes)],
    ["Kept for", `${count(retention.maxAgeDays)} days`],
    ["At most", `${count(retention.maxDecisions)} decisions, ${bytes(retention.maxBytes)}`],
    ["Written by this server", count(status.written)],
    ["Dropped by this server", count(status.dropped)],
    ["Waiting", count(status.waiting)],
  ];
  return (
    <Page title="Log" frame={frame}>
      <div class="head">
        <h1>Log</h1>
      </div>
      <div class="grid two">
        <Card title="The log itself">
          <dl class="facts">
            {facts.map(([name, value]) => (
              <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
            <div>
              <dt>Oldest and newest (UTC)</dt>
              <dd>
                {health.oldest === undefined ? "none" : <Moment time={health.oldest} />} to{" "}
                {health.newest === undefined ? "none" : <Moment time={health.newest} />}
              </dd>
            </div>
          </dl>
        </Card>
        <Card
          title="What is missing"
          note="Decisions that were made while the database could not take them."
        >
          <Gaps health={health} />
        </Card>
      </div>
    </Page>
  );
}
