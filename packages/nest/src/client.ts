/** The client: how a request of Nest is read, on Express and on Fastify, and middleware for `app.use()`. */
import {
  createArcjet,
  nodeMiddleware,
  readNodeRequest,
  type Decision,
  type MiddlewareClient,
  type NodeKind,
  type NodeRequest,
} from "@arcjet/core/node";

/** The request of Express or of Fastify. */
export interface NestRequest extends NodeRequest {
  readonly raw?: NodeRequest;
  /** The decision of the guard or of the middleware. */
  arcjet?: Decision;
}

/**
 * A client for NestJS, whose middleware is for `app.use()`; the decision is what `@ArcjetDecision()`
 * gives, and in `request.arcjet`.
 */
export interface NestArcjet<Props = object> extends MiddlewareClient<NestKind, Props> {}

interface NestKind extends NodeKind<NestRequest> {
  readonly client: NestArcjet<this["props"]>;
}

/** Where the guard and the middleware leave their decision. */
export const attach = (request: NestRequest, _: unknown, decision: Decision): void =>
  void (request.arcjet = decision);

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
  nodeMiddleware(attach),
);
