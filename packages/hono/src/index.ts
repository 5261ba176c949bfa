/** Arcjet for Hono, on every runtime Hono has. */
import {
  createArcjet,
  createWithArcjet,
  judgeWeb,
  readNodeRequest,
  readWebRequest,
  withRateLimitHeaders,
  type AdapterKind,
  type Decision,
  type MiddlewareClient,
  type NodeRequest,
  type NodeResponse,
  type WebGuardOptions,
} from "@arcjet/core/fetch";
import type { Context, Handler, MiddlewareHandler } from "hono";

export * from "@arcjet/core";

declare module "hono" {
  interface ContextVariableMap {
    /** The decision of the middleware or of `withArcjet`. */
    arcjet: Decision;
  }
}

/** What the servers of the runtimes put into the environment of a request. */
interface Bindings {
  readonly incoming?: NodeRequest;
  readonly outgoing?: NodeResponse;
  readonly remoteAddr?: { readonly hostname?: string };
  readonly requestIP?: (request: Request) => { readonly address: string } | null;
}

export type HonoOptions = WebGuardOptions<Context>;

/** A client for Hono; the decision of its middleware is in `c.get("arcjet")`. */
export interface HonoArcjet<Props = object> extends MiddlewareClient<HonoKind, Props> {}

interface HonoKind extends AdapterKind {
  readonly request: Context;
  readonly options: HonoOptions;
  readonly middleware: MiddlewareHandler;
  readonly arguments: Parameters<Handler>;
  readonly client: HonoArcjet<this["props"]>;
}

const bindings = (c: Context): Bindings => c.env ?? {};

function read(c: Context) {
  const { incoming, remoteAddr, requestIP } = bindings(c);
  if (incoming) return readNodeRequest(incoming);
  return readWebRequest(c.req.raw, {
    peer: remoteAddr?.hostname ?? requestIP?.call(c.env, c.req.raw)?.address,
  });
}

const judge = judgeWeb<Context>({
  request: (c) => c.req.raw,
  attach: (c, decision) => c.set("arcjet", decision),
  // Setting fields on Node's response keeps the server on its fast path; a change of `c.res` leaves it.
  outgoing: (c) => bindings(c).outgoing,
  settle(c, decision) {
    // What a handler made without the context has none of the fields that were set there before.
    const made = c.finalized ? withRateLimitHeaders(c.res, decision) : undefined;
    if (made && made !== c.res) c.res = made;
  },
});

/**
 * Protects a Hono app with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * app.use(aj.middleware());
 */
const arcjet = createArcjet<HonoKind>(
  { read, identity: (c) => bindings(c).incoming ?? c.req.raw },
  (guard, options) => (c, next) => judge(guard, options, c, next),
);
export default arcjet;

/** Protects one handler, with rules of its own if need be. */
export const withArcjet = createWithArcjet<HonoKind>(judge);
