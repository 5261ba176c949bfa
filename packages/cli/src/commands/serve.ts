import { readFile } from "node:fs/promises";
import { jsonLogger, type Logger } from "@arcjet/core";
import { createServer, otelTracer, type OtelApi, type Tls, type Tracer } from "@arcjet/server";
import type { DecisionLog } from "@arcjet/server/log";
import { readInteger, UsageError, type Arguments, type Command, type Io } from "../command.ts";
import { keyAdmin, openDecisions, openPages } from "../decision-pages.ts";
import { openIpData } from "../ip-data.ts";
import { complaintOf, openKeys } from "../key-source.ts";
import { openRedis, type SharedStore } from "../redis.ts";

const DEFAULT_PORT = 3001;
const MAX_PORT = 65_535;

const usage = `Usage: arcjet serve [--port N] [--host ADDRESS] [--key KEY] [--keys FILE] ...

Runs a Decide server: one place that counts for many processes. Clients name it with ARCJET_BASE_URL and
ARCJET_KEY, or with the client option of arcjet(). It speaks Connect, gRPC and gRPC-Web over HTTP/2 and
HTTP/1.1 on one port; /healthz, /readyz and /metrics tell how it does.

  --port N             default: ${DEFAULT_PORT}; 0 takes a free one
  --host ADDRESS       default: 127.0.0.1; 0.0.0.0 for all interfaces
  --key KEY            a key for the site "default"; ARCJET_KEY where other users can list processes
  --keys FILE          keys made by arcjet keys create
  --redis URL          count in Redis or Valkey, together with all servers that use it; REDIS_URL where
                       the address holds a password; default: memory of this process
  --geo FILE           IP data that goes before the pack that comes with this program, MMDB or pack;
                       may be given more than once
  --no-geo             know nothing about addresses
  --tls-cert FILE      certificate chain in PEM; with --tls-key
  --tls-key FILE       private key in PEM
  --max-concurrent N   calls of one site answered at once; default: 1000
  --no-metrics         no /metrics
  --database WHERE     keep decisions in an SQLite file, or in PostgreSQL at a postgres:// URL
                       (ARCJET_DATABASE where it holds a password), and show them at /; an embedded
                       application's sqliteLog() file is shown as well, without any key
  --keep-days N        days a decision is kept; default: 30
  --keep-decisions N   decisions kept at most; default: 10000000
  --keep-gib N         size of the database, roughly; default: 20
  --admin-token TOKEN  opens the pages at /; ARCJET_ADMIN_TOKEN where other users can list processes;
                       default: one is made and shown
  --behind-https       browsers reach the pages by HTTPS, through a proxy: mark their cookie Secure`;

async function readTls(given: Arguments): Promise<Tls | undefined> {
  const cert = given.value("tls-cert");
  const key = given.value("tls-key");
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined)
    throw new UsageError("--tls-cert and --tls-key go together");
  return { cert: await readFile(cert), key: await readFile(key) };
}

/** OpenTelemetry, where the environment configures it and its API is installed. */
async function openTracer({ env, err }: Io): Promise<Tracer | undefined> {
  if (env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined && env.OTEL_TRACES_EXPORTER === undefined)
    return undefined;
  // Not a dependency: who traces has it, with an SDK that registers itself before this process begins.
  const name = "@opentelemetry/api";
  try {
    return otelTracer((await import(name)) as OtelApi);
  } catch {
    err("OpenTelemetry is configured and @opentelemetry/api is not installed: no spans are made");
    return undefined;
  }
}

async function openServer(
  given: Arguments,
  io: Io,
  log: Logger,
  shared: SharedStore | undefined,
  decisions: DecisionLog | undefined,
) {
  const key = given.value("key") ?? (io.env.ARCJET_KEY === "" ? undefined : io.env.ARCJET_KEY);
  const file = given.value("keys");
  if (key === undefined && file === undefined && decisions === undefined)
    throw new UsageError(
      "serve needs --key KEY, ARCJET_KEY or --keys FILE, or --database to show decisions alone; `arcjet keys create` makes keys",
    );
  const source = await openKeys(key, file);
  const complaint = complaintOf(key);
  if (complaint !== undefined) io.err(complaint);
  const tls = await readTls(given);
  const tracer = await openTracer(io);
  const maxConcurrent = readInteger(given, "max-concurrent", 1, 1_000_000);
  const server = createServer({
    keys: source.keys,
    log,
    ...(!given.flag("no-geo") && { geo: openIpData(given.values("geo")) }),
    ...(shared && { store: shared.store }),
    metrics: !given.flag("no-metrics"),
    ...(decisions && {
      sinks: [decisions],
      pages: openPages(given, io, decisions, keyAdmin(source.fixed, file)),
    }),
    ...(tls && { tls }),
    ...(tracer && { tracer }),
    ...(maxConcurrent !== undefined && { maxConcurrent }),
  });
  source.watch(
    (keys) => {
      server.setKeys(keys);
      log.info({ keys: keys.length }, "the keys have changed");
    },
    (cause) => log.error({ error: cause }, "the keys could not be read again"),
    io.stopped,
  );
  return server;
}

async function serveUntilStopped(given: Arguments, io: Io): Promise<number> {
  const log = jsonLogger("info");
  const port = readInteger(given, "port", 0, MAX_PORT) ?? DEFAULT_PORT;
  const redis = given.value("redis") ?? io.env.REDIS_URL;
  const shared = redis === undefined || redis === "" ? undefined : await openRedis(redis, log);
  const decisions = openDecisions(given, io, log);
  try {
    const server = await openServer(given, io, log, shared, decisions);
    const { url } = await server.listen({ port, host: given.value("host") ?? "127.0.0.1" });
    io.out(`Arcjet Decide server on ${url}`);
    if (!io.stopped.aborted)
      await new Promise((resolve) => io.stopped.addEventListener("abort", resolve, { once: true }));
    io.err("Stopping: calls on their way are finished.");
    await server.close();
  } finally {
    await decisions?.close();
    await shared?.close();
  }
  return 0;
}

/** `arcjet serve`. */
export const serve: Command = {
  usage,
  options: {
    port: { type: "string" },
    host: { type: "string" },
    key: { type: "string" },
    keys: { type: "string" },
    redis: { type: "string" },
    geo: { type: "string", multiple: true },
    "no-geo": { type: "boolean" },
    "tls-cert": { type: "string" },
    "tls-key": { type: "string" },
    "max-concurrent": { type: "string" },
    "no-metrics": { type: "boolean" },
    database: { type: "string" },
    "keep-days": { type: "string" },
    "keep-decisions": { type: "string" },
    "keep-gib": { type: "string" },
    "admin-token": { type: "string" },
    "behind-https": { type: "boolean" },
  },
  run: serveUntilStopped,
};
