/**
 * The client an adapter builds on: it knows how to read the framework's request, and nothing else of
 * the framework.
 */
import type { ArcjetOptions, CommonProps, PropsArgument } from "./arcjet-options.ts";
import type { CharacteristicProps } from "./characteristics.ts";
import { createState, type ClientState } from "./client-state.ts";
import { decide } from "./decide.ts";
import { Decision } from "./decision.ts";
import { peekLimits, resetLimits, type LimitKey, type LimitState } from "./limits.ts";
import { whenReady, type MaybePromise } from "./maybe-promise.ts";
import { findClient, normalizeRequest, type RequestParts } from "./normalize.ts";
import { checkObject } from "./options.ts";
import { planRules } from "./plan.ts";
import { errorReason } from "./reason.ts";
import { decideWithServer, hasCounters, localFirst } from "./remote.ts";
import { checkRules, type PropsOf, type RuleInput } from "./rule-list.ts";
import type { Rule } from "./rule.ts";
import type { Provenance } from "./request.ts";
import { tellSinks } from "./sink.ts";

/** The client address of a request, and where it comes from. */
export interface ClientIpDetails {
  /** Canonical text; "" when no address identifies the client. */
  readonly ip: string;
  readonly provenance: Provenance;
  /** Whether the address is vouched for. */
  readonly verified: boolean;
  /** The header the address came from. */
  readonly header?: string;
}

const NO_PROPS: Readonly<Record<string, unknown>> = Object.freeze({});

/**
 * Decides about requests of one framework. `Props` are the properties that its rules may need: without
 * it the type takes every client whose rules need none, with `never` every client.
 */
export interface Client<Request, Props = object> {
  /**
   * Decides about a request. Never rejects: what fails becomes an ERROR result, and `onError` decides.
   *
   * A rule that an earlier middleware has evaluated for the same request is not evaluated again,
   * unless a property it reads is new. Giving `requested` charges the token buckets again.
   */
  readonly protect: (request: Request, ...props: PropsArgument<Props>) => Promise<Decision>;
  /** As `protect`, without a promise when nothing has to be waited for. */
  readonly decide: (request: Request, ...props: PropsArgument<Props>) => MaybePromise<Decision>;
  /** A client with more rules, which shares counters and results with this one. */
  readonly withRule: <const R extends RuleInput>(
    rule: R,
  ) => Client<Request, Props & PropsOf<readonly [R]>>;
  /** Where the client address of a request would come from, without judging it. */
  readonly clientIpDetails: (
    request: Request,
    options?: Pick<CommonProps, "ipSrc">,
  ) => ClientIpDetails;
  /** What the limits hold for a client named by its characteristics. */
  readonly peek: (key: LimitKey) => Promise<readonly LimitState[]>;
  /** Forgets what the limits hold for a client named by its characteristics. */
  readonly reset: (key: LimitKey) => Promise<void>;
}

/** What an adapter knows of its framework. */
export interface Adapter<Request> {
  readonly read: (request: Request) => RequestParts;
  /** The object that stays the same for one request in all middlewares. Default: the request. */
  readonly identity?: (request: Request) => object;
  /** Whether the framework's router ignores case. Default: false. */
  readonly ignoreCase?: boolean;
}

/**
 * Builds a client for one framework.
 *
 * @throws TypeError when an option or a rule is wrong.
 */
export function createClient<
  Request extends object,
  const Rules extends readonly RuleInput[],
  const C extends readonly string[] = readonly [],
>(
  options: ArcjetOptions<Rules, C>,
  adapter: Adapter<Request>,
): Client<Request, PropsOf<Rules> & CharacteristicProps<C>> {
  const rules = checkRules(checkObject("arcjet", options).rules);
  const state = createState(options, adapter.ignoreCase ?? false);
  if (rules.length > 0 && rules.every(({ spec }) => spec.mode === "DRY_RUN"))
    state.log.warn(
      {},
      'every rule is in DRY_RUN: requests are judged and none is denied until one has mode "LIVE"',
    );
  return build(state, adapter, [rules]);
}

function build<Request extends object, Props>(
  state: ClientState,
  adapter: Adapter<Request>,
  layers: readonly (readonly Rule<never>[])[],
): Client<Request, Props> {
  const surroundings = {
    ignoreCase: state.normalize.ignoreCase,
    knowsAddresses: state.lookup !== undefined || state.remote !== undefined,
  };
  // Those of the other layers have been told when these were built.
  for (const [index, { warnings }] of (layers.at(-1) ?? []).entries())
    for (const warning of warnings?.(surroundings) ?? []) state.log.warn({ rule: index }, warning);
  const plan = state.remote ? localFirst(planRules(layers, state)) : planRules(layers, state);
  const rules = layers.flat().map(({ spec }) => spec);

  const read = (request: Request, ipSrc: string | undefined): RequestParts => {
    const parts = adapter.read(request);
    return ipSrc === undefined ? parts : { ...parts, ipSrc };
  };
  const decideNow = (
    request: Request,
    props: Readonly<Record<string, unknown>> & CommonProps,
  ): MaybePromise<Decision> => {
    const { ipSrc, correlationId, metadata } = props;
    const started = state.sinks.length === 0 ? 0 : performance.now();
    const normalized = normalizeRequest(read(request, ipSrc), state.normalize);
    const identity = adapter.identity?.(request) ?? request;
    const subject = { request: normalized, props, identity };
    const decision = state.remote
      ? decideWithServer(state, state.remote, plan, subject)
      : decide(state, plan, subject);
    if (state.sinks.length === 0) return decision;
    return whenReady(decision, (made) => {
      const record = {
        time: state.now(),
        durationMs: performance.now() - started,
        request: normalized,
        decision: made,
        rules,
        correlationId,
        metadata,
      };
      tellSinks(state.sinks, record, state.log);
      return made;
    });
  };
  const decideSafely = (request: Request, props?: object): MaybePromise<Decision> => {
    try {
      return decideNow(request, props === undefined ? NO_PROPS : { ...props });
    } catch (cause) {
      return failed(state, cause);
    }
  };

  return {
    decide: decideSafely,
    protect: async (request, props?: object) => decideSafely(request, props),
    withRule: (rule) => build(state, adapter, [...layers, checkRules([rule], rules.length)]),
    clientIpDetails: (request, options) => {
      const { ip, provenance, verified, header } = findClient(
        read(request, options?.ipSrc),
        state.normalize,
      );
      return { ip, provenance, verified, ...(header !== undefined && { header }) };
    },
    peek: async (key) => peekLimits(hasCounters(state), plan, key),
    reset: async (key) => resetLimits(hasCounters(state), plan, key),
  };
}

/** A request that could not even be read: the policy for errors decides, and the log tells. */
function failed(state: ClientState, cause: unknown): Decision {
  state.log.error({ error: cause }, "a request could not be read");
  return new Decision({
    id: state.nextId,
    conclusion: state.onError === "deny" ? "DENY" : "ERROR",
    reason: errorReason(cause),
    results: [],
    ttl: 0,
    degraded: false,
    facts: undefined,
  });
}
