import type { NextRequest } from "next/server.js";

/** What the running test put in place of an app's own code. */
export interface Suite {
  readonly proxy: (request: NextRequest) => Response | Promise<Response>;
  readonly route: (name: string) => (request: NextRequest) => Response | Promise<Response>;
}

declare global {
  var arcjetSuite: Suite;
}

export const route =
  (name: string) =>
  (request: NextRequest): Response | Promise<Response> =>
    globalThis.arcjetSuite.route(name)(request);
