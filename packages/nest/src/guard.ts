/** Guards and decorators of a client that the app holds itself. */
import { createGuard, type RuleInput, type WithArcjetArguments } from "@arcjet/core/node";
import {
  createParamDecorator,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from "@nestjs/common";
import type { NestArcjet, NestRequest } from "./client.ts";
import { judge, requestOf, type NestOptions } from "./judge.ts";

/** A guard for `@UseGuards()` or `useGlobalGuards()`, with rules of its own if need be. */
export function arcjetGuard<Props, const R extends readonly RuleInput[] = readonly []>(
  aj: NestArcjet<Props>,
  ...[options]: WithArcjetArguments<NestRequest, Props, R, NestOptions>
): CanActivate {
  const guard = createGuard(aj, options);
  return { canActivate: (context) => judge(guard, context, options) };
}

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
