// The pages about the log: each asks what it needs, all at once, and shows it.
import type { Context as HonoContext, Hono } from "hono";
import type { DecisionRow, Filter, Kind, Period, Top, TopOrder } from "../../log/index.ts";
import { LogError } from "../../log/index.ts";
import type { Context, Env } from "../dashboard.ts";
import { MAX_EXPORT, toCsv, toJson } from "../export.ts";
import { ruleName } from "../format.ts";
import { orderOf } from "../pages/top.tsx";
import { cursorOf, filterOf, viewOf } from "../params.ts";
import { deniers } from "../series.ts";
import * as show from "../show.tsx";

const ROWS = 50;
const EXAMPLES = 10;
const TOP_SHORT = 6;
const TOP_LONG = 25;
/** Decisions that a live page is given at once. */
const NEWER = 50;

type Reply = (context: HonoContext<Env>, params: URLSearchParams) => Promise<Response>;

async function topsOf({ log }: Context, period: Period, order: TopOrder, limit: number) {
  const of = (kind: Kind): Promise<readonly Top[]> => log.ask("top", period, kind, order, limit);
  const [ip, path, bot, country] = await Promise.all([
    of("ip"),
    of("path"),
    of("bot"),
    of("country"),
  ]);
  return { ip, path, bot, country };
}

/** As many decisions as one download has. */
async function allOf({ log }: Context, filter: Filter): Promise<readonly DecisionRow[]> {
  const found = await log.ask("search", filter, undefined, MAX_EXPORT);
  return found.rows;
}

function addPeriodPages(shared: Context, page: (path: string, reply: Reply) => void): void {
  const { log, now } = shared;
  page("/", async (context, params) => {
    const view = viewOf(params, now());
    const [volumes, rules, tops, frame] = await Promise.all([
      log.ask("volumes", view, view.width),
      log.ask("ruleEffects", view, "LIVE"),
      topsOf(shared, view, "n", TOP_SHORT),
      show.frameOf(context, shared),
    ]);
    const ruleVolumes = await log.ask("ruleVolumes", view, view.width, deniers(rules));
    return context.html(show.showOverview(frame, view, { volumes, rules, ruleVolumes, tops }));
  });
  page("/top", async (context, params) => {
    const view = viewOf(params, now());
    const order = orderOf(params.get("by"));
    const [tops, frame] = await Promise.all([
      topsOf(shared, view, order, TOP_LONG),
      show.frameOf(context, shared),
    ]);
    return context.html(show.showTop(frame, view, order, tops));
  });
  page("/dry-run", async (context, params) => {
    const view = viewOf(params, now());
    const { from, to, site } = view;
    const [rules, volumes, tops, examples, frame] = await Promise.all([
      log.ask("ruleEffects", view, "DRY_RUN"),
      log.ask("volumes", view, view.width),
      topsOf(shared, view, "dry", TOP_SHORT),
      log.ask("search", { dry: "*", site, from, to }, undefined, EXAMPLES),
      show.frameOf(context, shared),
    ]);
    const data = { rules, volumes, tops, examples: examples.rows };
    return context.html(show.showDryRun(frame, view, data));
  });
}

function addDecisionPages(shared: Context, page: (path: string, reply: Reply) => void): void {
  const { log } = shared;
  page("/decisions", async (context, params) => {
    const filter = filterOf(params);
    const before = cursorOf(params);
    // Asked first, so that nothing falls between the page and what comes live.
    const newest = await log.ask("newest");
    const [found, frame] = await Promise.all([
      log.ask("search", filter, before, ROWS),
      show.frameOf(context, shared),
    ]);
    return context.html(show.showDecisions(frame, { filter, found, before, newest }));
  });
  page("/decisions/newer", async (context, params) => {
    const after = Number(params.get("after"));
    if (!Number.isSafeInteger(after) || after < 0) return context.json({ error: "after" }, 400);
    const newer = await log.ask("newer", filterOf(params), after, NEWER);
    const rows = newer.rows.map((row) => ({
      ...row,
      ruleName: row.rule && ruleName(row.rule),
      dryName: row.dry && ruleName(row.dry),
    }));
    return context.json({ after: newer.after, rows });
  });
  page("/decisions.csv", async (context, params) =>
    context.body(toCsv(await allOf(shared, filterOf(params))), 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="decisions.csv"',
    }),
  );
  page("/decisions.json", async (context, params) =>
    context.body(toJson(await allOf(shared, filterOf(params))), 200, {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": 'attachment; filename="decisions.json"',
    }),
  );
  page("/decisions/:id", async (context) => {
    const id = context.req.param("id") ?? "";
    const decisions = await log.ask("decision", id);
    const frame = await show.frameOf(context, shared);
    return context.html(
      show.showDecision(frame, id, decisions),
      decisions.length === 0 ? 404 : 200,
    );
  });
  page("/log", async (context) => {
    const health = await log.ask("health");
    return context.html(show.showLog(await show.frameOf(context, shared), health));
  });
}

export function addLogRoutes(app: Hono<Env>, shared: Context): void {
  const page = (path: string, reply: Reply): void => {
    app.get(path, async (context) => reply(context, new URL(context.req.url).searchParams));
  };
  addPeriodPages(shared, page);
  addDecisionPages(shared, page);

  const problem = async (
    context: HonoContext<Env>,
    status: 404 | 503,
    title: string,
    text: string,
  ) => {
    if (context.req.header("accept")?.includes("application/json") === true)
      return context.json({ error: text }, status);
    return context.html(show.showProblem(await show.frameOf(context, shared), title, text), status);
  };
  app.notFound((context) => problem(context, 404, "Not found", "There is no such page."));
  app.onError((cause, context) => {
    // Anything else is a mistake of this package, which the server logs and answers with 500.
    if (!(cause instanceof LogError)) throw cause;
    return problem(
      context,
      503,
      "The log cannot be read",
      `Decisions go on, but the database does not answer: ${cause.message}`,
    );
  });
}
