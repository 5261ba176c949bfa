import type { FileStat, FileSystem } from "../src/files.ts";

/** A file system of one file, whose changes are announced by hand. */
export function playedFile(first: Uint8Array) {
  let content = first;
  let listener: ((now: FileStat, before: FileStat) => void) | undefined;
  let mtimeMs = 1;
  const fs: Partial<FileSystem> = {
    readFileSync: () => content,
    watchFile: (_path, _options, told) => void (listener = told),
    unwatchFile: () => void (listener = undefined),
    promises: { readFile: async () => content } as unknown as FileSystem["promises"],
  };
  return {
    // Only these members are used by a provider.
    fs: fs as FileSystem,
    isWatched: () => listener !== undefined,
    replace(next: Uint8Array) {
      content = next;
      const before = { mtimeMs, size: 1, ino: 1 };
      listener?.({ mtimeMs: ++mtimeMs, size: next.length, ino: 1 }, before);
      // The file is read in a microtask or two.
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
}
