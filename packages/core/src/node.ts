/** The bridge for frameworks on Node's `IncomingMessage` and `ServerResponse`. */
import { createClient as createAnyClient, type Adapter } from "./client.ts";
import type { Decision } from "./decision.ts";
import { createFactory, type ArcjetFactory, type Guard } from "./guard.ts";
import { readHeaders, type HeaderRecord } from "./headers.ts";
import { isPromise } from "./maybe-promise.ts";
import type { RequestParts } from "./normalize.ts";
import { withRemoteEnvironment } from "./remote-environment.ts";
import { denialResponse, rateLimitHeaders } from "./response.ts";

export type { Adapter, Client } from "./client.ts";
export type { ArcjetOptions } from "./arcjet-options.ts";
export type { CharacteristicProps } from "./characteristics.ts";
export type { Decision } from "./decision.ts";
export {
  addRules,
  createGuard,
  decideWith,
  type ArcjetFactory,
  type ClientFactory,
  type Guard,
  type GuardArguments,
  type MiddlewareClient,
  type ReadProps,
  type WithArcjetArguments,
} from "./guard.ts";
export { isPromise, whenReady, type MaybePromise } from "./maybe-promise.ts";
export { denialResponse, rateLimitHeaders, type ResponseParts } from "./response.ts";
export type { PropsOf, RuleInput } from "./rule-list.ts";

/**
 * Builds a client for one framework; ARCJET_BASE_URL and ARCJET_KEY make it ask a Decide server.
 *
 * @throws TypeError when an option, a rule or one of the variables is wrong.
 */
export const createClient: typeof createAnyClient = (options, adapter) =>
  createAnyClient(withRemoteEnvironment(options), adapter);

/** Makes the `arcjet()` of an adapter, whose clients ask the Decide server that the environment names. */
export const createArcjet = <Request extends object, Options, Middleware>(
  adapter: Adapter<Request>,
  toMiddleware: (guard: Guard<Request>, options: Options | undefined) => Middleware,
): ArcjetFactory<Request, Options, Middleware> =>
  createFactory(createClient, adapter, toMiddleware);

/** The part of `IncomingMessage` that is read. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly httpVersion?: string;
  readonly headers: HeaderRecord;
  readonly headersDistinct?: HeaderRecord;
  readonly socket: { readonly remoteAddress?: string | undefined; readonly encrypted?: boolean };
}

/** The part of `ServerResponse` that is written. */
export interface NodeResponse {
  statusCode: number;
  readonly headersSent: boolean;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

/** Reads the raw facts of a Node request; `target` where a framework keeps the original elsewhere. */
export function readNodeRequest(
  request: NodeRequest,
  target: string = request.url ?? "/",
): RequestParts {
  const { headers, socket } = request;
  return {
    method: request.method ?? "GET",
    target,
    headers: readHeaders(headers, () => request.headersDistinct ?? headers),
    peer: socket?.remoteAddress,
    tls: socket?.encrypted === true,
    httpVersion: request.httpVersion,
  };
}

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

/** Middleware in the `(request, response, next)` form, for any framework that has it. */
export function nodeMiddleware<Request extends NodeRequest, Response extends NodeResponse>(
  guard: Guard<Request>,
  options: NodeGuardOptions<Request, Response> | undefined,
  attach: (request: Request, response: Response, decision: Decision) => void,
): (request: Request, response: Response, next: (error?: unknown) => void) => void {
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
