import { randomBytes } from "node:crypto";
import { botVerifier, type BotVerifier } from "@arcjet/bots";
import { createMailRoutes, type Fetch, type MailRoutes } from "@arcjet/email";
import { jsonLogger, type ArcjetOptions, type Logger } from "@arcjet/core";
import { createGeo } from "@arcjet/geo";
import type { IpLookup } from "@arcjet/ip";
import { memoryStore, type Store } from "@arcjet/rate-limit";
import { createBudget } from "./body.ts";
import { createHandler } from "./handle.ts";
import { createKeyring, type SiteKey } from "./keys.ts";
import { DRAIN_MS, MAX_CONCURRENT, MAX_PARTIAL_BYTES } from "./limits.ts";
import { createListener, type Tls } from "./listen.ts";
import { createMetrics } from "./metrics.ts";
import { createPageServer, type Pages } from "./pages.ts";
import { scopeStore } from "./scope.ts";
import type { OpenSite } from "./service.ts";
import type { DecisionSink } from "./sink.ts";
import { createSite } from "./site.ts";
import type { Tracer } from "./tracing.ts";

/** Options of `createServer()`. */
export interface ServerOptions {
  /** Keys of the sites that may ask; `setKeys` replaces them while the server runs. */
  readonly keys: readonly SiteKey[];
  /** Where counters live. Default: bounded memory of this process; servers that share one share counters. */
  readonly store?: Store;
  /** What is known about addresses: providers of `@arcjet/geo`, or a function. Default: nothing. */
  readonly geo?: NonNullable<ArcjetOptions["geo"]>;
  /** How bots are verified. Default: embedded address lists and DNS, for at most 500 ms. */
  readonly verifier?: BotVerifier;
  /** Answers whether a domain takes mail. Default: DNS, its answers remembered for all sites. */
  readonly mailRoutes?: MailRoutes;
  /** Asks gravatar.com, for rules that name NO_GRAVATAR. Default: the global `fetch`. */
  readonly fetch?: Fetch;
  /** Certificate and key in PEM; without them the server speaks plain HTTP. */
  readonly tls?: Tls;
  /** Default: JSON lines on the console, warnings and errors. */
  readonly log?: Logger;
  /** Calls of one site that are answered at once; default 1,000. */
  readonly maxConcurrent?: number;
  /** Whether `/metrics` is there, for everybody who reaches the port; default true. */
  readonly metrics?: boolean;
  /** Told of every decision, made here or reported by a client; default none. */
  readonly sinks?: readonly DecisionSink[];
  /** Answers requests for every path that is not the server's own; default 404. */
  readonly pages?: Pages;
  readonly tracer?: Tracer;
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly clock?: () => number;
}

/** A running server. */
export interface Server {
  /** Begins to listen; the port is 3001 and the host 127.0.0.1 by default, and port 0 takes a free one. */
  listen(at?: { readonly port?: number; readonly host?: string }): Promise<{
    readonly port: number;
    readonly host: string;
    readonly url: string;
  }>;
  setKeys(keys: readonly SiteKey[]): void;
  /** Takes no more calls, finishes those on their way for up to `drainMs` (default 10,000), and stops. */
  close(drainMs?: number): Promise<void>;
}

const DEFAULT_PORT = 3001;
const DEFAULT_HOST = "127.0.0.1";
const SECRET_BYTES = 16;
const VERIFY_MS = 500;
const MAIL_MS = 1_000;

function checkConcurrent(value: number): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new TypeError(
    `\`createServer\` options error: invalid value for \`maxConcurrent\` - ${value} is no integer from 1`,
  );
}

/** One lookup for all sites, so that stale data is complained of once. */
function lookupOf(geo: ServerOptions["geo"], log: Logger, now: () => number): IpLookup | undefined {
  if (geo === undefined || typeof geo === "function") return geo;
  return createGeo(geo, { now, warn: (message) => log.warn({}, message) });
}

/**
 * A Decide server: Connect, gRPC-Web and gRPC, in binary and JSON, over HTTP/2 and HTTP/1.1 on one port.
 *
 * @throws TypeError when an option is wrong.
 * @example
 * const { key, stored } = createKey("shop");
 * const server = createServer({ keys: [stored] });
 * const { url } = await server.listen({ port: 3001 });
 */
export function createServer(options: ServerOptions): Server {
  const { clock = Date.now, fetch, log = jsonLogger("warn") } = options;
  const geo = lookupOf(options.geo, log, clock);
  const store = options.store ?? memoryStore({ clock });
  const secret = store.secret ?? randomBytes(SECRET_BYTES).toString("hex");
  const verifier = options.verifier ?? botVerifier({ timeout: VERIFY_MS });
  const mailRoutes = options.mailRoutes ?? createMailRoutes({ timeoutMs: MAIL_MS });
  const metrics = createMetrics();
  const sites = new Map<string, OpenSite>();
  let keyring = createKeyring(options.keys);
  let stopping = false;

  const siteOf = (name: string): OpenSite => {
    const known = sites.get(name);
    if (known) return known;
    const scoped = scopeStore(store, name, secret);
    const site = createSite({ store: scoped, geo, verifier, mailRoutes, fetch, log, clock });
    const open = { name, site, budget: createBudget(MAX_PARTIAL_BYTES), inFlight: 0 };
    sites.set(name, open);
    return open;
  };
  const gauges = () => ({
    arcjet_connections: listener.connections(),
    arcjet_calls_in_flight: [...sites.values()].reduce((sum, { inFlight }) => sum + inFlight, 0),
    process_resident_memory_bytes: process.memoryUsage.rss(),
  });
  const scheme = options.tls ? "https" : "http";
  const pages = options.pages && createPageServer({ pages: options.pages, scheme, log });
  const handle = createHandler({
    keyring: () => keyring,
    siteOf,
    maxConcurrent: checkConcurrent(options.maxConcurrent ?? MAX_CONCURRENT),
    metrics,
    log,
    clock,
    sinks: options.sinks ?? [],
    pages,
    tracer: options.tracer,
    ready: () => !stopping,
    renderMetrics: (options.metrics ?? true) ? () => metrics.render(gauges()) : undefined,
  });
  const listener = createListener(handle, options.tls);

  return {
    listen: async ({ port = DEFAULT_PORT, host = DEFAULT_HOST } = {}) => {
      const { port: taken, address } = await listener.listen(port, host);
      const shown = address.includes(":") ? `[${address}]` : address;
      return { port: taken, host: address, url: `${scheme}://${shown}:${taken}` };
    },
    setKeys: (keys) => {
      keyring = createKeyring(keys);
    },
    close: (drainMs = DRAIN_MS) => {
      stopping = true;
      pages?.stop();
      return listener.close(drainMs);
    },
  };
}
