/** Arcjet for Next.js: `proxy.ts`, route handlers, server actions and pages. */
import {
  addRules,
  createClient,
  decideWith,
  denialToResponse,
  rateLimitHeaders,
  readWebRequest,
  type ArcjetOptions,
  type CharacteristicProps,
  type Client,
  type Decision,
  type GuardArguments,
  type PropsOf,
  type ReadProps,
  type RequestParts,
  type RuleInput,
  type WithArcjetArguments,
} from "@arcjet/core/fetch";
import { readNodeRequest, type NodeRequest } from "@arcjet/core/node";
import { headers as nextHeaders } from "next/headers.js";
import { NextResponse, type NextRequest } from "next/server.js";

export * from "@arcjet/core";

/** A web request, what `request()` gives, or the request of a Pages API route. */
export type ArcjetNextRequest = Pick<Request, "method" | "url" | "headers"> | NodeRequest;

/** A client for Next.js. */
export interface NextArcjet<Props = unknown> extends Omit<
  Client<ArcjetNextRequest, Props>,
  "withRule"
> {
  readonly withRule: <const R extends RuleInput>(
    rule: R,
  ) => NextArcjet<Props & PropsOf<readonly [R]>>;
}

export interface NextOptions {
  /** Answers a denied request instead of the 403 or 429. */
  readonly onDenied?: (request: NextRequest, decision: Decision) => Response | Promise<Response>;
}

type NextHandler = (request: NextRequest) => Response | Promise<Response>;

const read = (request: ArcjetNextRequest): RequestParts =>
  "socket" in request ? readNodeRequest(request) : readWebRequest(request);

const extend = <Props>(client: Client<ArcjetNextRequest, Props>): NextArcjet<Props> => ({
  ...client,
  withRule: (rule) => extend(client.withRule(rule)),
});

/**
 * Protects a Next.js app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * export default createProxy(aj); // in proxy.ts
 */
export default function arcjet<
  const Rules extends readonly RuleInput[],
  const C extends readonly string[] = readonly [],
>(options: ArcjetOptions<Rules, C>): NextArcjet<PropsOf<Rules> & CharacteristicProps<C>> {
  return extend(createClient(options, { read }));
}

/** The request of a server action or page. Next.js does not tell its path, so it reads as "/". */
export async function request(): Promise<ArcjetNextRequest> {
  const headers = new Headers(await nextHeaders());
  return { method: headers.has("next-action") ? "POST" : "GET", url: "/", headers };
}

async function answer<Props>(
  client: Pick<Client<ArcjetNextRequest, Props>, "decide">,
  given: NextRequest,
  options: (NextOptions & { readonly props?: ReadProps<NextRequest, Props> }) | undefined,
  next: NextHandler,
): Promise<Response> {
  const decision = await decideWith<NextRequest, Props>(client, given, options?.props);
  if (decision.isDenied())
    return options?.onDenied?.(given, decision) ?? denialToResponse(decision, given);
  const response = await next(given);
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
  return (given) => answer(aj, given, options, next);
}

/** The name of `createProxy` before Next.js 16. */
export const createMiddleware =
  <Props>(
    aj: NextArcjet<Props> & (object extends Props ? unknown : never),
    existing?: NextHandler,
  ): NextHandler =>
  (given) =>
    answer(aj, given, undefined, existing ?? (() => NextResponse.next()));

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
  const client = addRules(aj, options?.rules);
  return (given, ...rest) => answer(client, given, options, (same) => handler(same, ...rest));
}
