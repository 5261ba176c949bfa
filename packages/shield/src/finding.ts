import type { DetectorName } from "./detectors/names.ts";

/** The part of a request a value stands in. */
export type Place = "target" | "method" | "path" | "query" | "cookie" | "header" | "body";

/** One thing a detector saw. */
export interface Finding {
  readonly detector: DetectorName;
  /** Where it stood, such as `query.id`, `path` or `cookie.session`. */
  readonly location: string;
  /** The part of the request; with `name`, the two halves of `location`. */
  readonly place: Place;
  /** Name of the parameter, cookie, header or body field; "" where the place has none. */
  readonly name: string;
  /** The part of the value that spoke, shortened and with secrets redacted. */
  readonly evidence: string;
  /** From 1 to 5: 5 is an attack, 2 to 4 suspicious. */
  readonly score: number;
  /** Span of the evidence in the value as received, in UTF-16 code units, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Unsigned 32-bit hash of detector, location and value, to tell distinct findings apart. */
  readonly hash: number;
  /** Set when the value, or the request, was too long and only its head and tail were inspected. */
  readonly truncated?: true;
  /** Set when the detector only logs: the finding is reported and adds nothing to the score. */
  readonly logged?: true;
}

/** What is known of one request after inspection. */
export interface Inspection {
  /** 5 or more is an attack, 2 to 4 suspicious. */
  readonly score: number;
  readonly findings: readonly Finding[];
}
