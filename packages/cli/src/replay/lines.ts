/** Bytes as lines: gzip is unpacked, and a line that never ends does not fill the memory. */
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** Longest line in bytes; what is longer is counted as one line that cannot be parsed. */
export const MAX_LINE = 65_536;
/** Stands for a line that was too long. */
export const TOO_LONG = "\0too long";
/** Bytes that tell what kind of file it is. */
const MIN_PEEK = 256;
/** What some programs write in front of UTF-8. */
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** Bytes that are unpacked at a time. */
const CHUNK = 262_144;
const NEWLINE = 10;
const RETURN = 13;

/** Unpacks a stream that begins with the two bytes of gzip; any other is passed on. */
export async function* unpack(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const source = stream[Symbol.asyncIterator]();
  let first = Buffer.alloc(0);
  let ended = false;
  while (first.length < 2 && !ended) {
    const { done, value } = await source.next();
    if (done === true) ended = true;
    else first = Buffer.concat([first, value]);
  }
  const whole = rejoin(first, source);
  if (first[0] !== 0x1f || first[1] !== 0x8b) {
    yield* whole;
    return;
  }
  const gunzip = createGunzip({ chunkSize: CHUNK });
  // What goes wrong on the way ends the iteration below with the error.
  pipeline(Readable.from(whole, { objectMode: false }), gunzip, () => undefined);
  yield* gunzip as AsyncIterable<Buffer>;
}

/** Looks at the first bytes of a stream, and gives the whole stream back without a byte order mark. */
export async function peek(
  stream: AsyncIterable<Buffer>,
): Promise<{ readonly first: Buffer; readonly stream: AsyncIterable<Buffer> }> {
  const source = stream[Symbol.asyncIterator]();
  let first: Buffer = Buffer.alloc(0);
  while (first.length < MIN_PEEK) {
    const { done, value } = await source.next();
    if (done === true) break;
    first = first.length === 0 ? value : Buffer.concat([first, value]);
  }
  if (first.subarray(0, MARK.length).equals(MARK)) first = first.subarray(MARK.length);
  return { first, stream: rejoin(first, source) };
}

async function* rejoin(first: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next())
    yield Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
}

/**
 * The lines of a stream, those of one chunk together; each byte is one character of the same number.
 * Every line is a string of its own: a piece of one that is kept does not keep a chunk.
 */
export async function* readLines(stream: AsyncIterable<Buffer>): AsyncGenerator<readonly string[]> {
  let carried = Buffer.alloc(0);
  let skipping = false;
  for await (const chunk of stream) {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      if (skipping) lines.push(TOO_LONG);
      else if (carried.length > 0)
        lines.push(toLine(Buffer.concat([carried, chunk.subarray(start, end)])));
      else lines.push(toLine(chunk, start, end));
      carried = carried.subarray(0, 0);
      skipping = false;
      start = end + 1;
    }
    if (start < chunk.length && !skipping)
      carried = Buffer.concat([carried, chunk.subarray(start)]);
    if (carried.length > MAX_LINE) {
      skipping = true;
      carried = Buffer.alloc(0);
    }
    yield lines;
  }
  if (skipping) yield [TOO_LONG];
  else if (carried.length > 0) yield [toLine(carried)];
}

function toLine(bytes: Buffer, start = 0, end: number = bytes.length): string {
  const last = end > start && bytes[end - 1] === RETURN ? end - 1 : end;
  return last - start > MAX_LINE ? TOO_LONG : bytes.toString("latin1", start, last);
}
