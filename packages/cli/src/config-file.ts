/** The rule set in a file: `arcjet.config.ts`, which the application imports as well. */
import { access } from "node:fs/promises";
import * as modules from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ArcjetOptions } from "@arcjet/core";
import { UsageError } from "./command.ts";

/** Looked for in the working directory, in this order, when none is named. */
export const CONFIG_NAMES: readonly string[] = [
  "arcjet.config.ts",
  "arcjet.config.mts",
  "arcjet.config.js",
  "arcjet.config.mjs",
];

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * The path of the configuration.
 *
 * @throws UsageError when there is none.
 */
export async function findConfig(named: string | undefined, directory: string): Promise<string> {
  if (named !== undefined) {
    const path = resolve(directory, named);
    if (await exists(path)) return path;
    throw new UsageError(`there is no ${named}: name the file with your rules with --config`);
  }
  for (const name of CONFIG_NAMES) {
    const path = resolve(directory, name);
    if (await exists(path)) return path;
  }
  throw new UsageError(
    `there is no ${CONFIG_NAMES[0]} in ${directory}: write one, or name it with --config`,
  );
}

/** A configuration that stands where nothing is installed finds these packages beside the command. */
function resolveOwnPackages(): () => void {
  // Node.js has them since 22.15; before, only what is installed beside the configuration is found.
  if (!("registerHooks" in modules)) return () => {};
  const hooks = modules.registerHooks({
    resolve: (specifier, context, next) => {
      if (!specifier.startsWith("@arcjet/")) return next(specifier, context);
      try {
        return next(specifier, context);
      } catch (cause) {
        try {
          return next(specifier, { ...context, parentURL: import.meta.url });
        } catch {
          throw cause;
        }
      }
    },
  });
  return () => hooks.deregister();
}

/**
 * Loads a configuration: the default export, an object of options or what `defineConfig()` gives.
 *
 * @throws Error of one line when the file cannot be loaded, or exports no rules.
 */
export async function loadConfig(path: string): Promise<ArcjetOptions> {
  try {
    return await importConfig(path);
  } catch (cause) {
    const [first = ""] = messageOf(cause).split("\n", 1);
    throw new Error(`${path} cannot be loaded: ${first}; \`arcjet check\` tells more`, { cause });
  }
}

/** What went wrong, in the words of who threw it. */
export function messageOf(cause: unknown): string {
  const unknownType =
    cause instanceof Error && "code" in cause && cause.code === "ERR_UNKNOWN_FILE_EXTENSION";
  if (unknownType)
    return `Node.js ${process.versions.node} loads no TypeScript, 22.18 and later do: update it, or write arcjet.config.mjs`;
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * The same, with whatever the file throws as it is.
 *
 * @throws Error when the file cannot be loaded, or exports no rules.
 */
export async function importConfig(path: string): Promise<ArcjetOptions> {
  const restore = resolveOwnPackages();
  let loaded: unknown;
  try {
    loaded = await import(pathToFileURL(path).href);
  } finally {
    restore();
  }
  const config =
    typeof loaded === "object" && loaded !== null && "default" in loaded
      ? loaded.default
      : undefined;
  if (isConfig(config)) return config;
  throw new Error("it exports no rules: write `export default defineConfig({ rules: [...] })`");
}

/** Whether it has rules; the options themselves are checked by the client that is built from them. */
function isConfig(value: unknown): value is ArcjetOptions {
  return (
    typeof value === "object" && value !== null && "rules" in value && Array.isArray(value.rules)
  );
}
