// A data file that may be replaced while it is used. The new content is read and opened beside the old,
// and takes its place only when it is sound: there is no moment without data.
import { type FileStat, type FileSystem, fileSystem, readBytes } from "./files.ts";
import { GeoError } from "./geo-error.ts";

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

/** Opens a source and keeps it up to date when it is a file; throws a {@link GeoError} when it cannot. */
export function liveFile<Open>(
  input: string | URL | Uint8Array,
  open: (bytes: Uint8Array, name: string) => Open,
  options: WatchOptions = {},
  onChange: () => void = () => {},
): LiveFile<Open> {
  if (input instanceof Uint8Array) return { current: open(input, "the data"), dispose: () => {} };
  if ((typeof input !== "string" || input === "") && !(input instanceof URL))
    throw new GeoError(
      "INVALID_OPTION",
      `expected a path, a file URL or bytes, got ${typeof input}`,
    );
  const { fs = fileSystem(String(input)), interval = INTERVAL_MS } = options;
  if (!Number.isSafeInteger(interval) || interval < 1)
    throw new GeoError(
      "INVALID_OPTION",
      `\`interval\` must be milliseconds from 1, got ${interval}`,
    );
  const current = open(readBytes(input, fs), String(input));
  return options.watch === false
    ? { current, dispose: () => {} }
    : followed(input, current, open, { ...options, fs, interval, onChange });
}

function followed<Open>(
  path: string | URL,
  first: Open,
  open: (bytes: Uint8Array, name: string) => Open,
  options: WatchOptions & {
    readonly fs: FileSystem;
    readonly interval: number;
    readonly onChange: () => void;
  },
): LiveFile<Open> {
  const { fs, interval, onChange, warn = (message) => console.warn(message) } = options;
  const name = String(path);
  let current = first;
  let latest = 0;
  const changed = (now: FileStat, before: FileStat) => {
    if (now.mtimeMs === before.mtimeMs && now.size === before.size && now.ino === before.ino)
      return;
    // A size of 0 is a file that is gone, or not written yet.
    if (now.size === 0) return;
    const turn = ++latest;
    fs.promises
      .readFile(path)
      .then((bytes) => {
        // The file may have changed again, or be followed no longer, while it was read.
        if (turn !== latest) return;
        current = open(bytes, name);
        onChange();
      })
      .catch((error: unknown) => warn(`the newer ${name} is not used: ${String(error)}`));
  };
  fs.watchFile(path, { interval, persistent: false }, changed);
  return {
    get current() {
      return current;
    },
    dispose: () => {
      latest++;
      fs.unwatchFile(path, changed);
    },
  };
}
