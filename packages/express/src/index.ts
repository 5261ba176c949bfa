/** Arcjet for Express, over its request and response. */
import {
  createArcjet,
  createGuard,
  nodeMiddleware,
  readNodeRequest,
  wrapNodeHandler,
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
export interface ExpressArcjet<Props = object> extends MiddlewareClient<ExpressKind, Props> {}

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
export function withArcjet<
  Props,
  const R extends readonly RuleInput[] = readonly [],
  Params = Request["params"],
  ResponseBody = Request["body"],
  RequestBody = Request["body"],
  Query = Request["query"],
  Locals extends Response["locals"] = Response["locals"],
>(
  aj: ExpressArcjet<Props>,
  handler: RequestHandler<Params, ResponseBody, RequestBody, Query, Locals>,
  ...[options]: WithArcjetArguments<Request, Props, R, ExpressOptions>
): RequestHandler<Params, ResponseBody, RequestBody, Query, Locals> {
  const middleware: RequestHandler = nodeMiddleware(createGuard(aj, options), options, attach);
  // What a handler knows of its route is a matter of types alone.
  return wrapNodeHandler(middleware as typeof handler, handler);
}
