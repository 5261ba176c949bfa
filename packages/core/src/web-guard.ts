/** What middleware of a framework on `Request` and `Response` does: decide, then go on or answer. */
import type { Decision } from "./decision.ts";
import {
  createWithArcjet,
  type AdapterKind,
  type Judge,
  type Subject,
  type WithArcjet,
} from "./guard.ts";
import { whenReady, type MaybePromise } from "./maybe-promise.ts";
import type { NodeResponse } from "./node-request.ts";
import { denialResponse, rateLimitHeaders } from "./response.ts";

/** Options of middleware that answers with a `Response`, or with what else a framework takes for one. */
export interface WebGuardOptions<Context, Denial = Response> {
  /** Answers a denied request instead of the 403 or 429. */
  readonly onDenied?: (context: Context, decision: Decision) => MaybePromise<Denial>;
}

/** What a guard has to know of a framework's context. */
export interface WebContext<Context> {
  readonly request: (context: Context) => { readonly headers: Headers };
  /** Puts the decision where the framework's users look for it, where it has such a place. */
  readonly attach?: (context: Context, decision: Decision) => void;
  /** Node's response, whose fields are set before what follows: a change of the `Response` may cost more. */
  readonly outgoing?: (context: Context) => Pick<NodeResponse, "setHeader"> | undefined;
  /** Gives an answer the fields that has been put into the context, and not been returned. */
  readonly settle?: (context: Context, decision: Decision) => void;
}

/** The answer to a denied request. */
async function answerDenied<Context, Denial>(
  framework: WebContext<Context>,
  options: WebGuardOptions<Context, Denial> | undefined,
  context: Context,
  decision: Decision,
): Promise<Denial | Response> {
  // An answer of nothing would let the request through.
  const given = await options?.onDenied?.(context, decision);
  return given ?? denialToResponse(decision, framework.request(context));
}

/** Gives what follows the rate limit fields, or answers a denied request. */
export function judgeWeb<Context, Denial = Response>(
  framework: WebContext<Context>,
): Judge<Context, WebGuardOptions<Context, Denial>, Denial | Response> {
  type Options = WebGuardOptions<Context, Denial> | undefined;
  const addFields = <Answer>(answer: Answer, context: Context, decision: Decision): Answer => {
    if (answer instanceof Response) return withRateLimitHeaders(answer, decision);
    framework.settle?.(context, decision);
    return answer;
  };
  const goOn = <Answer>(
    decision: Decision,
    options: Options,
    context: Context,
    next: () => MaybePromise<Answer>,
  ): MaybePromise<Answer | Denial | Response> => {
    framework.attach?.(context, decision);
    if (decision.isDenied()) return answerDenied(framework, options, context, decision);
    const outgoing = framework.outgoing?.(context);
    if (outgoing === undefined)
      return whenReady(next(), (answer) => addFields(answer, context, decision));
    for (const [name, value] of rateLimitHeaders(decision)) outgoing.setHeader(name, value);
    return next();
  };
  // Where nothing has to be waited for, no promise is made beside that of what follows.
  return (guard, options, context, next) => {
    try {
      const goes = whenReady(guard(context), (made) => goOn(made, options, context, next));
      return Promise.resolve(goes);
    } catch (cause) {
      return Promise.reject(cause);
    }
  };
}

/** As `judgeWeb`, for loaders and actions: the answer to a denied request is thrown. */
export const judgeRoute =
  <Context>(framework: WebContext<Context>): Judge<Context, WebGuardOptions<Context>> =>
  async (guard, options, context, next) => {
    const decision = await guard(context);
    framework.attach?.(context, decision);
    if (decision.isDenied()) throw await answerDenied(framework, options, context, decision);
    const answer = await next();
    return answer instanceof Response ? withRateLimitHeaders(answer, decision) : answer;
  };

/** Makes the `withArcjet()` of an adapter for loaders and actions. */
export const createWithRoute = <
  Kind extends AdapterKind,
  Options extends WebGuardOptions<Subject<Kind>> = WebGuardOptions<Subject<Kind>>,
>(
  framework: WebContext<Subject<Kind>>,
): WithArcjet<Kind, Options> => createWithArcjet<Kind, Options>(judgeRoute(framework));

/** The response with the rate limit fields of a decision; a copy where its headers cannot be changed. */
export function withRateLimitHeaders<R extends Response>(response: R, decision: Decision): R {
  const fields = rateLimitHeaders(decision);
  try {
    for (const [name, value] of fields) response.headers.set(name, value);
    return response;
  } catch {
    // An upgraded connection has no copy: a response can be made with 200 to 599 alone (Fetch, 5.5).
    if (response.status < 200) return response;
    // The headers of a redirect or of a fetched response cannot be changed, those of a copy can.
    const copy = new Response(response.body, response) as R;
    for (const [name, value] of fields) copy.headers.set(name, value);
    return copy;
  }
}

/** The response to a denied request. */
export function denialToResponse(
  decision: Decision,
  request: { readonly headers: Headers },
): Response {
  const { status, headers, body } = denialResponse(
    decision,
    request.headers.get("accept") ?? undefined,
  );
  return new Response(body, {
    status,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  });
}
