// The engine in a worker, as if it were here.
import { Worker } from "node:worker_threads";
import type { Engine } from "./engine.ts";
import { LogError } from "./failure.ts";
import { within } from "./patience.ts";
import type { Ask } from "./queries/index.ts";
import type { WorkerAnswer, WorkerCall, WorkerSetup } from "./worker.ts";

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (cause: LogError) => void;
}

/** Calls on their way; a page that would be one more fails instead of waiting. */
const MAX_CALLS = 500;

/** Sources run from where they stand; a built package knows its own entry. */
function workerUrl(): URL {
  const here = import.meta.url;
  if (here.endsWith(".ts")) return new URL("./worker.ts", here);
  return new URL(import.meta.resolve("@arcjet/server/log/worker"));
}

/** Starts a worker when it is first called, and another one when it died. */
export function remoteEngine(setup: WorkerSetup): Engine {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let calls = 0;

  const fail = (message: string): void => {
    worker = undefined;
    for (const { reject } of waiting.values()) reject(new LogError(message));
    waiting.clear();
  };

  const start = (): Worker => {
    const started = new Worker(workerUrl(), {
      workerData: setup,
      // Node 22 says of every use of SQLite that it is experimental.
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    started.unref();
    started.on("message", ({ call, value, failure, refused }: WorkerAnswer) => {
      const one = waiting.get(call);
      waiting.delete(call);
      if (waiting.size === 0) started.unref();
      if (failure === undefined) one?.resolve(value);
      else one?.reject(new LogError(failure, { refused: refused === true }));
    });
    started.on("error", (cause) => fail(`the thread of the log failed: ${String(cause)}`));
    started.on("exit", () => {
      if (worker === started) fail("the thread of the log has ended");
    });
    return started;
  };

  const send = (name: WorkerCall["name"], given: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (waiting.size >= MAX_CALLS)
        return reject(new LogError("the log is asked too much at once"));
      worker ??= start();
      // While an answer is due the process stays alive for it.
      worker.ref();
      const call = ++calls;
      waiting.set(call, { resolve, reject });
      const message: WorkerCall = { call, name, given };
      worker.postMessage(message, []);
    });

  // The worker answers each name with what the queries of that name give.
  const ask = ((name, ...given) => send(name, given)) as Ask;
  return {
    write: async (batch) => void (await send("write", [batch])),
    ask,
    close: async () => {
      if (worker === undefined) return;
      await within(send("close", []));
      await worker?.terminate();
      worker = undefined;
    },
  };
}
