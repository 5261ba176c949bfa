// Takes a request apart into located values. What each place is made of is in pairs.ts, headers.ts and
// body.ts; what a value may itself contain (JSON, a URL, base64) is in structure.ts.
import type { PlusSign } from "./decode.ts";
import type { Place } from "./finding.ts";

/** A value as received, and where it stood. */
export interface Located {
  readonly place: Place;
  /** Name of the parameter, cookie, header or body field; "" where there is none. */
  readonly name: string;
  /** Way to the value inside a structured one, such as `.filter.0`. */
  readonly inner: string;
  readonly raw: string;
  readonly plus: PlusSign;
  /** Whether the value is itself a name. */
  readonly isName: boolean;
  /** Set when its place has more values, or the value more text, than are inspected. */
  readonly truncated: boolean;
}

/** Receives each located value. */
export type Visit = (located: Located) => void;
