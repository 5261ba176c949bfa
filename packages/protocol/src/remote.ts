import type { DecisionData, RuleResultData } from "./decision.ts";
import type { RuleSpec } from "./spec.ts";

/** What a remote decider is told of a request; every `ArcjetRequest` of `@arcjet/core` is one. */
export interface RemoteRequest {
  /** Canonical text of the client address; "" when unknown. */
  readonly ip: string;
  /** How the address was found, such as `direct` or `unverified-header`. */
  readonly provenance: string;
  /** What a client without other characteristics is counted by. */
  readonly clientKey: string;
  readonly method: string;
  /** "http:" or "https:". */
  readonly protocol: string;
  readonly host: string;
  readonly httpVersion: string | undefined;
  /** Path as received, without the query. */
  readonly path: string;
  /** With its leading "?", or "". */
  readonly query: string;
  /** The Cookie header as received, or "". */
  readonly cookies: string;
  readonly headers: { entries(): Iterable<readonly [string, string]> };
}

/** What the process has judged of one rule before asking. */
export interface LocalAnswer {
  readonly result: RuleResultData;
  /** Of a Shield rule: hashes of the findings that count towards the client. */
  readonly findings?: readonly number[];
}

/** One question: a request, the rules it is judged by and what the application says about it. */
export interface RemoteQuestion {
  readonly request: RemoteRequest;
  /** Whether the framework's router ignores case. */
  readonly ignoreCase: boolean;
  /** Properties of the `protect()` call; secrets among them do not leave the process. */
  readonly props: Readonly<Record<string, unknown>>;
  /** In declared order; results come back in the same order. */
  readonly specs: readonly RuleSpec[];
  /** For each rule what is already known of it; undefined where the server is asked. */
  readonly local: readonly (LocalAnswer | undefined)[];
  /** Those of the client; empty means `ip.src`. */
  readonly characteristics: readonly string[];
}

/**
 * Decides somewhere else. `decide` rejects when there is no answer in time; it never waits longer
 * than its own time limit, and never asks twice.
 *
 * @example
 * const decider: RemoteDecider = remote({ baseUrl: "http://127.0.0.1:3001", key: "ajkey_example" });
 */
export interface RemoteDecider {
  /** Longest `decide` waits, in milliseconds. */
  readonly timeoutMs: number;
  decide(question: RemoteQuestion): Promise<DecisionData>;
  /** Tells of a decision that was made without asking. Returns at once and never throws. */
  report(question: RemoteQuestion, decision: DecisionData): void;
  /** Sends what is waiting, then lets go of the connection. */
  close(): Promise<void>;
}
