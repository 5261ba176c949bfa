/** Arcjet for Express, over its request and response. */
import {
  createArcjet,
  createGuard,
  nodeMiddleware,
  readNodeRequest,
  type AdapterKind,
  type Decision,
  type MiddlewareClient,
  type NodeGuardOptions,
  type RuleInput,
  type WithArcjetArguments,
} from "@arcjet/core/node";
import type { Request, RequestHandler, Response } from "express";

export * from "@arcjet/core";
export { createRemoteClient, type RemoteClientOptions } from "@arcjet/core/node";

export type ExpressOptions = NodeGuardOptions<Request, Response>;

/** A client for Express; the decision of its middleware is in `res.locals.arcjet`. */
export interface ExpressArcjet<Props = unknown> extends MiddlewareClient<ExpressKind, Props> {}

interface ExpressKind extends AdapterKind {
  readonly request: Request;
  readonly options: ExpressOptions;
  readonly middleware: RequestHandler;
  readonly client: ExpressArcjet<this["props"]>;
}

const attach = (_: Request, response: Response, decision: Decision): void => {
  response.locals.arcjet = decision;
};

/**
 * Protects an Express app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * app.use(aj.middleware());
 */
const arcjet = createArcjet<ExpressKind>(
  { read: (request) => readNodeRequest(request, request.originalUrl), ignoreCase: true },
  (guard, options) => nodeMiddleware(guard, options, attach),
);
export default arcjet;

/** Protects one handler, with rules of its own if need be. */
export function withArcjet<Props, const R extends readonly RuleInput[] = readonly []>(
  aj: ExpressArcjet<Props>,
  handler: RequestHandler,
  ...[options]: WithArcjetArguments<Request, Props, R, ExpressOptions>
): RequestHandler {
  const guard = nodeMiddleware(createGuard(aj, options), options, attach);
  return (request, response, next) =>
    guard(request, response, (error) =>
      error === undefined ? handler(request, response, next) : next(error),
    );
}
