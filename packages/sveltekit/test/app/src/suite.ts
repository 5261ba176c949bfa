import type { RequestHandler, ServerLoad } from "@sveltejs/kit";
import type { Handle } from "@sveltejs/kit/hooks";

/** What the running test put in place of an app's own code. */
export interface Suite {
  readonly handle: Handle;
  readonly route: (name: string) => RequestHandler;
  /** Loads the data of `/page`. */
  readonly load?: ServerLoad;
}

declare global {
  var arcjetSuite: () => Suite;
}

export const route =
  (name: string): RequestHandler =>
  (event) =>
    globalThis.arcjetSuite().route(name)(event);
