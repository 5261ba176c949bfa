/** Guards, which leave the decision on the request and throw when it is denied, and decorators beside them. */
import {
  createGuard,
  denialResponse,
  judgeReply,
  type Decision,
  type Guard,
  type RuleInput,
  type WithArcjetArguments,
} from "@arcjet/core/node";
import {
  createParamDecorator,
  HttpException,
  UseGuards,
  type ArgumentsHost,
  type CanActivate,
  type ExecutionContext,
} from "@nestjs/common";
import { attach, type NestArcjet, type NestRequest } from "./client.ts";

export interface NestOptions {
  /** Gives the exception that answers a denied request instead of the 403 or 429. */
  readonly onDenied?: (context: ExecutionContext, decision: Decision) => Error | Promise<Error>;
}

/** What a guard throws about a denied request; the module answers it, or a filter of the app does. */
export class ArcjetDenied extends HttpException {
  readonly decision: Decision;
  constructor(decision: Decision) {
    const { status, body } = denialResponse(decision, undefined);
    super(JSON.parse(body) as object, status);
    this.decision = decision;
  }
}

/** What GraphQL resolvers have of the request: Apollo gives it, Mercurius gives the reply to it. */
interface GraphqlContext {
  readonly req?: NestRequest;
  readonly reply?: { readonly request: NestRequest };
}

/** The request of HTTP and GraphQL; other transports have none. */
function requestOf(host: ArgumentsHost): NestRequest | undefined {
  const type = host.getType<string>();
  if (type === "http") return host.switchToHttp().getRequest<NestRequest>();
  const graphql =
    type === "graphql" ? host.getArgByIndex<GraphqlContext | undefined>(2) : undefined;
  return graphql?.req ?? graphql?.reply?.request;
}

function setField(context: ExecutionContext, name: string, value: string): void {
  if (context.getType() !== "http") return;
  context
    .switchToHttp()
    .getResponse<{ header(name: string, value: string): void }>()
    .header(name, value);
}

const judge = judgeReply<NestRequest, ExecutionContext, NestOptions>({
  attach,
  setField,
  deny: async (_, context, decision, options) => {
    const given = await options?.onDenied?.(context, decision);
    if (given !== undefined) throw given;
    for (const [name, value] of denialResponse(decision, undefined).headers)
      // The type of the body is for the filter that writes it.
      if (name !== "content-type") setField(context, name, value);
    throw new ArcjetDenied(decision);
  },
});

/** What decides about a request, as a guard of Nest. */
export const toGuard = (guard: Guard<NestRequest>, options: NestOptions | undefined) => ({
  canActivate: async (context: ExecutionContext): Promise<boolean> => {
    const request = requestOf(context);
    return request === undefined || judge(guard, options, request, context);
  },
});

/** A guard for `@UseGuards()` or `useGlobalGuards()`, with rules of its own if need be. */
export const arcjetGuard = <Props, const R extends readonly RuleInput[] = readonly []>(
  aj: NestArcjet<Props>,
  ...[options]: WithArcjetArguments<NestRequest, Props, R, NestOptions>
): CanActivate => toGuard(createGuard(aj, options), options);

/** Protects one handler or a whole controller, with rules of its own if need be. */
export const withArcjet = <Props, const R extends readonly RuleInput[] = readonly []>(
  aj: NestArcjet<Props>,
  ...options: WithArcjetArguments<NestRequest, Props, R, NestOptions>
): MethodDecorator & ClassDecorator => UseGuards(arcjetGuard<Props, R>(aj, ...options));

/** The decision about the current request, as an argument of a handler. */
export const ArcjetDecision = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const request = requestOf(context);
  return request?.arcjet ?? (request?.raw as NestRequest | undefined)?.arcjet;
});
