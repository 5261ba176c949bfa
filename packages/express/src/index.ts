/** Arcjet for Express, over its request and response. */
import {
  createArcjet,
  createGuard,
  nodeMiddleware,
  readNodeRequest,
  wrapNodeHandler,
  type MiddlewareClient,
  type NodeKind,
  type RuleInput,
  type WithArcjetArguments,
} from "@arcjet/core/node";
import type { Request, RequestHandler, Response } from "express";

export * from "@arcjet/core";
export { createRemoteClient, type RemoteClientOptions } from "@arcjet/core/node";

export type ExpressOptions = ExpressKind["options"];

/** A client for Express; the decision of its middleware is in `res.locals.arcjet`. */
export interface ExpressArcjet<Props = object> extends MiddlewareClient<ExpressKind, Props> {}

interface ExpressKind extends NodeKind<Request, Request, Response> {
  readonly middleware: RequestHandler;
  readonly client: ExpressArcjet<this["props"]>;
}

const toMiddleware = nodeMiddleware((_: Request, response: Response, decision) => {
  response.locals.arcjet = decision;
});

/**
 * Protects an Express app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * app.use(aj.middleware());
 */
const arcjet = createArcjet<ExpressKind>(
  { read: (request) => readNodeRequest(request), ignoreCase: true },
  toMiddleware,
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
  const middleware: RequestHandler = toMiddleware(createGuard(aj, options), options);
  // What a handler knows of its route is a matter of types alone.
  return wrapNodeHandler(middleware as typeof handler, handler);
}
