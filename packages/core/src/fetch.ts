/** The bridge for frameworks on the web platform's `Request` and `Response`. */
import { createClient, type Adapter } from "./client.ts";
import { createFactory, type AdapterKind, type ArcjetFactory, type ToMiddleware } from "./guard.ts";
import { readWebHeaders } from "./headers.ts";
import type { RequestParts } from "./normalize.ts";

export { createClient, type Adapter, type Client } from "./client.ts";
export type { ArcjetOptions } from "./arcjet-options.ts";
export type { CharacteristicProps } from "./characteristics.ts";
export type { Decision } from "./decision.ts";
export {
  addRules,
  createGuard,
  createUntypedGuard,
  createWithArcjet,
  decideWith,
  type AdapterKind,
  type ArcjetFactory,
  type ClientFactory,
  type Guard,
  type GuardArguments,
  type HandlerJudge,
  type Judge,
  type MiddlewareClient,
  type ReadProps,
  type WithArcjet,
  type WithArcjetArguments,
} from "./guard.ts";
export { readHeaders, readWebHeaders } from "./headers.ts";
export { isPromise, whenReady, type MaybePromise } from "./maybe-promise.ts";
export {
  readNodeRequest,
  receivedTarget,
  type NodeRequest,
  type NodeResponse,
} from "./node-request.ts";
export type { RequestParts } from "./normalize.ts";
export { denialResponse, rateLimitHeaders, type ResponseParts } from "./response.ts";
export type { PropsOf, RuleInput } from "./rule-list.ts";
export {
  createWithRoute,
  denialToResponse,
  judgeRoute,
  judgeWeb,
  withRateLimitHeaders,
  type WebContext,
  type WebGuardOptions,
} from "./web-guard.ts";

/** Makes the `arcjet()` of an adapter. */
export const createArcjet = <Kind extends AdapterKind>(
  adapter: Adapter<Kind["request"]>,
  toMiddleware: ToMiddleware<Kind>,
): ArcjetFactory<Kind> => createFactory(createClient, adapter, toMiddleware);

const ORIGIN = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/;

/**
 * Reads the raw facts of a web request. Web requests hold a parsed URL, so the target is as the
 * runtime parsed it unless the framework still has the one received.
 */
export function readWebRequest(
  request: { readonly method: string; readonly url: string; readonly headers: Headers },
  more: { readonly peer?: string | undefined; readonly target?: string | undefined } = {},
): RequestParts {
  const { url } = request;
  return {
    method: request.method,
    target: more.target ?? url.replace(ORIGIN, ""),
    headers: readWebHeaders(request.headers),
    peer: more.peer,
    tls: url.startsWith("https:"),
  };
}

/** The address a framework gives for the peer; nothing where asking throws, as some do without one. */
export function addressOrNone(ask: () => string): string | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
