// The dashboard as one function from a request to a response, behind whatever listens.
import { Hono } from "hono";
import type { Pages } from "../pages.ts";
import type { DecisionLog } from "../log/index.ts";
import { addAssets } from "./assets.ts";
import { createAttempts } from "./attempts.ts";
import { secureHeaders } from "./headers.ts";
import type { KeyAdmin } from "./keys.ts";
import { addKeyRoutes } from "./routes/keys.ts";
import { addLogRoutes } from "./routes/log.ts";
import { addSignIn } from "./routes/sign-in.ts";
import { createSessions, type Sessions } from "./session.ts";

/** Options of `dashboard()`. */
export interface DashboardOptions {
  /** The log that is shown. */
  readonly log: DecisionLog;
  /** The admin token, 16 characters or more; who knows it sees everything. */
  readonly token: string;
  /** The keys of the server; without them the page of keys is empty. */
  readonly keys?: KeyAdmin;
  /** Whether browsers reach this by HTTPS though the server does not, behind a proxy; default false. */
  readonly secure?: boolean;
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly clock?: () => number;
}

/** What routes share. */
export interface Context {
  readonly log: DecisionLog;
  readonly keys: KeyAdmin;
  readonly sessions: Sessions;
  readonly now: () => number;
  readonly secure: boolean;
}

/** What Hono knows of a request. */
export interface Env {
  Bindings: { readonly address: string };
  Variables: { session: string };
}

const NO_KEYS: KeyAdmin = { list: () => [] };

/**
 * Pages that show a decision log, for `createServer({ pages })`.
 *
 * @throws TypeError when the token is too short.
 * @example
 * const log = sqliteLog("./decisions.db");
 * const server = createServer({ keys, sinks: [log], pages: dashboard({ log, token }) });
 */
export function dashboard(options: DashboardOptions): Pages {
  const { log, token, keys = NO_KEYS, secure = false, clock = Date.now } = options;
  const sessions = createSessions(token, clock);
  const shared: Context = { log, keys, sessions, now: clock, secure };
  const app = new Hono<Env>();
  app.use(secureHeaders);
  addAssets(app);
  addSignIn(app, shared, createAttempts(clock));
  addLogRoutes(app, shared);
  addKeyRoutes(app, shared);
  return (request, { address }) => app.fetch(request, { address });
}
