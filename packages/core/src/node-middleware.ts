/** Middleware in the `(request, response, next)` form, over Node's `IncomingMessage` and `ServerResponse`. */
import type { Decision } from "./decision.ts";
import type { Guard } from "./guard.ts";
import { isPromise } from "./maybe-promise.ts";
import type { NodeRequest, NodeResponse } from "./node-request.ts";
import { denialResponse, rateLimitHeaders } from "./response.ts";

/** Answers a denied request. */
export function writeDenial(
  request: NodeRequest,
  response: NodeResponse,
  decision: Decision,
): void {
  if (response.headersSent) return;
  const accept = request.headers.accept;
  const { status, headers, body } = denialResponse(
    decision,
    typeof accept === "string" ? accept : undefined,
  );
  response.statusCode = status;
  for (const [name, value] of headers) response.setHeader(name, value);
  response.end(body);
}

/** Options of middleware in the `(request, response, next)` form. */
export interface NodeGuardOptions<Request, Response> {
  /** Answers a denied request instead of the 403 or 429. */
  readonly onDenied?: (request: Request, response: Response, decision: Decision) => unknown;
}

/** Middleware of Express, connect and every server with `(request, response, next)`. */
export type NodeMiddleware<Request = NodeRequest, Response = NodeResponse> = (
  request: Request,
  response: Response,
  next: (error?: unknown) => void,
) => void;

/** Middleware in the `(request, response, next)` form, for any framework that has it. */
export function nodeMiddleware<Request extends NodeRequest, Response extends NodeResponse>(
  guard: Guard<Request>,
  options: NodeGuardOptions<Request, Response> | undefined,
  attach: (request: Request, response: Response, decision: Decision) => void,
): NodeMiddleware<Request, Response> {
  const judge = (request: Request, response: Response, decision: Decision): unknown => {
    attach(request, response, decision);
    if (!decision.isDenied()) {
      if (!response.headersSent)
        for (const [name, value] of rateLimitHeaders(decision)) response.setHeader(name, value);
      return true;
    }
    if (options?.onDenied === undefined) return writeDenial(request, response, decision);
    return options.onDenied(request, response, decision);
  };
  const go = (
    request: Request,
    response: Response,
    decision: Decision,
    next: (error?: unknown) => void,
  ): void => {
    let answered: unknown;
    try {
      answered = judge(request, response, decision);
    } catch (error) {
      return next(error);
    }
    if (!decision.isDenied()) next();
    else if (isPromise(answered)) answered.catch(next);
  };
  return (request, response, next) => {
    try {
      const decision = guard(request);
      if (!isPromise(decision)) return go(request, response, decision, next);
      decision.then((made) => go(request, response, made, next), next);
    } catch (error) {
      next(error);
    }
  };
}
