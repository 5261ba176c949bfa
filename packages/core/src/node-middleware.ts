/** Middleware in the `(request, response, next)` form, over Node's `IncomingMessage` and `ServerResponse`. */
import type { Decision } from "./decision.ts";
import type { AdapterKind, Guard } from "./guard.ts";
import { isPromise } from "./maybe-promise.ts";
import type { NodeRequest, NodeResponse } from "./node-request.ts";
import { callingNext, failing, judgeReply } from "./reply-guard.ts";
import { denialResponse } from "./response.ts";

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

/** What an adapter of a framework with such middleware is made of; `Subject` where it also decides about other things. */
export interface NodeKind<
  Request extends NodeRequest = NodeRequest,
  Subject extends object = Request,
  Response extends NodeResponse = NodeResponse,
> extends AdapterKind {
  readonly request: Subject;
  readonly options: NodeGuardOptions<Request, Response>;
  readonly middleware: NodeMiddleware<Request, Response>;
}

/** Gives a guard the shape of such middleware; `attach` puts the decision where it is looked for. */
export const nodeMiddleware = <Request extends NodeRequest, Response extends NodeResponse>(
  attach: (request: Request, response: Response, decision: Decision) => void,
): ((
  guard: Guard<Request>,
  options: NodeGuardOptions<Request, Response> | undefined,
) => NodeMiddleware<Request, Response>) =>
  callingNext(
    judgeReply<Request, Response, NodeGuardOptions<Request, Response>>({
      attach,
      setField: (response, name, value) => {
        if (!response.headersSent) response.setHeader(name, value);
      },
      deny: (request, response, decision, options) =>
        options?.onDenied === undefined
          ? writeDenial(request, response, decision)
          : options.onDenied(request, response, decision),
    }),
  );

/** Puts middleware around one handler, whose failure goes to `next` like one of the middleware. */
export function wrapNodeHandler<Request, Response, NextHandler extends (error?: unknown) => void>(
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
