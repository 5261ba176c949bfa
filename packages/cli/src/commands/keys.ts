import { addKey, readKeyFile, revokeKey } from "@arcjet/server";
import { UsageError, type Arguments, type Command, type Io } from "../command.ts";

const DEFAULT_FILE = "arcjet-keys.json";

const usage = `Usage: arcjet keys create --site NAME [--file FILE]
       arcjet keys list [--file FILE] [--json]
       arcjet keys revoke ID [--file FILE]

Keys of sites, for arcjet serve --keys FILE. Keys of one site share its counters. The file holds hashes:
a key is shown once, when it is created. A server that is running takes changes over within seconds.

  --site NAME  the site the key is for: lower-case letters, digits and hyphens
  --file FILE  where the keys are (default: ${DEFAULT_FILE})
  --json       list as JSON`;

async function create(file: string, site: string | undefined, io: Io): Promise<number> {
  if (site === undefined) throw new UsageError("keys create needs --site NAME");
  const { key, stored } = await addKey(file, site);
  io.err(
    `Created ${stored.id} for ${stored.site} in ${file}. This is the only time the key is shown:`,
  );
  io.out(key);
  return 0;
}

async function list(file: string, json: boolean, io: Io): Promise<number> {
  const keys = await readKeyFile(file);
  if (json) {
    io.out(
      JSON.stringify(
        keys.map(({ id, site, created, revoked }) => ({ id, site, created, revoked })),
      ),
    );
    return 0;
  }
  if (keys.length === 0) io.err(`${file} has no keys`);
  for (const { id, site, created, revoked } of keys)
    io.out([id, site, created, revoked === undefined ? "active" : `revoked ${revoked}`].join("\t"));
  return 0;
}

async function revoke(file: string, id: string | undefined, io: Io): Promise<number> {
  if (id === undefined) throw new UsageError("keys revoke needs the id of a key");
  const { site } = await revokeKey(file, id);
  io.err(`Revoked ${id} of ${site}.`);
  return 0;
}

function dispatch({ positionals, value, flag }: Arguments, io: Io): Promise<number> {
  const file = value("file") ?? DEFAULT_FILE;
  const [action, id] = positionals;
  switch (action) {
    case "create":
      return create(file, value("site"), io);
    case "list":
      return list(file, flag("json"), io);
    case "revoke":
      return revoke(file, id, io);
    default:
      throw new UsageError("keys needs one of create, list, revoke");
  }
}

/** `arcjet keys`. */
export const keys: Command = {
  words: ["create", "list", "revoke"],
  usage,
  options: {
    site: { type: "string" },
    file: { type: "string" },
    json: { type: "boolean" },
  },
  run: async (given, io) => dispatch(given, io),
};
