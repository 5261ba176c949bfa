import type { APIContext, APIRoute, MiddlewareHandler } from "astro";

/** What the running test put in place of an app's own code. */
export interface Suite {
  readonly onRequest: MiddlewareHandler;
  readonly route: (name: string) => APIRoute;
  /** Called when `/page` is rendered, and when the build renders `/static`. */
  readonly page?: (context: APIContext) => Promise<unknown>;
}

declare global {
  var arcjetSuite: () => Suite;
}

export const route =
  (name: string): APIRoute =>
  (context) =>
    globalThis.arcjetSuite().route(name)(context);
