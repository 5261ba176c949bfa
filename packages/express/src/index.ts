/** Arcjet for Express: the engine of `@arcjet/core` over Express's request and response. */
import {
  addRules,
  createClient,
  nodeMiddleware,
  readNodeRequest,
  type ArcjetOptions,
  type CharacteristicProps,
  type Client,
  type Decision,
  type GuardArguments,
  type NodeGuardOptions,
  type PropsOf,
  type RuleInput,
  type WithArcjetArguments,
} from "@arcjet/core/node";
import type { Request, RequestHandler, Response } from "express";

export * from "@arcjet/core";

export type ExpressOptions = NodeGuardOptions<Request, Response>;

/** A client for Express; the decision of its middleware is in `res.locals.arcjet`. */
export interface ExpressArcjet<Props = unknown> extends Omit<Client<Request, Props>, "withRule"> {
  /** Middleware for an app, a router or one route. */
  readonly middleware: (
    ...options: GuardArguments<Request, Props, ExpressOptions>
  ) => RequestHandler;
  readonly withRule: <const R extends RuleInput>(
    rule: R,
  ) => ExpressArcjet<Props & PropsOf<readonly [R]>>;
}

const attach = (_: Request, response: Response, decision: Decision): void => {
  response.locals.arcjet = decision;
};

const extend = <Props>(client: Client<Request, Props>): ExpressArcjet<Props> => ({
  ...client,
  middleware: (...[options]) => nodeMiddleware(client, options, attach),
  withRule: (rule) => extend(client.withRule(rule)),
});

/**
 * Protects an Express app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * app.use(aj.middleware());
 */
export default function arcjet<
  const Rules extends readonly RuleInput[],
  const C extends readonly string[] = readonly [],
>(options: ArcjetOptions<Rules, C>): ExpressArcjet<PropsOf<Rules> & CharacteristicProps<C>> {
  const read = (request: Request) => readNodeRequest(request, request.originalUrl);
  return extend(createClient(options, { read, ignoreCase: true }));
}

/** Protects one handler, with rules of its own if need be. */
export function withArcjet<Props, const R extends readonly RuleInput[] = readonly []>(
  aj: ExpressArcjet<Props>,
  handler: RequestHandler,
  ...[options]: WithArcjetArguments<Request, Props, R, ExpressOptions>
): RequestHandler {
  const guard = nodeMiddleware(addRules(aj, options?.rules), options, attach);
  return (request, response, next) =>
    guard(request, response, (error) =>
      error === undefined ? handler(request, response, next) : next(error),
    );
}
