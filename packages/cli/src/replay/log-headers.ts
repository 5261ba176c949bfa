import type { HeaderReader } from "@arcjet/core";
import type { CleanHeaders } from "./clean-headers.ts";
import type { EntryHeaders } from "./entry.ts";

/** The headers of a log entry, of which there are few: they are listed without a generator. */
export class LogHeaders implements HeaderReader {
  readonly #headers: EntryHeaders;
  #hidden: CleanHeaders | undefined;

  constructor(headers: EntryHeaders) {
    this.#headers = headers;
  }

  get(name: string): string | undefined {
    const value = Object.hasOwn(this.#headers, name) ? this.#headers[name] : undefined;
    if (typeof value !== "object") return value;
    // HTTP/2 may send each cookie in a field of its own (RFC 9113, 8.2.3).
    return value.join(name === "cookie" ? "; " : ", ");
  }

  values(name: string): readonly string[] {
    const value = Object.hasOwn(this.#headers, name) ? this.#headers[name] : undefined;
    if (value === undefined) return [];
    return typeof value === "string" ? [value] : value;
  }

  entries(): readonly (readonly [string, string])[] {
    const pairs: (readonly [string, string])[] = [];
    for (const name of Object.keys(this.#headers)) {
      const value = this.get(name) ?? "";
      if (this.#hidden?.has(name, value) !== true) pairs.push([name, value]);
    }
    return pairs;
  }

  /** Runs something that lists the headers, without those that are known to be clean. */
  without<Result>(clean: CleanHeaders, act: () => Result): Result {
    this.#hidden = clean;
    try {
      return act();
    } finally {
      this.#hidden = undefined;
    }
  }
}
