import type { HeaderReader } from "./request.ts";

/** The lower-case header record of a Node request. */
export type HeaderRecord = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads a record of lower-case header names, such as `IncomingMessage.headers`.
 *
 * @example
 * readHeaders({ host: "example.com", "x-tag": ["a", "b"] }).get("x-tag"); // "a, b"
 */
export function readHeaders(record: HeaderRecord, source?: DistinctHeaders): HeaderReader {
  return new RecordReader(record, source);
}

/** A request that can tell repeated fields apart, such as `IncomingMessage`. */
interface DistinctHeaders {
  readonly headersDistinct?: HeaderRecord;
}

const COLON = 58;

/** A field of its own; what HTTP/2 writes behind a colon is none (RFC 9113, 8.3). */
const field = (record: HeaderRecord, name: string): HeaderRecord[string] =>
  name.charCodeAt(0) !== COLON && Object.hasOwn(record, name) ? record[name] : undefined;

class RecordReader implements HeaderReader {
  readonly #record: HeaderRecord;
  readonly #source: DistinctHeaders | undefined;

  constructor(record: HeaderRecord, source: DistinctHeaders | undefined) {
    this.#record = record;
    this.#source = source;
  }

  get(name: string): string | undefined {
    const value = field(this.#record, name);
    return typeof value === "object" ? value.join(", ") : value;
  }

  values(name: string): readonly string[] {
    const value = field(this.#source?.headersDistinct ?? this.#record, name);
    if (value === undefined) return [];
    return typeof value === "string" ? [value] : value;
  }

  *entries(): Iterable<readonly [string, string]> {
    for (const name of Object.keys(this.#record)) {
      const value = this.get(name);
      if (value !== undefined) yield [name, value];
    }
  }
}

/** Reads the web platform's `Headers`, where repeated fields are already joined. */
export function readWebHeaders(headers: Headers): HeaderReader {
  return new WebReader(headers);
}

class WebReader implements HeaderReader {
  readonly #headers: Headers;

  constructor(headers: Headers) {
    this.#headers = headers;
  }

  get(name: string): string | undefined {
    return this.#headers.get(name) ?? undefined;
  }

  values(name: string): readonly string[] {
    const value = this.#headers.get(name);
    return value === null ? [] : [value];
  }

  entries(): Iterable<readonly [string, string]> {
    return this.#headers.entries();
  }
}
