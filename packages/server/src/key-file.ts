// The file of keys: JSON, written whole and renamed into place, so that a server that reads it never
// sees half of it.
import { readFile, rename, writeFile } from "node:fs/promises";
import { createKey, readSiteKey, type SiteKey } from "./keys.ts";

/** Most keys of one file. */
export const MAX_KEYS = 10_000;
const OWNER_ONLY = 0o600;

function parse(text: string, path: string): readonly SiteKey[] {
  const wrong = (what: string): Error => new Error(`${path} is no file of keys: ${what}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong("it is not JSON");
  }
  const keys: unknown =
    typeof value === "object" && value !== null && "keys" in value ? value.keys : undefined;
  if (!Array.isArray(keys)) throw wrong("`keys` is no list");
  if (keys.length > MAX_KEYS) throw wrong(`it holds more than ${MAX_KEYS} keys`);
  return keys.map((entry: unknown, at) => {
    const key = readSiteKey(entry);
    if (key === undefined) throw wrong(`entry ${at} is no key`);
    return key;
  });
}

/**
 * Reads the keys of a file; a file that is not there has none.
 *
 * @throws Error when the file cannot be read or is no file of keys.
 */
export async function readKeyFile(path: string): Promise<readonly SiteKey[]> {
  try {
    return parse(await readFile(path, "utf8"), path);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return [];
    throw cause;
  }
}

async function writeKeyFile(path: string, keys: readonly SiteKey[]): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, `${JSON.stringify({ version: 1, keys }, null, 2)}\n`, {
    mode: OWNER_ONLY,
  });
  await rename(draft, path);
}

/** Makes a key for a site, adds it to the file and gives it, this once. */
export async function addKey(
  path: string,
  site: string,
  now: Date = new Date(),
): Promise<{ readonly key: string; readonly stored: SiteKey }> {
  const keys = await readKeyFile(path);
  if (keys.length >= MAX_KEYS) throw new Error(`${path} already holds ${MAX_KEYS} keys`);
  const made = createKey(site, now);
  await writeKeyFile(path, [...keys, made.stored]);
  return made;
}

/**
 * Revokes a key by its id. Servers that read the file refuse it a few seconds later.
 *
 * @throws Error when there is no such key, or it is revoked already.
 */
export async function revokeKey(
  path: string,
  id: string,
  now: Date = new Date(),
): Promise<SiteKey> {
  const keys = await readKeyFile(path);
  const found = keys.find((key) => key.id === id);
  if (found === undefined)
    throw new Error(
      `${path} has no key ${JSON.stringify(id)}; \`arcjet keys list\` shows those it has`,
    );
  if (found.revoked !== undefined) throw new Error(`${id} was revoked at ${found.revoked}`);
  const revoked = { ...found, revoked: now.toISOString() };
  await writeKeyFile(
    path,
    keys.map((key) => (key === found ? revoked : key)),
  );
  return revoked;
}
