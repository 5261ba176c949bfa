import type { Place } from "../finding.ts";
import type { DetectorName } from "./names.ts";

/** A decoded value and where it stands. */
export interface Value {
  readonly place: Place;
  /** Lower-case header name, or the name of the parameter, cookie or body field. */
  readonly name: string;
  /** Whether the text is itself a name: of a parameter, a cookie or a body field. */
  readonly isName: boolean;
  /** Decoded to a fixpoint. */
  readonly text: string;
  /** `text` in lower case (ASCII only, so that offsets agree). */
  readonly lower: string;
  /** As it was received. */
  readonly raw: string;
}

/** What a detector saw: a score and the span in `text`. */
export interface Hit {
  readonly score: number;
  readonly start: number;
  readonly end: number;
}

/** Looks for one class of attack in one value. */
export interface Detector {
  readonly name: DetectorName;
  /** The detector runs only on values that contain one of these, in lower case. */
  readonly keywords: readonly string[];
  readonly detect: (value: Value) => Hit | undefined;
}
