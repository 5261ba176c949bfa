import type { IpFacts } from "@arcjet/ip";
import type { ReasonData, RuleSpec } from "@arcjet/protocol";
import type { Fingerprint, LimitResult, StrikeCharge, StrikeResult } from "@arcjet/rate-limit";
import type { Logger } from "./log.ts";
import type { ArcjetRequest } from "./request.ts";

/** What a rule says of one request. */
export interface Verdict {
  readonly conclusion: "ALLOW" | "DENY" | "ERROR";
  readonly reason: ReasonData;
}

/** A limiter's question to the store, and how its answer becomes a verdict. */
export interface Spend {
  readonly requested: number;
  readonly settle: (result: LimitResult) => Verdict;
}

/** Findings to hold against a client, and how the store's answer becomes a verdict. */
export interface Strike {
  readonly strike: StrikeCharge;
  readonly settle: (result: StrikeResult) => Verdict;
}

/**
 * What evaluating a rule gives: a verdict, or a question for the store. Questions of all rules of a
 * request are asked together, in one call.
 */
export type Evaluation = Verdict | Spend | Strike;

/** What a rule may use besides its own options. */
export interface RuleContext<Props = unknown> {
  readonly request: ArcjetRequest;
  readonly props: Props;
  /** What is known about the client address; undefined when no IP data is configured. */
  facts(): IpFacts | undefined | Promise<IpFacts | undefined>;
  /** The keyed identity of the client by these characteristics; empty means those of the client. */
  identify(characteristics: readonly string[]): Fingerprint;
  /** Records findings without waiting for the store. */
  record(strike: StrikeCharge): void;
  /** Milliseconds since the epoch. */
  now(): number;
  readonly log: Logger;
  readonly development: boolean;
}

/** Judges one request; synchronous wherever nothing has to be waited for. */
export type Evaluator<Props> = (context: RuleContext<Props>) => Evaluation | Promise<Evaluation>;

/** What a rule may know of the app it is used in, before any request. */
export interface Surroundings {
  /** Whether its router ignores case. */
  readonly ignoreCase: boolean;
  /** Whether anything is there to tell what is known about an address: `geo`, or a Decide server. */
  readonly knowsAddresses: boolean;
}

/** A rule: data that describes it, and the function that judges a request. */
export interface Rule<Props = unknown> {
  readonly spec: RuleSpec;
  /** Names of the `protect()` properties the rule reads. */
  readonly reads: readonly string[];
  readonly evaluate: Evaluator<Props>;
  /** What the developer should know of this rule in such an app. */
  readonly warnings?: (app: Surroundings) => readonly string[];
}
