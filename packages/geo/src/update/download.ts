// Bytes from a URL, a file or memory, bounded in size and time; gzip is unpacked.
import { type FileSystem, readBytes } from "../files.ts";
import { GeoError } from "../geo-error.ts";

/** The largest download, and the largest content of one, in bytes. */
export const MAX_DOWNLOAD: number = 512 * 1024 * 1024;

/** How far an update has come. */
export interface Progress {
  /** `skip`: an optional source could not be read. */
  readonly step: "download" | "skip" | "compile" | "write" | "check";
  /** Name of the source, while one is read. */
  readonly source?: string;
  /** Bytes read so far. */
  readonly received?: number;
  /** Bytes to come in all, where the server says so. */
  readonly total?: number;
  /** Why a source was left out. */
  readonly message?: string;
}

/** The content of a source. */
export interface SourceContent {
  readonly data: Uint8Array;
  /** When a file was last changed, milliseconds since the epoch; undefined for what is read now. */
  readonly changed: number | undefined;
}

/** How sources are read. */
export interface DownloadOptions {
  readonly fetch: typeof fetch;
  readonly fs: FileSystem;
  /** Milliseconds one source may take. */
  readonly timeout: number;
  readonly maxBytes: number;
  readonly onProgress: (progress: Progress) => void;
}

/** Reads one source; throws a {@link GeoError} that names it when it cannot be read. */
export async function readSource(
  name: string,
  from: string | URL | Uint8Array,
  options: DownloadOptions,
): Promise<SourceContent> {
  const { data, changed } = await readRaw(name, from, options);
  if (data.length > options.maxBytes)
    throw new GeoError("DOWNLOAD", `${name} is larger than ${options.maxBytes} bytes`);
  const zipped = data[0] === 0x1f && data[1] === 0x8b;
  return { data: zipped ? await unzip(name, data, options.maxBytes) : data, changed };
}

async function readRaw(
  name: string,
  from: string | URL | Uint8Array,
  options: DownloadOptions,
): Promise<SourceContent> {
  if (from instanceof Uint8Array) return { data: from, changed: undefined };
  if (isUrl(from)) return { data: await download(name, String(from), options), changed: undefined };
  const data = readBytes(from, options.fs);
  return { data, changed: options.fs.statSync(from).mtimeMs };
}

function isUrl(from: string | URL): boolean {
  return /^https?:/i.test(String(from));
}

async function download(name: string, url: string, options: DownloadOptions): Promise<Uint8Array> {
  const failed = (why: string, cause?: unknown) =>
    new GeoError("DOWNLOAD", `${name} could not be read from ${url}: ${why}`, { cause });
  let response: Response;
  try {
    response = await options.fetch(url, { signal: AbortSignal.timeout(options.timeout) });
  } catch (cause) {
    throw failed(String(cause), cause);
  }
  if (!response.ok || response.body === null)
    throw failed(`the server answered ${response.status}`);
  // What was packed for the way arrives unpacked, so its length says nothing.
  const packed = response.headers.has("content-encoding");
  const length = packed ? Number.NaN : Number(response.headers.get("content-length") ?? Number.NaN);
  try {
    return await collect(response.body, options.maxBytes, (received) =>
      options.onProgress({
        step: "download",
        source: name,
        received,
        ...(Number.isFinite(length) && { total: length }),
      }),
    );
  } catch (cause) {
    throw failed(String(cause), cause);
  }
}

async function unzip(name: string, bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  try {
    // A copy over a buffer of its own: a Response does not take shared memory.
    const stream = new Response(new Uint8Array(bytes)).body?.pipeThrough(
      new DecompressionStream("gzip"),
    );
    if (stream === undefined) throw new TypeError("it is empty");
    return await collect(stream, maxBytes, () => {});
  } catch (cause) {
    throw new GeoError("DOWNLOAD", `${name} cannot be unpacked: ${String(cause)}`, { cause });
  }
}

async function collect(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
  onReceived: (received: number) => void,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let received = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    received += value.length;
    if (received > maxBytes) {
      await reader.cancel();
      throw new RangeError(`it is larger than ${maxBytes} bytes`);
    }
    chunks.push(value);
    onReceived(received);
  }
  const bytes = new Uint8Array(received);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
