/** Arcjet for Nuxt and Nitro: server middleware and event handlers. */
import {
  createArcjet,
  createWithArcjet,
  judgeWeb,
  readNodeRequest,
  receivedTarget,
  type AdapterKind,
  type Decision,
  type MiddlewareClient,
  type RequestParts,
  type WebGuardOptions,
} from "@arcjet/core/fetch";
import type { H3Event } from "h3";

export * from "@arcjet/core";

declare module "h3" {
  interface H3EventContext {
    /** The decision of the server middleware or of `withArcjet`. */
    arcjet: Decision;
  }
}

/** `onDenied` answers with anything an event handler may return. */
export type NuxtOptions = WebGuardOptions<H3Event, unknown>;

/** What `defineEventHandler` takes; a request that may go on gives nothing. */
export type ArcjetEventHandler = (event: H3Event) => Promise<unknown>;

/** A client for Nuxt; the decision of its middleware is in `event.context.arcjet`. */
export interface NuxtArcjet<Props = object> extends MiddlewareClient<NuxtKind, Props> {}

interface NuxtKind extends AdapterKind {
  readonly request: H3Event;
  readonly options: NuxtOptions;
  readonly middleware: ArcjetEventHandler;
  readonly client: NuxtArcjet<this["props"]>;
}

const PAYLOAD = /^[^?#]*\/_payload.json(?:\?|$)/;

/** A request for the data of a page (`/page/_payload.json`) as the page, by Nuxt's own steps. */
function routedTarget(received: string): string {
  if (!PAYLOAD.test(received) || !URL.canParse(received, "http://localhost")) return received;
  const { pathname, search } = new URL(received, "http://localhost");
  return (pathname.slice(0, -"/_payload.json".length) || "/") + search;
}

function read({ node: { req } }: H3Event): RequestParts {
  return readNodeRequest(req, routedTarget(receivedTarget(req)));
}

const judge = judgeWeb<H3Event, unknown>({
  request: (event) => event,
  attach: (event, decision) => void (event.context.arcjet = decision),
  outgoing: (event) => event.node.res,
});

/**
 * Protects a Nuxt app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * export default defineEventHandler(aj.middleware()); // in server/middleware/arcjet.ts
 */
const arcjet = createArcjet<NuxtKind>(
  { read, identity: (event) => event.node.req, ignoreCase: true },
  (guard, options) => (event) => judge(guard, options, event, () => undefined),
);
export default arcjet;

/** Protects one event handler, with rules of its own if need be. */
export const withArcjet = createWithArcjet<NuxtKind>(judge);
