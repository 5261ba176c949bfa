/** What every adapter's middleware does with a request: decide, then let it through or stop it. */
import type { CommonProps } from "./arcjet-options.ts";
import type { Client } from "./client.ts";
import type { Decision } from "./decision.ts";
import { whenReady, type MaybePromise } from "./maybe-promise.ts";
import type { PropsOf, RuleInput } from "./rule-list.ts";

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
  client: Pick<Client<Request, Props>, "decide" | "withRule">,
  rules: R | undefined,
): Pick<Client<Request, Props & PropsOf<R>>, "decide"> {
  if (rules === undefined) return client as Pick<Client<Request, Props & PropsOf<R>>, "decide">;
  // One list of rules is one input, so the properties are the same whether it is nested or not.
  return client.withRule(rules.flat()) as Pick<Client<Request, Props & PropsOf<R>>, "decide">;
}
