// A data file that may be replaced while it is used. The new content is read and opened beside the old,
// and takes its place only when it is sound: there is no moment without data.
import { type FileStat, type FileSystem, fileSystem, readBytes } from "./files.ts";

/** How a file is followed. */
export interface WatchOptions {
  /** Whether to look for a newer file. Default: true for a path, never for bytes. */
  readonly watch?: boolean;
  /** Milliseconds between two looks. Default: 5000. */
  readonly interval?: number;
  /** Told when a newer file cannot be used; the old data stays. Default: `console.warn`. */
  readonly warn?: (message: string) => void;
  /** The file system. Default: that of the runtime. */
  readonly fs?: FileSystem;
}

/** What is opened from bytes or from a file. */
export interface LiveFile<Open> {
  readonly current: Open;
  dispose(): void;
}

/** Milliseconds between two looks at a file. */
const INTERVAL_MS = 5000;

/** Opens a source and keeps it up to date when it is a file. */
export function liveFile<Open>(
  input: string | URL | Uint8Array,
  open: (bytes: Uint8Array, name: string) => Open,
  options: WatchOptions = {},
): LiveFile<Open> {
  if (input instanceof Uint8Array) return { current: open(input, "the data"), dispose: () => {} };
  const { fs = fileSystem(String(input)), warn = (message) => console.warn(message) } = options;
  const name = String(input);
  let current = open(readBytes(input, fs), name);
  if (options.watch === false) return { current, dispose: () => {} };
  const changed = (now: FileStat, before: FileStat) => {
    if (now.mtimeMs === before.mtimeMs && now.size === before.size && now.ino === before.ino)
      return;
    // A size of 0 is a file that is gone, or not written yet.
    if (now.size === 0) return;
    fs.promises
      .readFile(input)
      .then((bytes) => {
        current = open(bytes, name);
      })
      .catch((error: unknown) => warn(`the newer ${name} is not used: ${String(error)}`));
  };
  fs.watchFile(input, { interval: options.interval ?? INTERVAL_MS, persistent: false }, changed);
  return {
    get current() {
      return current;
    },
    dispose: () => fs.unwatchFile(input, changed),
  };
}
