// A log of decisions: a sink for whoever decides, and questions for whoever looks at it.
import { jsonLogger, type Logger } from "@arcjet/core";
import { createBatcher, type WriteStatus } from "./batcher.ts";
import { createEngine, type Engine } from "./engine.ts";
import type { Told } from "./told.ts";
import { openPostgres } from "./postgres.ts";
import type { Ask } from "./queries/index.ts";
import { remoteEngine } from "./remote-engine.ts";
import { RETENTION, type Retention } from "./retention.ts";

/** Options of a log. */
export interface DecisionLogOptions extends Partial<Retention> {
  /** Name under which the decisions of an embedded client are kept; default "app". */
  readonly site?: string;
  /** Told when writing fails and when it goes on; default: JSON lines on the console. */
  readonly log?: Logger;
}

/** A log: itself the sink, for `arcjet({ sinks })` and for `createServer({ sinks })`. */
export interface DecisionLog {
  (decision: Told): void;
  /** How the writing goes: written, dropped, waiting, and what it fails with. */
  status(): WriteStatus;
  /** Asks what is in the log; rejects with a LogError when the database cannot tell. */
  readonly ask: Ask;
  /** Resolves when what came so far is written or has failed once more. */
  flush(): Promise<void>;
  /** Writes what is left, for five seconds at most, and closes the database. */
  close(): Promise<void>;
}

const MAX_FIGURE = Number.MAX_SAFE_INTEGER;
/** Sums are kept by day; an empty log takes 200 KiB. */
const LEAST = { maxAgeDays: 1, maxDecisions: 1, maxBytes: 2 ** 20 } as const;
const SITE = /^[a-z0-9][a-z0-9-]{0,62}$/;

function retentionOf(options: DecisionLogOptions): Retention {
  const kept = { ...RETENTION };
  for (const name of ["maxAgeDays", "maxDecisions", "maxBytes"] as const) {
    const value = options[name];
    if (value === undefined) continue;
    const least = LEAST[name];
    if (!(Number.isFinite(value) && value >= least && value <= MAX_FIGURE))
      throw new TypeError(
        `\`decisionLog\` options error: invalid value for \`${name}\` - ${value} is no number from ${least}`,
      );
    kept[name] = value;
  }
  return kept;
}

function siteOf({ site = "app" }: DecisionLogOptions): string {
  if (SITE.test(site)) return site;
  throw new TypeError(
    `\`decisionLog\` options error: invalid value for \`site\` - ${JSON.stringify(site)} is not 1 to 63 lower-case letters, digits and hyphens`,
  );
}

/** A log over an engine. */
export function logOver(engine: Engine, options: DecisionLogOptions): DecisionLog {
  const log = options.log ?? jsonLogger("warn");
  const batcher = createBatcher({
    site: siteOf(options),
    write: (batch) => engine.write(batch),
    failed: (failure, { waiting }) =>
      log.warn({ failure, waiting }, "decisions are not written to the log; deciding goes on"),
    recovered: ({ dropped }) => log.warn({ dropped }, "decisions are written to the log again"),
    now: Date.now,
  });
  return Object.assign((decision: Told) => batcher.push(decision), {
    status: () => batcher.status(),
    ask: engine.ask,
    flush: () => batcher.flush(),
    close: async () => {
      await batcher.close();
      await engine.close();
    },
  });
}

/**
 * A log in an SQLite file, made when it is not there. Several processes may write to one file.
 *
 * @throws TypeError when an option is wrong; a file that cannot be opened is told to `log` and tried again.
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })], sinks: [sqliteLog("./decisions.db")] });
 */
export function sqliteLog(path: string, options: DecisionLogOptions = {}): DecisionLog {
  if (path === "") throw new TypeError("`sqliteLog` needs the path of a file");
  return logOver(remoteEngine({ path, retention: retentionOf(options) }), options);
}

/**
 * A log in PostgreSQL when given a `postgres://` or `postgresql://` URL, else in an SQLite file at that path.
 *
 * @throws TypeError when an option is wrong, or the URL is of another kind.
 * @example
 * const log = decisionLog("postgres://arcjet@localhost/arcjet", { maxAgeDays: 90 });
 */
export function decisionLog(where: string, options: DecisionLogOptions = {}): DecisionLog {
  if (!where.includes("://")) return sqliteLog(where, options);
  if (!/^postgres(ql)?:\/\//.test(where))
    throw new TypeError(
      `\`decisionLog\` takes the path of an SQLite file or a postgres:// URL, not one that begins with ${JSON.stringify(where.split("://", 1)[0])}`,
    );
  const retention = retentionOf(options);
  const engine = createEngine({ open: () => openPostgres(where), retention, now: Date.now });
  return logOver(engine, options);
}
