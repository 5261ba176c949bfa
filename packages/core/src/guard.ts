/**
 * What the adapters of all frameworks share: how middleware asks for a decision, and the types of a
 * client with middleware of the framework's own shape. An adapter adds how its framework's request is
 * read, and what is done with a decision.
 */
import type { ArcjetOptions, CommonProps } from "./arcjet-options.ts";
import type { CharacteristicProps } from "./characteristics.ts";
import type { Adapter, Client, createClient } from "./client.ts";
import type { Decision } from "./decision.ts";
import { whenReady, type MaybePromise } from "./maybe-promise.ts";
import type { PropsOf, RuleInput } from "./rule-list.ts";

/** Decides about a request, with the properties that the rules need. */
export type Guard<Request> = (request: Request) => MaybePromise<Decision>;

/** Reads the properties that rules need from a request. */
export type ReadProps<Request, Props> = (request: Request) => MaybePromise<Props & CommonProps>;

/** The options of middleware: `props` must be there exactly when a rule needs a property. */
export type GuardArguments<Request, Props, Options> = object extends Props
  ? [options?: Options & { readonly props?: ReadProps<Request, Props> }]
  : [options: Options & { readonly props: ReadProps<Request, Props> }];

/** The options of `withArcjet`: those of middleware, and rules for this handler alone. */
export type WithArcjetArguments<
  Request,
  Props,
  R extends readonly RuleInput[],
  Options,
> = GuardArguments<Request, Props & PropsOf<R>, Options & { readonly rules?: R }>;

/** The part of a client that decides. */
export type Decider<Request, Props> = Pick<Client<Request, Props>, "decide" | "withRule">;

/** Joins a client, the rules of one handler and what reads the properties. */
export function createGuard<Request, Props, const R extends readonly RuleInput[] = readonly []>(
  client: Decider<Request, Props>,
  options:
    | { readonly rules?: R; readonly props?: ReadProps<Request, Props & PropsOf<R>> }
    | undefined,
): Guard<Request> {
  const { rules, props } = options ?? {};
  const joined = addRules(client, rules);
  return (request) => decideWith(joined, request, props);
}

/** As `createGuard`, for options that carry no type parameter: what `props` gives is not checked by types. */
export function createUntypedGuard<Request>(
  client: Decider<Request, never>,
  props: ((request: Request) => MaybePromise<object>) | undefined,
): Guard<Request> {
  return createGuard(client, props && { props: props as ReadProps<Request, never> });
}

/** Decides about a request with the properties that `props` reads from it. */
export function decideWith<Request, Props>(
  client: Pick<Client<Request, Props>, "decide">,
  request: Request,
  props: ReadProps<Request, Props> | undefined,
): MaybePromise<Decision> {
  // A client whose rules need properties has `props` by its type; without them none are needed.
  const decide = client.decide as (
    request: Request,
    props?: Props & CommonProps,
  ) => MaybePromise<Decision>;
  if (props === undefined) return decide(request);
  return whenReady(props(request), (given) => decide(request, given));
}

/** The client with the rules of one handler added to its own. */
export function addRules<Request, Props, const R extends readonly RuleInput[]>(
  client: Decider<Request, Props>,
  rules: R | undefined,
): Pick<Client<Request, Props & PropsOf<R>>, "decide"> {
  if (rules === undefined) return client as Pick<Client<Request, Props & PropsOf<R>>, "decide">;
  // One list of rules is one input, so the properties are the same whether it is nested or not.
  return client.withRule(rules.flat()) as Pick<Client<Request, Props & PropsOf<R>>, "decide">;
}

/** What an adapter is made of: its request, its options, the shape of its middleware, and its client. */
export interface AdapterKind {
  /** The properties of a client; put in by whoever asks for the client. */
  readonly props: unknown;
  readonly request: object;
  readonly options: object;
  readonly middleware: unknown;
  /** What its handlers are called with: first what is decided about. */
  readonly arguments: [subject: this["request"], ...rest: unknown[]];
  /** What its handlers are called on, where they may use it. */
  readonly receiver: unknown;
  /** The client with `this["props"]`. */
  readonly client: unknown;
}

/** The client of an adapter whose rules need these properties. */
export type ClientOf<Kind extends AdapterKind, Props> = (Kind & {
  readonly props: Props;
})["client"];

/** A client, and what reads the properties of its rules: it must be there exactly when they need any. */
export type ClientAndProps<Kind extends AdapterKind> =
  | {
      readonly aj: ClientOf<Kind, object>;
      readonly props?: ReadProps<Kind["request"], object> | undefined;
    }
  | { readonly aj: ClientOf<Kind, never>; readonly props: ReadProps<Kind["request"], object> };

