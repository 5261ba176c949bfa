/** Arcjet for Astro: middleware, an integration that installs it, endpoints, actions and pages. */
import {
  addressOrNone,
  createArcjet,
  createWithArcjet,
  judgeWeb,
  readWebRequest,
  type AdapterKind,
  type Decision,
  type MiddlewareClient,
  type RequestParts,
  type WebGuardOptions,
} from "@arcjet/core/fetch";
import type { APIContext, AstroIntegration, MiddlewareNext } from "astro";

export * from "@arcjet/core";

declare global {
  namespace App {
    interface Locals {
      /** The decision of the middleware or of `withArcjet`. */
      arcjet: Decision;
    }
  }
}

export type AstroOptions = WebGuardOptions<APIContext>;

/** Middleware of Astro that always answers. */
export type ArcjetMiddleware = (context: APIContext, next: MiddlewareNext) => Promise<Response>;

/** A client for Astro; the decision of its middleware is in `locals.arcjet`. */
export interface AstroArcjet<Props = object> extends MiddlewareClient<AstroKind, Props> {}

interface AstroKind extends AdapterKind {
  readonly request: APIContext;
  readonly options: AstroOptions;
  readonly middleware: ArcjetMiddleware;
  readonly client: AstroArcjet<this["props"]>;
}

const judge = judgeWeb<APIContext>({
  request: (context) => context.request,
  attach: (context, decision) => void (context.locals.arcjet = decision),
});

/** The address Astro gives, unless a client may have written it into a header itself. */
function peerOf(context: APIContext): string | undefined {
  const forwarded = context.request.headers.get("x-forwarded-for")?.split(",", 1)[0]?.trim();
  const address = addressOrNone(() => context.clientAddress);
  return address === forwarded ? undefined : address;
}

function read(context: APIContext): RequestParts {
  const { request, url } = context;
  // Astro decodes a path until nothing is left to decode; what was encoded twice is read as it does.
  const [path = ""] = request.url.split("?", 1);
  const target = path.includes("%25") ? url.pathname + url.search : undefined;
  return readWebRequest(request, { peer: peerOf(context), target });
}

/**
 * Protects an Astro app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * export const onRequest = aj.middleware(); // in src/middleware.ts
 */
const arcjet = createArcjet<AstroKind>(
  { read, identity: (context) => context.request },
  (guard, options) => async (context, next) =>
    // A page that is rendered by the build has no visitor yet.
    context.isPrerendered ? next() : judge(guard, options, context, next),
);
export default arcjet;

/** Protects one endpoint, with rules of its own if need be. */
export const withArcjet = createWithArcjet<AstroKind>(judge);

/** Installs a module whose `onRequest` is Arcjet's middleware in front of all other middleware. */
export const arcjetIntegration = (entrypoint: string | URL): AstroIntegration => ({
  name: "@arcjet/astro",
  hooks: {
    "astro:config:setup": ({ addMiddleware }) => addMiddleware({ order: "pre", entrypoint }),
  },
});
