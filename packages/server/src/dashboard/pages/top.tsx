/** @jsxImportSource hono/jsx */
import type { Kind, Top, TopOrder } from "../../log/index.ts";
import { Page, PeriodHead, type Frame } from "../layout.tsx";
import { linkTo, type View } from "../params.ts";
import { Card, TopList } from "../parts.tsx";

const KINDS = [
  ["ip", "Clients"],
  ["path", "Paths"],
  ["bot", "Bots"],
  ["country", "Countries"],
] as const;

const ORDERS = [
  ["n", "Requests"],
  ["denied", "Denied"],
  ["dry", "Would be denied"],
] as const;

export const orderOf = (text: string | null): TopOrder =>
  ORDERS.find(([name]) => name === text)?.[0] ?? "n";

export function TopPage(given: {
  frame: Frame;
  view: View;
  order: TopOrder;
  tops: Readonly<Record<Kind, readonly Top[]>>;
}) {
  const { frame, view, order, tops } = given;
  const { range, site } = view;
  return (
    <Page title="Top" frame={frame}>
      <PeriodHead title="Top" view={view} frame={frame} />
      <div class="ranges tabs" role="group" aria-label="Order by">
        {ORDERS.map(([name, text]) => (
          <a
            href={linkTo("/top", { range, site, by: name })}
            aria-current={name === order ? "true" : undefined}
          >
            {text}
          </a>
        ))}
      </div>
      <div class="grid four">
        {KINDS.map(([kind, title]) => (
          <Card title={title}>
            <TopList rows={tops[kind]} of={kind} by={order} view={view} />
          </Card>
        ))}
      </div>
      <p class="note">
        Counted by whole {range === "1h" || range === "24h" ? "hours" : "days (UTC)"}, a few seconds
        late. Of clients and paths the most frequent are counted, the rare ones among very many are
        not.
      </p>
    </Page>
  );
}
