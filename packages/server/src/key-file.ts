// The file of keys: JSON, written whole and renamed into place, so that a server that reads it never
// sees half of it.
import { open, readFile, rename, rm } from "node:fs/promises";
import { createKey, readSiteKey, type SiteKey } from "./keys.ts";

/** Most keys of one file. */
export const MAX_KEYS = 10_000;
const OWNER_ONLY = 0o600;

const hasCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && "code" in cause && cause.code === code;

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
    if (hasCode(cause, "ENOENT")) return [];
    throw cause;
  }
}

/** Replaces the keys of a file by what `change` makes of them; one process at a time. */
async function changeKeyFile<T>(
  path: string,
  change: (keys: readonly SiteKey[]) => { readonly keys: readonly SiteKey[]; readonly result: T },
): Promise<T> {
  // The draft is the lock: two commands at once would each undo what the other has done.
  const draft = `${path}.tmp`;
  const file = await open(draft, "wx", OWNER_ONLY).catch((cause: unknown) => {
    if (hasCode(cause, "EEXIST"))
      throw new Error(`${path} is being changed; remove ${draft} if nobody is at it`, { cause });
    throw cause;
  });
  try {
    const { keys, result } = change(await readKeyFile(path));
    await file.writeFile(`${JSON.stringify({ version: 1, keys }, null, 2)}\n`);
    await file.sync();
    await rename(draft, path);
    return result;
  } catch (cause) {
    await rm(draft, { force: true });
    throw cause;
  } finally {
    await file.close();
  }
}

/** Makes a key for a site, adds it to the file and gives it, this once. */
export function addKey(
  path: string,
  site: string,
  now: Date = new Date(),
): Promise<{ readonly key: string; readonly stored: SiteKey }> {
  return changeKeyFile(path, (keys) => {
    if (keys.length >= MAX_KEYS) throw new Error(`${path} already holds ${MAX_KEYS} keys`);
    const result = createKey(site, now);
    return { keys: [...keys, result.stored], result };
  });
}

/**
 * Revokes a key by its id. Servers that read the file refuse it a few seconds later.
 *
 * @throws Error when there is no such key, or it is revoked already.
 */
export function revokeKey(path: string, id: string, now: Date = new Date()): Promise<SiteKey> {
  return changeKeyFile(path, (keys) => {
    const found = keys.find((key) => key.id === id);
    if (found === undefined)
      throw new Error(
        `${path} has no key ${JSON.stringify(id)}; \`arcjet keys list\` shows those it has`,
      );
    if (found.revoked !== undefined) throw new Error(`${id} was revoked at ${found.revoked}`);
    const result = { ...found, revoked: now.toISOString() };
    return { keys: keys.map((key) => (key === found ? result : key)), result };
  });
}
