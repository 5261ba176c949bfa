/** What middleware of a framework on `Request` and `Response` does: decide, then go on or answer. */
import type { Decision } from "./decision.ts";
import {
  createWithArcjet,
  type AdapterKind,
  type Guard,
  type Judge,
  type Subject,
  type WithArcjet,
} from "./guard.ts";
import type { MaybePromise } from "./maybe-promise.ts";
import { denialResponse, rateLimitHeaders } from "./response.ts";

/** Options of middleware that answers with a `Response`. */
export interface WebGuardOptions<Context> {
  /** Answers a denied request instead of the 403 or 429. */
  readonly onDenied?: (context: Context, decision: Decision) => MaybePromise<Response>;
}

/** What a guard has to know of a framework's context. */
export interface WebContext<Context> {
  readonly request: (context: Context) => { readonly headers: Headers };
  /** Puts the decision where the framework's users look for it, where it has such a place. */
  readonly attach?: (context: Context, decision: Decision) => void;
}

/** Decides about a request; `denial` is the answer to one that may not go on. */
async function stopDenied<Context>(
  guard: Guard<Context>,
  context: Context,
  options: WebGuardOptions<Context> | undefined,
  framework: WebContext<Context>,
): Promise<{ readonly decision: Decision; readonly denial: Response | undefined }> {
  const decision = await guard(context);
  framework.attach?.(context, decision);
  if (!decision.isDenied()) return { decision, denial: undefined };
  // An answer of nothing would let the request through.
  const given = await options?.onDenied?.(context, decision);
  return { decision, denial: given ?? denialToResponse(decision, framework.request(context)) };
}

/** Adds the rate limit fields to what follows where that is a response, or answers a denied request. */
export const judgeWeb =
  <Context>(framework: WebContext<Context>): Judge<Context, WebGuardOptions<Context>> =>
  async (guard, options, context, next) => {
    const { decision, denial } = await stopDenied(guard, context, options, framework);
    return denial ?? addFields(await next(), decision);
  };

/** As `judgeWeb`, for loaders and actions: the answer to a denied request is thrown. */
export const judgeRoute =
  <Context>(framework: WebContext<Context>): Judge<Context, WebGuardOptions<Context>> =>
  async (guard, options, context, next) => {
    const { decision, denial } = await stopDenied(guard, context, options, framework);
    if (denial) throw denial;
    return addFields(await next(), decision);
  };

/** Makes the `withArcjet()` of an adapter for loaders and actions. */
export const createWithRoute = <
  Kind extends AdapterKind,
  Options extends WebGuardOptions<Subject<Kind>> = WebGuardOptions<Subject<Kind>>,
>(
  framework: WebContext<Subject<Kind>>,
): WithArcjet<Kind, Options> => createWithArcjet<Kind, Options>(judgeRoute(framework));

/** What follows, with the rate limit fields of a decision where it is a response. */
const addFields = <Answer>(answer: Answer, decision: Decision): Answer =>
  answer instanceof Response ? withRateLimitHeaders(answer, decision) : answer;

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
