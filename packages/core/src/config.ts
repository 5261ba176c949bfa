/** The only file that reads the process environment. */
import { parseLogLevel, type LogLevel } from "./log.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Environment variables, where the runtime has them; read when a client is built. */
export function readEnvironment(): Environment {
  // The sources are typed without Node, since they run where there is no `process` as well.
  const host = globalThis as { readonly process?: { readonly env?: Environment } };
  return host.process?.env ?? {};
}

export interface Config {
  /** Whether the app runs in development: the address falls back to 127.0.0.1, time limits are longer. */
  readonly development: boolean;
  readonly logLevel: LogLevel;
}

/** Reads ARCJET_ENV, NODE_ENV, MODE and ARCJET_LOG_LEVEL. */
export function readConfig(env: Environment): Config {
  const mode = env.ARCJET_ENV ?? env.NODE_ENV ?? env.MODE;
  return {
    development: mode?.toLowerCase() === "development",
    logLevel: parseLogLevel(env.ARCJET_LOG_LEVEL),
  };
}
