// Files, where the runtime has them. Nothing is imported, so that the package loads at the edge, where
// data comes as bytes instead.
import { GeoError } from "./geo-error.ts";

/** The few things of `node:fs` and `node:path` that are used. */
export interface FileSystem {
  readFileSync(path: string | URL): Uint8Array;
  statSync(path: string | URL): FileStat;
  watchFile(
    path: string | URL,
    options: { readonly interval: number; readonly persistent: boolean },
    listener: (now: FileStat, before: FileStat) => void,
  ): unknown;
  unwatchFile(path: string | URL, listener: (now: FileStat, before: FileStat) => void): void;
  readonly promises: {
    readFile(path: string | URL): Promise<Uint8Array>;
    open(path: string, flags: string): Promise<FileHandle>;
    rename(from: string, to: string): Promise<void>;
    rm(path: string, options: { readonly force: boolean }): Promise<void>;
  };
}

/** When and how large a file is. */
export interface FileStat {
  readonly mtimeMs: number;
  readonly size: number;
  readonly ino: number;
}

/** An open file. */
export interface FileHandle {
  writeFile(data: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

interface Host {
  readonly process?: { getBuiltinModule?(name: string): unknown };
}

/** The file system of the runtime; throws a {@link GeoError} where there is none. */
export function fileSystem(what: string): FileSystem {
  const host: Host & object = globalThis;
  const fs = host.process?.getBuiltinModule?.("node:fs");
  if (typeof fs !== "object" || fs === null)
    throw new GeoError(
      "NO_FILE_SYSTEM",
      `${what} names a file, and this runtime has no file system: pass the bytes (Uint8Array)`,
    );
  // node:fs has all of these since Node 20; types of Node are not available to sources of this package.
  return fs as FileSystem;
}

/** Reads a file; throws a {@link GeoError} that names it. */
export function readBytes(
  path: string | URL,
  fs: FileSystem = fileSystem(String(path)),
): Uint8Array {
  try {
    return fs.readFileSync(path);
  } catch (cause) {
    throw new GeoError("FILE", `cannot read ${String(path)}: ${String(cause)}`, { cause });
  }
}
