/** Arcjet for Next.js: `proxy.ts`, route handlers, server actions and pages. */
import {
  createClient,
  createGuard,
  denialToResponse,
  readNodeRequest,
  readWebRequest,
  withRateLimitHeaders,
  type Client,
  type ClientFactory,
  type Decision,
  type Guard,
  type GuardArguments,
  type NodeRequest,
  type RequestParts,
  type RuleInput,
  type WithArcjetArguments,
} from "@arcjet/core/fetch";
import { headers as nextHeaders } from "next/headers.js";
import { NextResponse, type NextRequest } from "next/server.js";

export * from "@arcjet/core";

/** A web request, what `request()` gives, or the request of a Pages API route. */
export type ArcjetNextRequest = Pick<Request, "method" | "url" | "headers"> | NodeRequest;

/** A client for Next.js. */
export type NextArcjet<Props = unknown> = Client<ArcjetNextRequest, Props>;

export interface NextOptions {
  /** Answers a denied request instead of the 403 or 429. */
  readonly onDenied?: (request: NextRequest, decision: Decision) => Response | Promise<Response>;
}

type NextHandler = (request: NextRequest) => Response | Promise<Response>;

const read = (request: ArcjetNextRequest): RequestParts =>
  "socket" in request ? readNodeRequest(request) : readWebRequest(request);

/**
 * Protects a Next.js app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * export default createProxy(aj); // in proxy.ts
 */
const arcjet: ClientFactory<ArcjetNextRequest> = (options) => createClient(options, { read });
export default arcjet;

/** The request of a server action or page. Next.js does not tell its path, so it reads as "/". */
export async function request(): Promise<ArcjetNextRequest> {
  const headers = new Headers(await nextHeaders());
  return { method: headers.has("next-action") ? "POST" : "GET", url: "/", headers };
}

async function answer(
  guard: Guard<NextRequest>,
  given: NextRequest,
  options: NextOptions | undefined,
  next: NextHandler,
): Promise<Response> {
  const decision = await guard(given);
  if (!decision.isDenied()) return withRateLimitHeaders(await next(given), decision);
  return options?.onDenied?.(given, decision) ?? denialToResponse(decision, given);
}

/** A `proxy.ts` that judges every request; `existing` is a proxy of the app's own to go on with. */
export function createProxy<Props>(
  aj: NextArcjet<Props>,
  ...[options]: GuardArguments<
    NextRequest,
    Props,
    NextOptions & { readonly existing?: NextHandler }
  >
): NextHandler {
  const next = options?.existing ?? (() => NextResponse.next());
  const guard = createGuard(aj, options);
  return (given) => answer(guard, given, options, next);
}

/** The name of `createProxy` before Next.js 16. */
export const createMiddleware = <Props>(
  aj: NextArcjet<Props> & (object extends Props ? unknown : never),
  existing?: NextHandler,
): NextHandler => createProxy(aj as NextArcjet, existing && { existing });

/** Protects one route handler, with rules of its own if need be. */
export function withArcjet<
  Props,
  Rest extends readonly unknown[],
  const R extends readonly RuleInput[] = readonly [],
>(
  aj: NextArcjet<Props>,
  handler: (request: NextRequest, ...rest: Rest) => Response | Promise<Response>,
  ...[options]: WithArcjetArguments<NextRequest, Props, R, NextOptions>
): (request: NextRequest, ...rest: Rest) => Promise<Response> {
  const guard = createGuard(aj, options);
  return (given, ...rest) => answer(guard, given, options, (same) => handler(same, ...rest));
}
