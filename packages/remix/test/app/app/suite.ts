import type { IncomingMessage, ServerResponse } from "node:http";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";

export type Handler = (args: LoaderFunctionArgs | ActionFunctionArgs) => Promise<unknown>;

/** What the running test put in place of an app's own code. */
export interface Suite {
  readonly middleware: (
    request: IncomingMessage,
    response: ServerResponse,
    next: (error?: unknown) => void,
  ) => void;
  readonly route: (name: string) => Handler;
}

declare global {
  var arcjetSuite: () => Suite;
}

export const route =
  (name: string): Handler =>
  (args) =>
    globalThis.arcjetSuite().route(name)(args);
