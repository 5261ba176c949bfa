/** What middleware of a framework on `Request` and `Response` does: decide, then go on or answer. */
import type { Decision } from "./decision.ts";
import type { Guard } from "./guard.ts";
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
  /** Puts the decision where the framework's users look for it. */
  readonly attach: (context: Context, decision: Decision) => void;
}

/** The answer to a denied request, or nothing when it may go on. */
export async function stopDenied<Context>(
  guard: Guard<Context>,
  context: Context,
  options: WebGuardOptions<Context> | undefined,
  framework: WebContext<Context>,
): Promise<{ readonly decision: Decision; readonly denial: Response | undefined }> {
  const decision = await guard(context);
  framework.attach(context, decision);
  if (!decision.isDenied()) return { decision, denial: undefined };
  const denial = await (options?.onDenied?.(context, decision) ??
    denialToResponse(decision, framework.request(context)));
  return { decision, denial };
}

/** Goes on with `next` and adds the rate limit fields to its answer, or answers a denied request. */
export async function guardWeb<Context>(
  guard: Guard<Context>,
  context: Context,
  options: WebGuardOptions<Context> | undefined,
  framework: WebContext<Context>,
  next: () => MaybePromise<Response>,
): Promise<Response> {
  const { decision, denial } = await stopDenied(guard, context, options, framework);
  return denial ?? withRateLimitHeaders(await next(), decision);
}

/** The response with the rate limit fields of a decision; a copy where its headers cannot be changed. */
export function withRateLimitHeaders(response: Response, decision: Decision): Response {
  const fields = rateLimitHeaders(decision);
  try {
    for (const [name, value] of fields) response.headers.set(name, value);
    return response;
  } catch {
    // The headers of a redirect or of a fetched response cannot be changed, those of a copy can.
    const copy = new Response(response.body, response);
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
