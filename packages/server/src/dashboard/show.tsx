/** @jsxImportSource hono/jsx */
// Pages as texts. Everything in them goes through JSX, which escapes it.
import type { Context as HonoContext } from "hono";
import type { JSXNode } from "hono/jsx";
import type { Kind, LogHealth, Top, TopOrder, WholeDecision } from "../log/index.ts";
import type { Context, Env } from "./dashboard.ts";
import type { Frame } from "./layout.tsx";
import type { View } from "./params.ts";
import { DecisionPage } from "./pages/decision.tsx";
import { Decisions, type DecisionsData } from "./pages/decisions.tsx";
import { DryRun, type DryRunData } from "./pages/dry-run.tsx";
import { Keys, type KeysData } from "./pages/keys.tsx";
import { LogPage } from "./pages/log.tsx";
import { Overview, type OverviewData } from "./pages/overview.tsx";
import { Problem, SignIn } from "./pages/plain.tsx";
import { TopPage } from "./pages/top.tsx";

type Element = JSXNode | { toString(): unknown };
const whole = (page: Element): string => `<!doctype html>${String(page)}`;

const SITES_MS = 30 * 86_400_000;

/** The frame of a page; a log that cannot be read has no sites. */
export async function frameOf(
  context: HonoContext<Env>,
  { log, sessions, now }: Context,
): Promise<Frame> {
  const sites = await log.ask("sites", now() - SITES_MS).catch(() => []);
  return {
    path: new URL(context.req.url).pathname,
    formToken: sessions.formToken(context.get("session")),
    status: log.status(),
    sites,
  };
}

export const showSignIn = (next: string, problem?: string): string =>
  whole(<SignIn next={next} {...(problem !== undefined && { problem })} />);
export const showOverview = (frame: Frame, view: View, data: OverviewData): string =>
  whole(<Overview frame={frame} view={view} data={data} />);
export const showDecisions = (frame: Frame, data: DecisionsData): string =>
  whole(<Decisions frame={frame} data={data} />);
export const showDecision = (
  frame: Frame,
  id: string,
  decisions: readonly WholeDecision[],
): string => whole(<DecisionPage frame={frame} id={id} decisions={decisions} />);
export const showTop = (
  frame: Frame,
  view: View,
  order: TopOrder,
  tops: Readonly<Record<Kind, readonly Top[]>>,
): string => whole(<TopPage frame={frame} view={view} order={order} tops={tops} />);
export const showDryRun = (frame: Frame, view: View, data: DryRunData): string =>
  whole(<DryRun frame={frame} view={view} data={data} />);
export const showKeys = (frame: Frame, data: KeysData): string =>
  whole(<Keys frame={frame} data={data} />);
export const showLog = (frame: Frame, health: LogHealth): string =>
  whole(<LogPage frame={frame} health={health} />);
export const showProblem = (frame: Frame, title: string, text: string): string =>
  whole(<Problem frame={frame} title={title} text={text} />);
