import type { NextFetchEvent, NextRequest } from "next/server.js";

/** What the running test put in place of an app's own code. */
export interface Suite {
  readonly proxy: (request: NextRequest, event: NextFetchEvent) => Response | Promise<Response>;
  readonly route: (name: string) => (request: NextRequest) => Response | Promise<Response>;
  /** Called when a page is rendered. */
  readonly rendered: (page: string) => void;
}

declare global {
  var arcjetSuite: Suite;
}

export const route =
  (name: string) =>
  (request: NextRequest): Response | Promise<Response> =>
    globalThis.arcjetSuite.route(name)(request);
