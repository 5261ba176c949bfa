/** What an adapter's test gives the shared suite: the same small app, built with its real framework. */
import type { ArcjetOptions, Rule } from "@arcjet/core";

/** Rules that need no property. */
export type SuiteRule = Rule<{ readonly requested?: number }>;

/** The three ways of use, which may be combined. */
export type Way = "app" | "route" | "handler" | "wrap";

/** The app the suite asks for. Every route answers with JSON and calls `reached` with its own name. */
export interface SuiteApp {
  readonly options: ArcjetOptions<readonly SuiteRule[]>;
  /** `app`: middleware for everything. `route`: `withRule(extra)` on each route. `handler`: `protect()` in each handler. `wrap`: `withArcjet` with `extra`. */
  readonly ways: readonly Way[];
  readonly extra: readonly SuiteRule[];
  /** When set, a denied request is answered with this status by `onDenied`. */
  readonly deniedStatus?: number;
  /** Called by each handler with the name of its route. */
  readonly reached: (route: string) => void;
}

/** A running app. */
export interface SuiteServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * Builds and starts the app on a free port of the loopback address. Its routes:
 * `GET /hello`, `GET /admin` (both answer `{"route": name}`), `GET /api/x` in a mounted router or with
 * a prefix, and `POST /echo`, which answers `{"route": "echo", "body": …}` with the JSON body it read.
 */
export interface AdapterHarness {
  readonly name: string;
  readonly serve: (app: SuiteApp) => Promise<SuiteServer>;
  /** Cases that this framework cannot meet, with the reason. */
  readonly deviations?: Readonly<Record<string, string>>;
}
