import type { HeaderReader } from "@arcjet/core";
import type { EntryHeaders } from "./entry.ts";

/** The headers of a log entry, of which there are few: they are listed without a generator. */
export class LogHeaders implements HeaderReader {
  readonly #headers: EntryHeaders;

  constructor(headers: EntryHeaders) {
    this.#headers = headers;
  }

  get(name: string): string | undefined {
    const value = Object.hasOwn(this.#headers, name) ? this.#headers[name] : undefined;
    return typeof value === "object" ? value.join(", ") : value;
  }

  values(name: string): readonly string[] {
    const value = Object.hasOwn(this.#headers, name) ? this.#headers[name] : undefined;
    if (value === undefined) return [];
    return typeof value === "string" ? [value] : value;
  }

  entries(): readonly (readonly [string, string])[] {
    const pairs: (readonly [string, string])[] = [];
    for (const name of Object.keys(this.#headers)) pairs.push([name, this.get(name) ?? ""]);
    return pairs;
  }
}
