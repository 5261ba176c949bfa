// The thread in which SQLite works, so that what it waits for nobody else waits for.
import { parentPort, workerData } from "node:worker_threads";
import type { Batch } from "./batch.ts";
import { createEngine, type Engine } from "./engine.ts";
import { isRefused } from "./failure.ts";
import type { Queries } from "./queries/index.ts";
import type { Retention } from "./retention.ts";
import { openSqlite } from "./sqlite.ts";

/** What the worker is started with. */
export interface WorkerSetup {
  readonly path: string;
  readonly retention: Retention;
}

/** A call to the worker. */
export interface WorkerCall {
  readonly call: number;
  readonly name: "write" | "close" | keyof Queries;
  readonly given: readonly unknown[];
}

/** Its answer. */
export interface WorkerAnswer {
  readonly call: number;
  readonly value?: unknown;
  readonly failure?: string;
  readonly refused?: boolean;
}

function run(engine: Engine, { name, given }: WorkerCall): Promise<unknown> {
  // The other side is typed: it calls each by its name with what that takes.
  if (name === "write") return engine.write(given[0] as Batch);
  if (name === "close") return engine.close();
  return engine.ask(name, ...(given as Parameters<Queries[typeof name]>));
}

const port = parentPort;
if (port !== null) {
  const { path, retention } = workerData as WorkerSetup;
  const engine = createEngine({
    open: () => Promise.resolve().then(() => openSqlite(path)),
    retention,
    now: Date.now,
  });
  // One after the other: there is one connection.
  let last: Promise<unknown> = Promise.resolve();
  port.on("message", (message: WorkerCall) => {
    const { call, name } = message;
    const answer = (reply: WorkerAnswer): void => port.postMessage(reply);
    last = last.then(() =>
      run(engine, message).then(
        (value) => answer({ call, value }),
        (cause: unknown) => {
          const failure = cause instanceof Error ? cause.message : String(cause);
          answer({ call, failure, refused: isRefused(cause) });
        },
      ),
    );
    if (name === "close") void last.then(() => port.close());
  });
}
