/**
 * Header values in which the shield finds nothing. A log repeats the same few user agents and referers in
 * every line, so that one that is known to be clean need not be searched again. It is searched here with
 * every detector on and nothing excluded: options of a rule find less, never more.
 */
import { createInspector, type Inspector } from "@arcjet/shield";
import type { HeaderReader } from "@arcjet/core";
import { ownText } from "./own-text.ts";

/** Values that are remembered; then all are forgotten. */
export const MAX_VALUES = 16_384;
/** Longer values are searched every time. */
export const MAX_LENGTH = 512;

const STATES = { seen: 0, clean: 1, suspect: 2 } as const;
type State = (typeof STATES)[keyof typeof STATES];

function alone(name: string, value: string): HeaderReader {
  return {
    get: (asked) => (asked === name ? value : undefined),
    values: (asked) => (asked === name ? [value] : []),
    entries: () => [[name, value]],
  };
}

export class CleanHeaders {
  readonly #inspect: Inspector = createInspector({});
  readonly #states = new Map<string, Map<string, State>>();
  #size = 0;

  /** Values that are remembered. */
  get size(): number {
    return this.#size;
  }

  /** Whether nothing is in the value; only asked again is it looked at, since most odd ones come once. */
  has(name: string, value: string): boolean {
    if (value.length > MAX_LENGTH) return false;
    const values = this.#valuesOf(name);
    const state = values.get(value);
    if (state === STATES.clean) return true;
    if (state === STATES.suspect) return false;
    if (state === undefined) {
      this.#size++;
      values.set(ownText(value, MAX_LENGTH), STATES.seen);
      return false;
    }
    const request = { method: "GET", target: "/", path: "/", query: "", cookies: "" };
    const { findings } = this.#inspect({ ...request, headers: alone(name, value) });
    values.set(ownText(value, MAX_LENGTH), findings.length === 0 ? STATES.clean : STATES.suspect);
    return findings.length === 0;
  }

  #valuesOf(name: string): Map<string, State> {
    if (this.#size >= MAX_VALUES) {
      this.#states.clear();
      this.#size = 0;
    }
    const known = this.#states.get(name);
    if (known) return known;
    const made = new Map<string, State>();
    this.#states.set(name, made);
    return made;
  }
}
