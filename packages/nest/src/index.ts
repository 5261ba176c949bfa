/** Arcjet for NestJS, on Express and on Fastify: a module, a guard, decorators and middleware. */
export * from "@arcjet/core";
export { arcjet as default, type NestArcjet, type NestRequest } from "./client.ts";
export {
  ArcjetDecision,
  ArcjetDenied,
  arcjetGuard,
  withArcjet,
  type NestOptions,
} from "./guard.ts";
export {
  ARCJET,
  ArcjetGuard,
  ArcjetModule,
  WithArcjetRules,
  type ArcjetModuleAsyncOptions,
  type ArcjetModuleOptions,
} from "./module.ts";
