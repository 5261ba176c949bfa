/** Arcjet for `node:http`, `node:https` and `node:http2` (compatibility API) servers. */
import {
  addRules,
  createClient,
  nodeMiddleware,
  readNodeRequest,
  type ArcjetOptions,
  type CharacteristicProps,
  type Client,
  type Decision,
  type GuardArguments,
  type NodeGuardOptions,
  type NodeRequest,
  type NodeResponse,
  type PropsOf,
  type RuleInput,
  type WithArcjetArguments,
} from "@arcjet/core/node";

export * from "@arcjet/core";
export type { NodeRequest, NodeResponse } from "@arcjet/core/node";

export type NodeOptions = NodeGuardOptions<NodeRequest, NodeResponse>;

/** Middleware in the `(request, response, next)` form. */
export type NodeMiddleware = (
  request: NodeRequest,
  response: NodeResponse,
  next: (error?: unknown) => void,
) => void;

/** A client for Node's HTTP servers. */
export interface NodeArcjet<Props = unknown> extends Omit<Client<NodeRequest, Props>, "withRule"> {
  /** Middleware for connect, polka and every framework with `(request, response, next)`. */
  readonly middleware: (
    ...options: GuardArguments<NodeRequest, Props, NodeOptions>
  ) => NodeMiddleware;
  readonly withRule: <const R extends RuleInput>(
    rule: R,
  ) => NodeArcjet<Props & PropsOf<readonly [R]>>;
}

const decisions = new WeakMap<NodeRequest, Decision>();
const attach = (request: NodeRequest, _: NodeResponse, decision: Decision): void =>
  void decisions.set(request, decision);

/** The decision that middleware or `withArcjet` made about a request. */
export const decisionOf = (request: NodeRequest): Decision | undefined => decisions.get(request);

const extend = <Props>(client: Client<NodeRequest, Props>): NodeArcjet<Props> => ({
  ...client,
  middleware: (...[options]) => nodeMiddleware(client, options, attach),
  withRule: (rule) => extend(client.withRule(rule)),
});

/**
 * Protects a Node HTTP server with these rules.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })] });
 * createServer(withArcjet(aj, (req, res) => res.end("Hello")));
 */
export default function arcjet<
  const Rules extends readonly RuleInput[],
  const C extends readonly string[] = readonly [],
>(options: ArcjetOptions<Rules, C>): NodeArcjet<PropsOf<Rules> & CharacteristicProps<C>> {
  return extend(
    createClient(options, { read: (request: NodeRequest) => readNodeRequest(request) }),
  );
}

/** Protects one handler, with rules of its own if need be. What `props` or `onDenied` throws is answered with 500. */
export function withArcjet<
  Request extends NodeRequest,
  Response extends NodeResponse,
  Props,
  const R extends readonly RuleInput[] = readonly [],
>(
  aj: NodeArcjet<Props>,
  handler: (request: Request, response: Response) => unknown,
  ...[options]: WithArcjetArguments<NodeRequest, Props, R, NodeOptions>
): (request: Request, response: Response) => void {
  const guard = nodeMiddleware(addRules(aj, options?.rules), options, attach);
  return (request, response) =>
    guard(request, response, (error) => {
      if (error === undefined) return void handler(request, response);
      if (!response.headersSent) response.statusCode = 500;
      response.end("");
    });
}