/** A client with middleware of the framework's own shape; `Props` are as those of `Client`. */
export interface MiddlewareClient<Kind extends AdapterKind, Props> extends Omit<
  Client<Kind["request"], Props>,
  "withRule"
> {
  /** Middleware for an app or for one route. */
  readonly middleware: (
    ...options: GuardArguments<Kind["request"], Props, Kind["options"]>
  ) => Kind["middleware"];
  readonly withRule: <const R extends RuleInput>(
    rule: R,
  ) => ClientOf<Kind, Props & PropsOf<readonly [R]>>;
}

/** Goes on with `next`, or gives the answer to a denied request in its place. */
export type Judge<Subject, Options, Denial = Response> = <Answer>(
  guard: Guard<Subject>,
  options: Options | undefined,
  subject: Subject,
  next: () => MaybePromise<Answer>,
) => Promise<Answer | Denial>;

/** As `Judge`, for a framework whose answer needs more of what a handler is called with. */
export type HandlerJudge<Kind extends AdapterKind, Options> = <Answer>(
  guard: Guard<Subject<Kind>>,
  options: Options | undefined,
  subject: Subject<Kind>,
  next: () => MaybePromise<Answer>,
  args: Kind["arguments"],
) => Promise<unknown>;

/** What a handler of the framework is called with: first what is decided about. */
export type Subject<Kind extends AdapterKind> = Kind["arguments"][0];

/** The `withArcjet()` of an adapter: protects one handler, with rules of its own if need be. */
export type WithArcjet<Kind extends AdapterKind, Options = Kind["options"]> = <
  Args extends Kind["arguments"],
  Answer,
  Props,
  const R extends readonly RuleInput[] = readonly [],
>(
  aj: ClientOf<Kind, Props>,
  handler: (this: Kind["receiver"], ...args: Args) => Answer,
  ...options: WithArcjetArguments<Subject<Kind>, Props, R, Options>
) => (...args: Args) => Promise<Awaited<Answer>>;

/** Makes the `withArcjet()` of an adapter from how it answers. */
export function createWithArcjet<Kind extends AdapterKind, Options = Kind["options"]>(
  judge: HandlerJudge<Kind, Options>,
): WithArcjet<Kind, Options> {
  return (aj, handler, ...[options]) => {
    // A client decides about every request of its kind, and `options` has been checked against its rules.
    const guard = createGuard(aj as Decider<Subject<Kind>, unknown>, options);
    return function protectedHandler(this: unknown, ...args) {
      const answer = judge(guard, options, args[0], () => handler.apply(this, args), args);
      // What a denied request is answered is no less an answer to the framework.
      return answer as Promise<Awaited<ReturnType<typeof handler>>>;
    };
  };
}

/** The `arcjet()` of an adapter whose framework has no middleware. */
export type ClientFactory<Request> = <
  const Rules extends readonly RuleInput[],
  const C extends readonly string[] = readonly [],
>(
  options: ArcjetOptions<Rules, C>,
) => Client<Request, PropsOf<Rules> & CharacteristicProps<C>>;

/** The `arcjet()` of an adapter with middleware. */
export type ArcjetFactory<Kind extends AdapterKind> = <
  const Rules extends readonly RuleInput[],
  const C extends readonly string[] = readonly [],
>(
  options: ArcjetOptions<Rules, C>,
) => ClientOf<Kind, PropsOf<Rules> & CharacteristicProps<C>>;

/** Gives a guard the shape of the framework's middleware. */
export type ToMiddleware<Kind extends AdapterKind> = (
  guard: Guard<Kind["request"]>,
  options: Kind["options"] | undefined,
) => Kind["middleware"];

/** Makes the `arcjet()` of an adapter. */
export function createFactory<Kind extends AdapterKind>(
  create: typeof createClient,
  adapter: Adapter<Kind["request"]>,
  toMiddleware: ToMiddleware<Kind>,
): ArcjetFactory<Kind> {
  const extend = <Props>(client: Client<Kind["request"], Props>): ClientOf<Kind, Props> => {
    const made: MiddlewareClient<Kind, Props> = {
      ...client,
      middleware: (...[options]) => toMiddleware(createGuard(client, options), options),
      withRule: (rule) => extend(client.withRule(rule)),
    };
    // What a kind calls its client is a `MiddlewareClient` by another name.
    return made as ClientOf<Kind, Props>;
  };
  return (options) => extend(create(options, adapter));
}
