/**
 * A HAR file is one JSON document that may be longer than the memory, mostly for the answers in it. Its
 * bytes are followed only as far as it takes to find `log.entries`, and where each of them begins and ends.
 */

/** Longest entry in bytes, its answer included. */
export const MAX_ENTRY = 33_554_432;
/** Longest name of a field that is looked at. */
const MAX_NAME = 16;
/** Depths within `{ "log": { "entries": [ { … } ] } }`. */
const DEPTH = { file: 1, log: 2, entries: 3, entry: 4 } as const;
const BYTE = {
  quote: 34,
  open: 123,
  close: 125,
  openList: 91,
  closeList: 93,
  backslash: 92,
} as const;

class Splitter {
  /** Whether the list of entries has begun, and whether it has ended. */
  begun = false;
  ended = false;
  #depth = 0;
  #isText = false;
  #isEscaped = false;
  /** The last text outside of the entries, which names what follows. */
  #name = "";
  #isLog = false;
  #parts: Buffer[] = [];
  #size = 0;
  #isEntry = false;

  /** The entries that end in these bytes; undefined for one that is too long. */
  split(chunk: Buffer): (Buffer | undefined)[] {
    const entries: (Buffer | undefined)[] = [];
    let start = this.#isEntry ? 0 : -1;
    for (let at = 0; at < chunk.length && !this.ended; at++) {
      const byte = chunk[at]!;
      if (this.#isText) this.#readText(byte);
      else if (byte === BYTE.quote) this.#openText();
      else if (byte === BYTE.open || byte === BYTE.openList) {
        if (this.#open(byte)) start = at;
      } else if (byte === BYTE.close || byte === BYTE.closeList) {
        if (!this.#close()) continue;
        this.#keep(chunk.subarray(start, at + 1));
        entries.push(this.#take());
        start = -1;
      }
    }
    if (start !== -1) this.#keep(chunk.subarray(start));
    return entries;
  }

  #openText(): void {
    this.#isText = true;
    if (!this.begun) this.#name = "";
  }

  #readText(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BYTE.backslash) this.#isEscaped = true;
    else if (byte === BYTE.quote) this.#isText = false;
    else if (!this.begun && this.#name.length <= MAX_NAME) this.#name += String.fromCharCode(byte);
  }

  /** True when it opens an entry. */
  #open(byte: number): boolean {
    this.#depth++;
    if (this.begun) {
      const opens = this.#depth === DEPTH.entry && byte === BYTE.open;
      this.#isEntry ||= opens;
      return opens;
    }
    if (this.#depth === DEPTH.log) this.#isLog = this.#name === "log" && byte === BYTE.open;
    const isList = this.#depth === DEPTH.entries && byte === BYTE.openList;
    this.begun = isList && this.#isLog && this.#name === "entries";
    return false;
  }

  /** True when it closes an entry. */
  #close(): boolean {
    this.#depth--;
    this.ended = this.begun && this.#depth < DEPTH.entries;
    const closes = this.#isEntry && this.#depth === DEPTH.entries;
    if (closes) this.#isEntry = false;
    return closes;
  }

  #keep(part: Buffer): void {
    this.#size += part.length;
    if (this.#size > MAX_ENTRY) this.#parts = [];
    else this.#parts.push(part);
  }

  #take(): Buffer | undefined {
    const entry = this.#size > MAX_ENTRY ? undefined : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#size = 0;
    return entry;
  }
}

/**
 * The texts of the entries of a HAR file, those that end in one chunk together; undefined for each that is
 * longer than {@link MAX_ENTRY}.
 *
 * @throws Error when there is no list of entries, or the file ends within it.
 */
export async function* splitEntries(
  stream: AsyncIterable<Buffer>,
): AsyncGenerator<readonly (Buffer | undefined)[]> {
  const splitter = new Splitter();
  for await (const chunk of stream) yield splitter.split(chunk);
  if (!splitter.begun) throw new Error("it has no log.entries");
  if (!splitter.ended) throw new Error("it ends within log.entries");
}
