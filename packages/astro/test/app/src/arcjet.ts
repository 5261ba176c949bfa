import type { MiddlewareHandler } from "astro";
import "./suite.ts";

export const onRequest: MiddlewareHandler = (context, next) =>
  context.isPrerendered ? next() : globalThis.arcjetSuite().onRequest(context, next);
