/** One log as the requests in it, in its own order. */
import { open } from "node:fs/promises";
import { addAbortSignal, Readable } from "node:stream";
import type { LineFormat, LineParser, LogEntry } from "./entry.ts";
import { createMixedParser, detectFormat, LINE_FORMATS, MAX_SAMPLE } from "./formats/detect.ts";
import { splitEntries } from "./formats/har-entries.ts";
import { looksLikeHar, parseEntry } from "./formats/har.ts";
import { peek, readLines, TOO_LONG, unpack } from "./lines.ts";

/** Where a log is read from. */
export interface LogInput {
  /** As it was given; "-" for the standard input. */
  readonly name: string;
  /** Bytes, where they are known beforehand. */
  readonly size: number | undefined;
  readonly read: () => AsyncIterable<Uint8Array>;
}

/** What a log is read with. */
export interface ReadOptions {
  /** Found out from the first lines when it is not given. */
  readonly format: LineFormat | "har" | undefined;
  readonly onUnparsed: (name: string, line: number, text: string) => void;
  readonly onBytes: (bytes: number) => void;
  readonly onWarning: (message: string) => void;
  /** Told when a log could not be read to its end. */
  readonly onBroken: (message: string) => void;
}

const CHUNK = 262_144;
/** The last moment of the year 9999, in milliseconds. */
const MAX_TIME = 253_402_300_799_999;

/**
 * A file as an input.
 *
 * @throws Error when there is none, or it cannot be read.
 */
export async function fileInput(name: string, stopped?: AbortSignal): Promise<LogInput> {
  const file = await open(name).catch((cause: unknown) => {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const why = missing ? "there is no such file" : String(cause);
    throw new Error(`cannot read ${name}: ${why}; name a log, or - for the standard input`, {
      cause,
    });
  });
  const stats = await file.stat();
  if (stats.isDirectory()) {
    await file.close();
    throw new Error(`${name} is a directory: name the logs in it`);
  }
  return {
    name,
    size: stats.isFile() ? stats.size : undefined,
    read: () => endingWith(stopped, file.createReadStream({ highWaterMark: CHUNK })),
  };
}

/** A stream that breaks off when the signal aborts. */
export function endingWith(
  stopped: AbortSignal | undefined,
  stream: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  return stopped && stream instanceof Readable ? addAbortSignal(stopped, stream) : stream;
}

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  onBytes: ReadOptions["onBytes"],
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    onBytes(chunk.length);
    yield chunk;
  }
}

/** A log that breaks off, as a gzip file that is still being written, ends there. */
async function* untilBroken<Batch>(
  batches: AsyncIterable<Batch>,
  { name }: LogInput,
  onBroken: ReadOptions["onBroken"],
): AsyncGenerator<Batch> {
  try {
    yield* batches;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const stopped = cause instanceof Error && cause.name === "AbortError";
    onBroken(`${name} could not be read to its end: ${stopped ? "it was stopped" : message}`);
  }
}

/** The requests of a log, those of one chunk together; a line is read when its turn comes. */
export async function* readEntries(
  input: LogInput,
  options: ReadOptions,
): AsyncGenerator<Iterable<LogEntry>> {
  const bytes = unpack(counted(input.read(), options.onBytes));
  const { first, stream } = await peek(untilBroken(bytes, input, options.onBroken));
  const { format } = options;
  if (format === "har" || (format === undefined && looksLikeHar(first.toString("latin1"))))
    yield* readArchive(stream, input, options);
  else yield* readEachLine(stream, input, { ...options, format });
}

interface LineOptions extends ReadOptions {
  readonly format: LineFormat | undefined;
}

async function* readEachLine(
  stream: AsyncIterable<Buffer>,
  input: LogInput,
  options: LineOptions,
): AsyncGenerator<Iterable<LogEntry>> {
  let parse = options.format?.create();
  let waiting: string[] = [];
  let number = 0;
  const toEntries = function* (lines: readonly string[]): Generator<LogEntry> {
    for (const line of lines) {
      number++;
      if (line === "") continue;
      const parsed = line === TOO_LONG ? undefined : parse!(line);
      if (parsed === "skip") continue;
      if (hasTime(parsed)) yield parsed;
      else options.onUnparsed(input.name, number, line);
    }
  };
  for await (const lines of readLines(stream)) {
    if (parse !== undefined) yield toEntries(lines);
    else if ((waiting = [...waiting, ...lines]).length >= MAX_SAMPLE) {
      parse = choose(waiting, input, options);
      yield toEntries(waiting);
    }
  }
  if (parse !== undefined || waiting.length === 0) return;
  parse = choose(waiting, input, options);
  yield toEntries(waiting);
}

function hasTime(entry: LogEntry | undefined): entry is LogEntry {
  return entry !== undefined && entry.time >= 0 && entry.time <= MAX_TIME;
}

function choose(lines: readonly string[], input: LogInput, { onWarning }: ReadOptions): LineParser {
  const known = detectFormat(lines);
  if (known === undefined)
    onWarning(`the format of ${input.name} is none that is known: name it with --format`);
  return createMixedParser(known ?? LINE_FORMATS[0]!);
}

/** An entry that is no request is counted as a line that cannot be read, by its number. */
async function* readArchive(
  stream: AsyncIterable<Buffer>,
  input: LogInput,
  { onUnparsed, onBroken }: ReadOptions,
): AsyncGenerator<Iterable<LogEntry>> {
  let number = 0;
  const toEntries = function* (texts: readonly (Buffer | undefined)[]): Generator<LogEntry> {
    for (const bytes of texts) {
      number++;
      const text = bytes?.toString("utf8");
      const entry = text === undefined ? undefined : parseEntry(text);
      if (hasTime(entry)) yield entry;
      else onUnparsed(input.name, number, text ?? TOO_LONG);
    }
  };
  for await (const texts of untilBroken(splitEntries(stream), input, onBroken))
    yield toEntries(texts);
}
