import type { ActionFunctionArgs, LoaderFunctionArgs, MiddlewareFunction } from "react-router";

export type Handler = (args: LoaderFunctionArgs | ActionFunctionArgs) => Promise<unknown>;

/** What the running test put in place of an app's own code. */
export interface Suite {
  readonly middleware: MiddlewareFunction<Response>;
  readonly route: (name: string) => Handler;
}

declare global {
  var arcjetSuite: () => Suite;
}

export const middleware: MiddlewareFunction<Response> = (args, next) =>
  globalThis.arcjetSuite().middleware(args, next);

export const route =
  (name: string): Handler =>
  (args) =>
    globalThis.arcjetSuite().route(name)(args);
