// The keys a server accepts: those on the command line, and those of a file that is looked at every two
// seconds, so that a key is created or revoked without a restart.
import { stat } from "node:fs/promises";
import { readKeyFile, siteKey, type SiteKey } from "@arcjet/server";

/** Milliseconds between two looks at the file. */
const POLL_MS = 2_000;

/** A key below this length may be guessed by trying. */
const SAFE_KEY_LENGTH = 22;

/** What to say of a key that is short; undefined when it is not. */
export function complaintOf(key: string | undefined): string | undefined {
  if (key === undefined || key.length >= SAFE_KEY_LENGTH) return undefined;
  return "The key is short enough to be guessed; `arcjet keys create` makes one that is not";
}

export interface KeySource {
  readonly keys: readonly SiteKey[];
  /** Those that are in no file. */
  readonly fixed: readonly SiteKey[];
  /** Calls back with all keys when the file has changed, until the signal aborts. */
  watch(
    changed: (keys: readonly SiteKey[]) => void,
    failed: (cause: unknown) => void,
    stopped: AbortSignal,
  ): void;
}

async function stampOf(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return "absent";
  }
}

/**
 * Reads the keys a server starts with. A key on its own is for the site `default`.
 *
 * @throws Error when the file is no file of keys, TypeError when the key is none.
 */
export async function openKeys(
  key: string | undefined,
  file: string | undefined,
): Promise<KeySource> {
  const fixed = key === undefined ? [] : [siteKey(key, "default")];
  if (file === undefined) return { keys: fixed, fixed, watch: () => undefined };
  let stamp = await stampOf(file);
  const keys = [...fixed, ...(await readKeyFile(file))];
  return {
    keys,
    fixed,
    watch: (changed, failed, stopped) => {
      const look = async (): Promise<void> => {
        const now = await stampOf(file);
        if (now === stamp) return;
        stamp = now;
        changed([...fixed, ...(await readKeyFile(file))]);
      };
      const timer = setInterval(() => void look().catch(failed), POLL_MS);
      stopped.addEventListener("abort", () => clearInterval(timer), { once: true });
    },
  };
}
