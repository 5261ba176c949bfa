import type { IpFacts } from "@arcjet/ip";
import type { Fingerprint, StrikeCharge } from "@arcjet/rate-limit";
import type { ClientState } from "./client-state.ts";
import type { Logger } from "./log.ts";
import { isPromise, type MaybePromise } from "./maybe-promise.ts";
import type { Plan } from "./plan.ts";
import type { ArcjetRequest } from "./request.ts";
import type { RuleContext } from "./rule.ts";

type Props = Readonly<Record<string, unknown>>;

/** What the rules of one request share; IP data is looked up once, when the first rule asks. */
export class Context implements RuleContext<never> {
  readonly request: ArcjetRequest;
  readonly props: never;
  /** What the lookup found, once it has been asked and has answered. */
  found: IpFacts | undefined;
  readonly #state: ClientState;
  readonly #plan: Plan;
  #facts: MaybePromise<IpFacts | undefined>;
  #asked = false;

  constructor(state: ClientState, plan: Plan, request: ArcjetRequest, props: Props) {
    this.request = request;
    // A rule reads only the properties its type declares, and the type of the client requires them all.
    this.props = props as never;
    this.#state = state;
    this.#plan = plan;
  }

  get log(): Logger {
    return this.#state.log;
  }

  get development(): boolean {
    return this.#state.development;
  }

  get now(): () => number {
    return this.#state.now;
  }

  facts(): MaybePromise<IpFacts | undefined> {
    if (this.#asked) return this.#facts;
    this.#asked = true;
    const { lookup } = this.#state;
    if (lookup === undefined || this.request.ip === "") return undefined;
    this.#facts = lookup(this.request.ip);
    if (!isPromise(this.#facts)) return (this.found = this.#facts);
    return (this.#facts = this.#facts.then((facts) => (this.found = facts)));
  }

  identify(names: readonly string[]): Fingerprint {
    return this.#plan.identifyBy(names)(this.request, this.props);
  }

  record(strike: StrikeCharge): void {
    const { log, store } = this.#state;
    const lost = (cause: unknown): void =>
      log.warn({ error: cause }, "findings could not be recorded");
    try {
      const recorded = store.take({ limits: [], strikes: [strike] });
      if (isPromise(recorded)) recorded.catch(lost);
    } catch (cause) {
      lost(cause);
    }
  }
}
