// Makes a new pack and puts it in the place of the old one, whole or not at all: everything is read,
// compiled, written beside the old file and opened from there before the one step that replaces it.
import { type FileSystem, fileSystem } from "../files.ts";
import { GeoError } from "../geo-error.ts";
import { parseBlocks } from "../lists/parse-blocks.ts";
import { parseNetworks } from "../lists/parse-networks.ts";
import { buildDay, isMmdb, openMmdb } from "../mmdb/reader.ts";
import { compilePack } from "../pack/compile.ts";
import { type OpenPack, openPackBytes } from "../pack/open.ts";
import type { PackSource } from "../pack/sources.ts";
import { type DownloadOptions, MAX_DOWNLOAD, type Progress, readSource } from "./download.ts";
import { defaultSources } from "./default-sources.ts";
import { infoOf, type PackInfo } from "./pack-info.ts";
import type { UpdateSource } from "./source.ts";

/** How a pack is made. */
export interface BuildOptions {
  /** The file to make or replace. */
  readonly path: string;
  /** What it is made from; of tables that cover an address the earlier counts. */
  readonly sources: readonly UpdateSource[];
  /** A new pack with less than this share of the old one's segments is refused, 0 to 1. Default: 0.5. */
  readonly minShare?: number;
  /** Milliseconds one source may take. Default: 120,000. */
  readonly timeout?: number;
  /** Bytes one source may have, unpacked. Default: 536,870,912. */
  readonly maxBytes?: number;
  /** Told of every step, for a progress bar. */
  readonly onProgress?: (progress: Progress) => void;
  readonly fetch?: typeof fetch;
  readonly fs?: FileSystem;
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
}

/** How a pack is renewed. */
export interface UpdateOptions extends Omit<BuildOptions, "sources"> {
  /** Default: `defaultSources`. */
  readonly sources?: readonly UpdateSource[];
}

const TIMEOUT_MS = 120_000;
const MIN_SHARE = 0.5;

/**
 * Makes a pack from what is published now, checks it and replaces the file at `path` in one step. When
 * anything fails it rejects with a {@link GeoError} and the old file stays as it was.
 *
 * @example
 * const info = await updatePack({ path: "./ip.pack", onProgress: ({ step }) => console.log(step) });
 */
export async function updatePack(options: UpdateOptions): Promise<PackInfo> {
  return buildPack({ ...options, sources: options.sources ?? defaultSources });
}

/**
 * Makes a pack from files and URLs, checks it and replaces the file at `path` in one step. When anything
 * fails it rejects with a {@link GeoError} and the old file stays as it was.
 *
 * @example
 * await buildPack({ path: "./ip.pack", sources: [packSource("table=./ip2asn-combined.tsv.gz")] });
 */
export async function buildPack(options: BuildOptions): Promise<PackInfo> {
  checkOptions(options);
  const { path, fs = fileSystem(path), onProgress = () => {}, now = Date.now } = options;
  const sources = await readAll(options, fs, onProgress, isoDay(now()));
  onProgress({ step: "compile" });
  const bytes = compilePack(sources);
  onProgress({ step: "write" });
  const temporary = `${path}.${crypto.randomUUID()}.new`;
  try {
    await writeSynced(fs, temporary, bytes);
    onProgress({ step: "check" });
    const written = openPackBytes(await fs.promises.readFile(temporary), temporary);
    checkAgainst(written, await oldPack(fs, path), options.minShare ?? MIN_SHARE);
    await fs.promises.rename(temporary, path);
    return infoOf(written);
  } catch (cause) {
    // What could not be written cannot always be removed; why it could not be written is what counts.
    await fs.promises.rm(temporary, { force: true }).catch(() => {});
    if (cause instanceof GeoError) throw cause;
    throw new GeoError("FILE", `cannot write ${path}: ${String(cause)}`, { cause });
  }
}

function checkOptions({ path, sources, minShare = MIN_SHARE }: BuildOptions): void {
  if (typeof path !== "string" || path === "")
    throw new GeoError("INVALID_OPTION", "`path` must name the file to make, such as ./ip.pack");
  if (!Array.isArray(sources) || sources.length === 0)
    throw new GeoError(
      "INVALID_OPTION",
      '`sources` must name at least one table or list, such as packSource("table=./ip2asn.tsv.gz")',
    );
  if (!(minShare >= 0 && minShare <= 1))
    throw new GeoError("INVALID_OPTION", `\`minShare\` must be from 0 to 1, got ${minShare}`);
}

async function readAll(
  options: BuildOptions,
  fs: FileSystem,
  onProgress: (progress: Progress) => void,
  today: string,
): Promise<PackSource[]> {
  const how: DownloadOptions = {
    fetch: options.fetch ?? fetch,
    fs,
    timeout: options.timeout ?? TIMEOUT_MS,
    maxBytes: options.maxBytes ?? MAX_DOWNLOAD,
    onProgress,
  };
  const read: PackSource[] = [];
  for (const { kind, name, from, attribution, label, optional = false } of options.sources) {
    onProgress({ step: "download", source: name });
    try {
      const { data, changed } = await readSource(name, from, how);
      // A list that does not have to be there must not stop the others by what it holds, either.
      if (optional) checkList(kind, name, data);
      const date = [today, ...daysOf(data, changed)].toSorted()[0];
      read.push({ kind, name, data, date, attribution, label });
    } catch (error) {
      if (!optional || !(error instanceof GeoError)) throw error;
      onProgress({ step: "skip", source: name, message: error.message });
    }
  }
  return read;
}

/** Throws a {@link GeoError} when a list cannot be read; tables are read once, when they are compiled. */
function checkList(kind: UpdateSource["kind"], name: string, data: Uint8Array): void {
  if (kind === "table") return;
  const text = new TextDecoder().decode(data);
  if (kind === "networks") parseNetworks(text, name);
  else parseBlocks(text, name, 0);
}

/** The days that data tells of itself: when its file was changed, and for MMDB when it was built. */
function daysOf(data: Uint8Array, changed: number | undefined): string[] {
  const days = changed === undefined ? [] : [isoDay(changed)];
  const built = isMmdb(data) ? buildDay(openMmdb(data).metadata) : undefined;
  return built === undefined ? days : [...days, built];
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

async function writeSynced(fs: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const file = await fs.promises.open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The pack that is there now; undefined when there is none, or none that can be opened. */
async function oldPack(fs: FileSystem, path: string): Promise<OpenPack | undefined> {
  try {
    return openPackBytes(await fs.promises.readFile(path), path);
  } catch {
    return undefined;
  }
}

function checkAgainst(pack: OpenPack, old: OpenPack | undefined, minShare: number): void {
  if (old === undefined) return;
  const counts = [
    ["IPv4 segments", pack.segments.v4, old.segments.v4],
    ["IPv6 segments", pack.segments.v6, old.segments.v6],
    ["networks", pack.networks, old.networks],
  ] as const;
  for (const [what, now, before] of counts)
    if (now < before * minShare)
      throw new GeoError(
        "CHECK",
        `the new pack has ${now} ${what} where the old one has ${before}: the old one is kept; set \`minShare\` if this is meant`,
      );
}
