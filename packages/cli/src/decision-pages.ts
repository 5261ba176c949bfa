// The decision log of a server and the pages that show it.
import { randomBytes } from "node:crypto";
import type { Logger } from "@arcjet/core";
import { addKey, readKeyFile, revokeKey, type Pages, type SiteKey } from "@arcjet/server";
import { dashboard, type KeyAdmin } from "@arcjet/server/dashboard";
import { decisionLog, type DecisionLog } from "@arcjet/server/log";
import { readInteger, UsageError, type Arguments, type Io } from "./command.ts";

const TOKEN_BYTES = 16;
const MAX_DAYS = 36_500;
const MAX_DECISIONS = 1e12;
const MAX_GIB = 1e6;
const GIB = 2 ** 30;

const named = (given: Arguments, { env }: Io, option: string, variable: string) =>
  given.value(option) ?? (env[variable] === "" ? undefined : env[variable]);

/** The log at `--database`; undefined when none is asked for. */
export function openDecisions(given: Arguments, io: Io, log: Logger): DecisionLog | undefined {
  const where = named(given, io, "database", "ARCJET_DATABASE");
  const maxAgeDays = readInteger(given, "keep-days", 1, MAX_DAYS);
  const maxDecisions = readInteger(given, "keep-decisions", 1, MAX_DECISIONS);
  const gib = readInteger(given, "keep-gib", 1, MAX_GIB);
  if (where === undefined) {
    const vain = ["admin-token", "keep-days", "keep-decisions", "keep-gib"].find(given.value);
    if (vain !== undefined) throw new UsageError(`--${vain} needs --database`);
    return undefined;
  }
  return decisionLog(where, {
    log,
    ...(maxAgeDays !== undefined && { maxAgeDays }),
    ...(maxDecisions !== undefined && { maxDecisions }),
    ...(gib !== undefined && { maxBytes: gib * GIB }),
  });
}

/** The keys of a server as its pages see them, and change those that are in a file. */
export function keyAdmin(fixed: readonly SiteKey[], file: string | undefined): KeyAdmin {
  if (file === undefined) return { list: () => fixed };
  return {
    list: async () => [...fixed, ...(await readKeyFile(file))],
    create: async (site) => (await addKey(file, site)).key,
    revoke: async (id) => void (await revokeKey(file, id)),
  };
}

/** The pages at `/`, behind a token that is made when none is given. */
export function openPages(given: Arguments, io: Io, log: DecisionLog, keys: KeyAdmin): Pages {
  let token = named(given, io, "admin-token", "ARCJET_ADMIN_TOKEN");
  if (token === undefined) {
    token = randomBytes(TOKEN_BYTES).toString("hex");
    io.out(`Admin token for the pages, until this server stops: ${token}`);
  }
  return dashboard({ log, token, keys, secure: given.flag("behind-https") });
}
