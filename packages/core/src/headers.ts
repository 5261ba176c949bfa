import type { HeaderReader } from "./request.ts";

/** The lower-case header record of a Node request. */
export type HeaderRecord = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads a record of lower-case header names, such as `IncomingMessage.headers`.
 *
 * @example
 * readHeaders({ host: "example.com", "x-tag": ["a", "b"] }).get("x-tag"); // "a, b"
 */
export function readHeaders(
  record: HeaderRecord,
  distinct: () => HeaderRecord = () => record,
): HeaderReader {
  return new RecordReader(record, distinct);
}

class RecordReader implements HeaderReader {
  readonly #record: HeaderRecord;
  readonly #distinct: () => HeaderRecord;

  constructor(record: HeaderRecord, distinct: () => HeaderRecord) {
    this.#record = record;
    this.#distinct = distinct;
  }

  get(name: string): string | undefined {
    const value = Object.hasOwn(this.#record, name) ? this.#record[name] : undefined;
    return typeof value === "object" ? value.join(", ") : value;
  }

  values(name: string): readonly string[] {
    const distinct = this.#distinct();
    const value = Object.hasOwn(distinct, name) ? distinct[name] : undefined;
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
