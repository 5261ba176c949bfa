/** What guards do with a request: they decide, leave the decision on it, and throw when it is denied. */
import { denialResponse, rateLimitHeaders, type Decision, type Guard } from "@arcjet/core/node";
import type { ArgumentsHost, ExecutionContext } from "@nestjs/common";
import type { NestRequest } from "./client.ts";
import { ArcjetDenied } from "./denied.ts";

export interface NestOptions {
  /** Gives the exception that answers a denied request instead of the 403 or 429. */
  readonly onDenied?: (context: ExecutionContext, decision: Decision) => Error | Promise<Error>;
}

interface HeaderTarget {
  header(name: string, value: string): unknown;
}

/** What GraphQL resolvers have of the request: Apollo gives it, Mercurius gives the reply to it. */
interface GraphqlContext {
  readonly req?: NestRequest;
  readonly reply?: { readonly request: NestRequest };
}

const requestIn = (context: GraphqlContext | undefined): NestRequest | undefined =>
  context?.req ?? context?.reply?.request;

/** The request of HTTP and GraphQL; other transports have none. */
export const requestOf = (host: ArgumentsHost): NestRequest | undefined =>
  host.getType<string>() === "graphql"
    ? requestIn(host.getArgByIndex(2))
    : host.getType() === "http"
      ? host.switchToHttp().getRequest<NestRequest>()
      : undefined;

/** Whether a request may go on; throws when it may not. */
export async function judge(
  guard: Guard<NestRequest>,
  context: ExecutionContext,
  options: NestOptions | undefined,
): Promise<boolean> {
  const request = requestOf(context);
  if (request === undefined) return true;
  const decision = await guard(request);
  request.arcjet = decision;
  const denied = decision.isDenied();
  const given = denied ? await options?.onDenied?.(context, decision) : undefined;
  if (given !== undefined) throw given;
  const http = context.getType() === "http" ? context.switchToHttp() : undefined;
  const fields = denied ? denialResponse(decision, undefined).headers : rateLimitHeaders(decision);
  // The type of the body is for the filter that writes it.
  for (const [name, value] of fields)
    if (name !== "content-type") http?.getResponse<HeaderTarget>().header(name, value);
  if (denied) throw new ArcjetDenied(decision);
  return true;
}
