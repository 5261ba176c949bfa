/** Arcjet for Next.js: `proxy.ts`, route handlers, server actions and pages. */
import {
  createClient,
  createGuard,
  createWithArcjet,
  judgeWeb,
  readNodeRequest,
  readWebRequest,
  type AdapterKind,
  type Client,
  type ClientFactory,
  type GuardArguments,
  type NodeRequest,
  type RequestParts,
  type WebGuardOptions,
} from "@arcjet/core/fetch";
import { headers as nextHeaders } from "next/headers.js";
import {
  NextResponse,
  type NextFetchEvent,
  type NextMiddleware,
  type NextRequest,
} from "next/server.js";

export * from "@arcjet/core";

/** A web request, what `request()` gives, or the request of a Pages API route. */
export type ArcjetNextRequest = Pick<Request, "method" | "url" | "headers"> | NodeRequest;

/** A client for Next.js. */
export type NextArcjet<Props = object> = Client<ArcjetNextRequest, Props>;

export type NextOptions = WebGuardOptions<NextRequest>;

interface NextKind extends AdapterKind {
  readonly request: ArcjetNextRequest;
  readonly options: NextOptions;
  readonly arguments: [request: NextRequest, ...rest: unknown[]];
  readonly client: NextArcjet<this["props"]>;
}

const judge = judgeWeb<NextRequest>({ request: (given) => given });

const read = (request: ArcjetNextRequest): RequestParts =>
  "socket" in request ? readNodeRequest(request) : readWebRequest(request);

/**
 * Protects a Next.js app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * export default createProxy(aj); // in proxy.ts
 */
const arcjet: ClientFactory<ArcjetNextRequest> = (options) => createClient(options, { read });
export default arcjet;

/** The request of a server action or page. Next.js does not tell its path, so it reads as "/". */
export async function request(): Promise<ArcjetNextRequest> {
  const headers = new Headers(await nextHeaders());
  return { method: headers.has("next-action") ? "POST" : "GET", url: "/", headers };
}

/** A `proxy.ts` that judges every request; `existing` is a proxy of the app's own to go on with. */
export function createProxy<Props>(
  aj: NextArcjet<Props>,
  ...[options]: GuardArguments<
    NextRequest,
    Props,
    NextOptions & { readonly existing?: NextMiddleware }
  >
): (request: NextRequest, event?: NextFetchEvent) => Promise<Response> {
  const guard = createGuard(aj, options);
  const next = async (...given: Parameters<NextMiddleware>): Promise<Response> =>
    (await options?.existing?.(...given)) ?? NextResponse.next();
  // Next.js always gives the event; only a proxy of the app's own, which tests may call, asks for it.
  return (given, event) => judge(guard, options, given, () => next(given, event as NextFetchEvent));
}

/** The name of `createProxy` before Next.js 16. */
export const createMiddleware = (
  aj: NextArcjet,
  existing?: NextMiddleware,
): ReturnType<typeof createProxy> => createProxy(aj, existing && { existing });

/** Protects one route handler, with rules of its own if need be. */
export const withArcjet = createWithArcjet<NextKind>(judge);
