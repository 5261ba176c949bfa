import type { EventHandler, H3Event } from "h3";

/** What the running test put in place of an app's own code. */
export interface Suite {
  readonly middleware: (event: H3Event) => unknown;
  readonly route: (name: string) => (event: H3Event) => unknown;
}

declare global {
  var arcjetSuite: () => Suite;
}

export const middleware: EventHandler = (event) => globalThis.arcjetSuite().middleware(event);

export const route =
  (name: string): EventHandler =>
  (event) =>
    globalThis.arcjetSuite().route(name)(event);
