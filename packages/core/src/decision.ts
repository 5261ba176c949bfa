/** Decisions and results as the application sees them: documented questions over plain data. */
import type { IpFacts } from "@arcjet/ip";
import type {
  Conclusion,
  DecisionData,
  ReasonData,
  RuleResultData,
  RuleState,
  RuleType,
} from "@arcjet/protocol";
import type { FieldStyle, Fingerprint } from "@arcjet/rate-limit";
import { createIpDetails, type IpDetails } from "./ip-details.ts";
import { toReason, type Reason } from "./reason.ts";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

const hex = (word: number): string => word.toString(16).padStart(8, "0");

/** Text that is known, or who works the identity out when somebody asks for it. */
export type FingerprintSource = string | { fingerprintOf(ruleId: string): Fingerprint };

/** What one rule concluded. */
export class RuleResult {
  readonly ruleId: string;
  readonly type: RuleType;
  readonly state: RuleState;
  readonly conclusion: Conclusion;
  /** Seconds for which a remote client may remember a denial. */
  readonly ttl: number;
  readonly #reason: ReasonData;
  readonly #fingerprint: FingerprintSource;
  #shown: Reason | undefined;

  constructor(
    rule: { readonly id: string; readonly type: RuleType },
    state: RuleState,
    conclusion: Conclusion,
    reason: ReasonData,
    fingerprint: FingerprintSource,
    ttl = 0,
  ) {
    this.ruleId = rule.id;
    this.type = rule.type;
    this.state = state;
    this.conclusion = conclusion;
    this.ttl = ttl;
    this.#reason = reason;
    this.#fingerprint = fingerprint;
  }

  get reason(): Reason {
    return (this.#shown ??= toReason(this.#reason));
  }

  /** Identity the rule counted by, in hexadecimal. */
  get fingerprint(): string {
    if (typeof this.#fingerprint === "string") return this.#fingerprint;
    const { high, low } = this.#fingerprint.fingerprintOf(this.ruleId);
    return hex(high) + hex(low);
  }

  isDenied(): boolean {
    return this.conclusion === "DENY";
  }

  toJSON(): RuleResultData {
    const { ruleId, type, fingerprint, ttl, state, conclusion } = this;
    return { ruleId, type, fingerprint, ttl, state, conclusion, reason: this.#reason };
  }

  [INSPECT](): unknown {
    return this.toJSON();
  }

  /** The reason without its questions. */
  get data(): ReasonData {
    return this.#reason;
  }
}

/** A decision whose conclusion is known. */
export type Concluded<C extends Conclusion> = Decision & { readonly conclusion: C };

/**
 * The outcome for one request.
 *
 * @example
 * if (decision.isDenied() && decision.reason.isRateLimit()) console.log(decision.reason.reset);
 */
export class Decision {
  readonly conclusion: Conclusion;
  readonly results: readonly RuleResult[];
  /** Seconds for which a remote client may remember a denial; 0 otherwise. */
  readonly ttl: number;
  /** True when the shared store or the server did not answer and this process decided alone. */
  readonly degraded: boolean;
  /** How the client writes the rate limit fields of its answers. */
  readonly fieldStyle: FieldStyle;
  readonly #reason: ReasonData;
  readonly #facts: IpFacts | undefined;
  #id: string | (() => string);
  #shown: Reason | undefined;
  #ip: IpDetails | undefined;

  constructor(data: {
    readonly id: string | (() => string);
    readonly conclusion: Conclusion;
    readonly reason: ReasonData;
    readonly results: readonly RuleResult[];
    readonly ttl: number;
    readonly degraded: boolean;
    readonly facts: IpFacts | undefined;
    readonly fieldStyle?: FieldStyle;
  }) {
    this.conclusion = data.conclusion;
    this.results = data.results;
    this.ttl = data.ttl;
    this.degraded = data.degraded;
    this.fieldStyle = data.fieldStyle ?? "combined";
    this.#reason = data.reason;
    this.#facts = data.facts;
    this.#id = data.id;
  }

  /** `lreq_…` when decided in the process, `req_…` by a server. */
  get id(): string {
    if (typeof this.#id === "function") this.#id = this.#id();
    return this.#id;
  }

  get reason(): Reason {
    return (this.#shown ??= toReason(this.#reason));
  }

  /** The reason without its questions. */
  get data(): ReasonData {
    return this.#reason;
  }

  /** What is known about the client address, without its questions. */
  get facts(): IpFacts {
    return this.#facts ?? {};
  }

  /** What is known about the client address. */
  get ip(): IpDetails {
    return (this.#ip ??= createIpDetails(this.#facts));
  }

  /** True for ALLOW and for ERROR, which fails open. */
  isAllowed(): this is Concluded<"ALLOW" | "ERROR"> {
    return this.conclusion === "ALLOW" || this.conclusion === "ERROR";
  }

  isDenied(): this is Concluded<"DENY"> {
    return this.conclusion === "DENY";
  }

  isChallenged(): this is Concluded<"CHALLENGE"> {
    return this.conclusion === "CHALLENGE";
  }

  isErrored(): this is Concluded<"ERROR"> {
    return this.conclusion === "ERROR";
  }

  toJSON(): DecisionData {
    const { id, conclusion, ttl, degraded } = this;
    const results = this.results.map((result) => result.toJSON());
    return { id, conclusion, reason: this.#reason, results, ttl, ip: this.facts, degraded };
  }

  [INSPECT](): unknown {
    return this.toJSON();
  }
}
