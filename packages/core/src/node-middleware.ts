/** Middleware in the `(request, response, next)` form, over Node's `IncomingMessage` and `ServerResponse`. */
import type { Decision } from "./decision.ts";
import type { Guard } from "./guard.ts";
import { isPromise, type MaybePromise } from "./maybe-promise.ts";
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

/** What was thrown, as something that `next` takes for a failure: it goes on with nothing, or with a word. */
export const toFailure = (cause: unknown): object =>
  typeof cause === "object" && cause !== null ? cause : new Error(String(cause), { cause });

type Next = (error?: unknown) => void;

const failing =
  (next: Next) =>
  (cause: unknown): void =>
    next(toFailure(cause));

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
  const go = (request: Request, response: Response, decision: Decision, next: Next): void => {
    try {
      const answered = judge(request, response, decision);
      if (decision.isDenied()) return void (isPromise(answered) && answered.catch(failing(next)));
    } catch (cause) {
      return failing(next)(cause);
    }
    // What comes after is no fault of this middleware, so nothing of it is caught here.
    next();
  };
  return (request, response, next) => {
    let decision: MaybePromise<Decision>;
    try {
      decision = guard(request);
    } catch (cause) {
      return failing(next)(cause);
    }
    if (!isPromise(decision)) return go(request, response, decision, next);
    decision.then((made) => go(request, response, made, next), failing(next));
  };
}

/** Puts middleware around one handler, whose failure goes to `next` like one of the middleware. */
export function wrapNodeHandler<Request, Response, NextHandler extends Next>(
  middleware: NodeMiddleware<Request, Response>,
  handler: (request: Request, response: Response, next: NextHandler) => unknown,
): (request: Request, response: Response, next: NextHandler) => void {
  return (request, response, next) => {
    const fail = failing(next);
    middleware(request, response, (failure) => {
      if (failure !== undefined) return next(failure);
      try {
        const answer = handler(request, response, next);
        if (isPromise(answer)) answer.catch(fail);
      } catch (cause) {
        fail(cause);
      }
    });
  };
}
