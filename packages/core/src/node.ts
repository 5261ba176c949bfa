/** The bridge for frameworks on Node's `IncomingMessage` and `ServerResponse`. */
import { createClient as createAnyClient, type Adapter } from "./client.ts";
import { createFactory, type AdapterKind, type ArcjetFactory, type ToMiddleware } from "./guard.ts";
import { withRemoteEnvironment } from "./remote-environment.ts";

export type { Adapter, Client } from "./client.ts";
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
  type ClientAndProps,
  type ClientFactory,
  type Guard,
  type GuardArguments,
  type HandlerJudge,
  type Judge,
  type MiddlewareClient,
  type ReadProps,
  type ToMiddleware,
  type WithArcjet,
  type WithArcjetArguments,
} from "./guard.ts";
export { isPromise, whenReady, type MaybePromise } from "./maybe-promise.ts";
export {
  nodeMiddleware,
  wrapNodeHandler,
  writeDenial,
  type NodeGuardOptions,
  type NodeKind,
  type NodeMiddleware,
} from "./node-middleware.ts";
export {
  readNodeRequest,
  receivedTarget,
  type NodeRequest,
  type NodeResponse,
} from "./node-request.ts";
export { denialResponse, rateLimitHeaders, type ResponseParts } from "./response.ts";
export {
  createReplyGuards,
  judgeReply,
  toFailure,
  type ReplyFramework,
  type ReplyJudge,
  type ReplyKind,
} from "./reply-guard.ts";
export { createRemoteClient, type RemoteClientOptions } from "./remote-environment.ts";
export type { RequestParts } from "./normalize.ts";
export type { PropsOf, RuleInput } from "./rule-list.ts";

/**
 * Builds a client for one framework; ARCJET_BASE_URL and ARCJET_KEY make it ask a Decide server.
 *
 * @throws TypeError when an option, a rule or one of the variables is wrong.
 */
export const createClient: typeof createAnyClient = (options, adapter) =>
  createAnyClient(withRemoteEnvironment(options), adapter);

/** Makes the `arcjet()` of an adapter, whose clients ask the Decide server that the environment names. */
export const createArcjet = <Kind extends AdapterKind>(
  adapter: Adapter<Kind["request"]>,
  toMiddleware: ToMiddleware<Kind>,
): ArcjetFactory<Kind> => createFactory(createClient, adapter, toMiddleware);
