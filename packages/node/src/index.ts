/** Arcjet for `node:http`, `node:https` and `node:http2` (compatibility API) servers. */
import {
  createArcjet,
  createGuard,
  nodeMiddleware,
  readNodeRequest,
  type Decision,
  type MiddlewareClient,
  type NodeKind,
  type NodeRequest,
  type NodeResponse,
  type RuleInput,
  type WithArcjetArguments,
} from "@arcjet/core/node";
import type { IncomingMessage, ServerResponse } from "node:http";

export * from "@arcjet/core";
export { createRemoteClient, type RemoteClientOptions } from "@arcjet/core/node";
export type { NodeMiddleware, NodeRequest, NodeResponse } from "@arcjet/core/node";

export type NodeOptions = NodeKind["options"];

/** A client for Node's HTTP servers, connect, polka and all that have `(request, response, next)`. */
export interface NodeArcjet<Props = object> extends MiddlewareClient<Kind, Props> {}

interface Kind extends NodeKind {
  readonly client: NodeArcjet<this["props"]>;
}

const decisions = new WeakMap<NodeRequest, Decision>();
const toMiddleware = nodeMiddleware(
  (request, _, decision) => void decisions.set(request, decision),
);

/** The decision that middleware or `withArcjet` made about a request. */
export const decisionOf = (request: NodeRequest): Decision | undefined => decisions.get(request);

/**
 * Protects a Node HTTP server with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * createServer(withArcjet(aj, (req, res) => res.end("Hello")));
 */
const arcjet = createArcjet<Kind>({ read: (request) => readNodeRequest(request) }, toMiddleware);
export default arcjet;

/** Protects one handler, with rules of its own if need be. What `props` or `onDenied` throws is answered with 500. */
export function withArcjet<
  Props,
  const R extends readonly RuleInput[] = readonly [],
  Request extends NodeRequest = IncomingMessage,
  Response extends NodeResponse = ServerResponse,
>(
  aj: NodeArcjet<Props>,
  handler: (request: Request, response: Response) => unknown,
  ...[options]: WithArcjetArguments<NodeRequest, Props, R, NodeOptions>
): (request: Request, response: Response) => void {
  const guard = toMiddleware(createGuard(aj, options), options);
  return (request, response) =>
    guard(request, response, (error) => {
      if (error === undefined) return void handler(request, response);
      if (!response.headersSent) response.statusCode = 500;
      response.end("");
    });
}
