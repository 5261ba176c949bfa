/** The client: how a request of Nest is read, on Express and on Fastify, and middleware for `app.use()`. */
import {
  createArcjet,
  nodeMiddleware,
  readNodeRequest,
  type AdapterKind,
  type Decision,
  type MiddlewareClient,
  type NodeGuardOptions,
  type NodeMiddleware,
  type NodeRequest,
  type NodeResponse,
} from "@arcjet/core/node";

/** The request of Express or of Fastify. */
export interface NestRequest extends NodeRequest {
  readonly originalUrl?: string;
  readonly raw?: NodeRequest;
  /** The decision of the guard or of the middleware. */
  arcjet?: Decision;
}

/**
 * A client for NestJS, whose middleware is for `app.use()`; the decision is what `@ArcjetDecision()`
 * gives, and in `request.arcjet`.
 */
export interface NestArcjet<Props = object> extends MiddlewareClient<NestKind, Props> {}

interface NestKind extends AdapterKind {
  readonly request: NestRequest;
  readonly options: NodeGuardOptions<NestRequest, NodeResponse>;
  readonly middleware: NodeMiddleware<NestRequest>;
  readonly client: NestArcjet<this["props"]>;
}

/**
 * Protects a NestJS app with these rules; `ArcjetModule` makes one from its options.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * app.use(aj.middleware());
 */
export const arcjet = createArcjet<NestKind>(
  {
    read: (request) => readNodeRequest(request.raw ?? request, request.originalUrl),
    identity: (request) => request.raw ?? request,
    ignoreCase: true,
  },
  (guard, options) =>
    nodeMiddleware(guard, options, (request, _, decision) => void (request.arcjet = decision)),
);
