import type { Place } from "../finding.ts";
import type { Profile } from "../profiles.ts";
import type { ShieldRequest } from "../request.ts";
import type { DetectorName } from "./names.ts";

/** A decoded value and where it stands. */
export interface Value {
  readonly place: Place;
  /** Lower-case header name, or the name of the parameter, cookie or body field. */
  readonly name: string;
  /** Way to the value inside a structured one or a path; "" for a whole value. */
  readonly inner: string;
  /** Whether the text is itself a name: of a parameter, a cookie or a body field. */
  readonly isName: boolean;
  /** Decoded to a fixpoint. */
  readonly text: string;
  /** `text` in lower case (ASCII only, so that offsets agree). */
  readonly lower: string;
  /** As it was received. */
  readonly raw: string;
  /** Whether it stands where an application expects something short, not text. */
  readonly isShort: boolean;
  /** Whether it does, and does not read as text all the same. */
  readonly isTerse: boolean;
  /** The kinds of traffic the application expects. */
  readonly profiles: ReadonlySet<Profile>;
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
  /** Whether it runs on headers with a grammar of their own, such as User-Agent. */
  readonly inAnyHeader?: boolean;
  /** Whether it runs on values that held a NUL, whatever else is in them. */
  readonly readsNul?: boolean;
  /** Whether it runs on single path segments, besides the path as a whole. */
  readonly inSegments?: boolean;
  readonly detect: (value: Value) => Hit | undefined;
}

/** Something seen in the request as a whole. */
export interface RequestHit extends Hit {
  readonly place: Place;
  readonly name: string;
  readonly raw: string;
}

/** Looks for one class of attack in what no single value shows. */
export interface RequestDetector {
  /** The detector its findings are reported as, by its place in the list. */
  readonly index: number;
  readonly detect: (request: ShieldRequest) => RequestHit | undefined;
}

/** The hit of a regular expression's match; undefined when there is none. */
export function hitOf(match: RegExpExecArray | null, score: number): Hit | undefined {
  return match ? { score, start: match.index, end: match.index + match[0].length } : undefined;
}

/** The first pattern of a list that matches, with its score. */
export function firstHit(
  text: string,
  patterns: readonly (readonly [pattern: RegExp, score: number])[],
): Hit | undefined {
  for (const [pattern, score] of patterns) {
    const hit = hitOf(pattern.exec(text), score);
    if (hit) return hit;
  }
  return undefined;
}
