/** Arcjet for SvelteKit: a `handle` hook, endpoints, form actions and `load` functions. */
import {
  addressOrNone,
  createArcjet,
  createWithArcjet,
  judgeWeb,
  readNodeRequest,
  readWebRequest,
  type AdapterKind,
  type Decision,
  type MaybePromise,
  type MiddlewareClient,
  type NodeRequest,
  type RequestParts,
  type WebGuardOptions,
} from "@arcjet/core/fetch";
import type { RequestEvent } from "@sveltejs/kit";

export * from "@arcjet/core";

declare global {
  namespace App {
    interface Locals {
      /** The decision of the `handle` hook or of `withArcjet`. */
      arcjet: Decision;
    }
  }
}

/** A `handle` hook, in the form that SvelteKit 2 and 3 have in common. */
export type ArcjetHandle = (input: {
  readonly event: RequestEvent;
  readonly resolve: (event: RequestEvent) => MaybePromise<Response>;
}) => Promise<Response>;

export type SvelteKitOptions = WebGuardOptions<RequestEvent>;

/** A client for SvelteKit, whose middleware is a `handle` hook; the decision is in `locals.arcjet`. */
export interface SvelteKitArcjet<Props = object> extends MiddlewareClient<SvelteKitKind, Props> {}

interface SvelteKitKind extends AdapterKind {
  readonly request: RequestEvent;
  readonly options: SvelteKitOptions;
  readonly middleware: ArcjetHandle;
  readonly client: SvelteKitArcjet<this["props"]>;
}

const judge = judgeWeb<RequestEvent>({
  request: (event) => event.request,
  attach: (event, decision) => void (event.locals.arcjet = decision),
});

function read(event: RequestEvent): RequestParts {
  const { request, url, platform, isDataRequest, isSubRequest } = event;
  // A request for a page's data has the page's path in `url` alone, without its suffix.
  const target = isDataRequest ? url.pathname + url.search : undefined;
  const peer = addressOrNone(() => event.getClientAddress());
  const raw = (platform as { readonly req?: NodeRequest } | undefined)?.req;
  if (raw === undefined || isSubRequest) return readWebRequest(request, { peer, target });
  const parts = readNodeRequest(raw, target);
  return { ...parts, peer: peer ?? parts.peer };
}

/**
 * Protects a SvelteKit app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * export const handle = aj.middleware(); // in hooks.server.ts
 */
const arcjet = createArcjet<SvelteKitKind>(
  { read, identity: (event) => event.request },
  (guard, options) =>
    async ({ event, resolve }) =>
      // What the app fetches from itself belongs to the visitor's request, which has been judged.
      event.isSubRequest ? resolve(event) : judge(guard, options, event, () => resolve(event)),
);
export default arcjet;

/** Protects one endpoint, with rules of its own if need be. */
export const withArcjet = createWithArcjet<SvelteKitKind>(judge);
