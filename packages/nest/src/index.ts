/** Arcjet for NestJS, on Express and on Fastify: a module, a guard, decorators and middleware. */
export * from "@arcjet/core";
export { arcjet as default, type NestArcjet, type NestRequest } from "./client.ts";
export { ArcjetDenied } from "./denied.ts";
export { ArcjetDecision, arcjetGuard, withArcjet } from "./guard.ts";
export type { NestOptions } from "./judge.ts";
export {
  ARCJET,
  ArcjetGuard,
  ArcjetModule,
  WithArcjetRules,
  type ArcjetModuleAsyncOptions,
  type ArcjetModuleOptions,
} from "./module.ts";
