/** What guards of a framework do whose handlers write to a reply: decide, then go on or answer. */
import type { Decision } from "./decision.ts";
import {
  createWithArcjet,
  type AdapterKind,
  type Guard,
  type ToMiddleware,
  type WithArcjet,
} from "./guard.ts";
import { isPromise, whenReady, type MaybePromise } from "./maybe-promise.ts";
import { rateLimitHeaders } from "./response.ts";

/** How a framework is told of a decision. */
export interface ReplyFramework<Request, Reply, Options> {
  /** Puts the decision where the framework's users look for it. */
  readonly attach: (request: Request, reply: Reply, decision: Decision) => void;
  /** Gives the answer that will follow a rate limit field, where it can still have one. */
  readonly setField: (reply: Reply, name: string, value: string) => void;
  /** Answers a denied request, by `onDenied` where there is one. */
  readonly deny: (
    request: Request,
    reply: Reply,
    decision: Decision,
    options: Options | undefined,
  ) => unknown;
}

/** Whether a request may go on; else it has been answered. */
export type ReplyJudge<Request, Reply, Options> = (
  guard: Guard<Request>,
  options: Options | undefined,
  request: Request,
  reply: Reply,
) => MaybePromise<boolean>;

/** Makes the judge of a framework; nothing waits, and nothing is allocated, unless a decision or an answer does. */
export function judgeReply<Request, Reply, Options>(
  framework: ReplyFramework<Request, Reply, Options>,
): ReplyJudge<Request, Reply, Options> {
  const conclude = (
    decision: Decision,
    options: Options | undefined,
    request: Request,
    reply: Reply,
  ): MaybePromise<boolean> => {
    framework.attach(request, reply, decision);
    if (decision.isDenied())
      return whenReady(framework.deny(request, reply, decision, options), () => false);
    for (const [name, value] of rateLimitHeaders(decision)) framework.setField(reply, name, value);
    return true;
  };
  return (guard, options, request, reply) => {
    const decision = guard(request);
    if (!isPromise(decision)) return conclude(decision, options, request, reply);
    return decision.then((made) => conclude(made, options, request, reply));
  };
}

/** What was thrown, as something that `next` takes for a failure: it goes on with nothing, or with a word. */
export const toFailure = (cause: unknown): Error =>
  // An object goes on as it is, whatever it is: frameworks take it for an error, and type it as one.
  typeof cause === "object" && cause !== null
    ? (cause as Error)
    : new Error(String(cause), { cause });

export type Next = (error?: Error) => void;

/** What was thrown goes to `next` as a failure. */
export const failing =
  (next: Next) =>
  (cause: unknown): void =>
    next(toFailure(cause));

/** The judge of a framework as middleware in the `(request, reply, next)` form. */
export const callingNext =
  <Request, Reply, Options>(judge: ReplyJudge<Request, Reply, Options>) =>
  (guard: Guard<Request>, options: Options | undefined) =>
  (request: Request, reply: Reply, next: Next): void => {
    let goesOn: MaybePromise<boolean>;
    try {
      goesOn = judge(guard, options, request, reply);
    } catch (cause) {
      return failing(next)(cause);
    }
    // What comes after is no fault of this middleware, so nothing of it is caught here.
    if (isPromise(goesOn)) goesOn.then((may) => void (may && next()), failing(next));
    else if (goesOn) next();
  };

/** What an adapter is made of whose framework calls handlers with a request and a reply, and hooks that call back. */
export interface ReplyKind<Request extends object, Reply> extends AdapterKind {
  readonly request: Request;
  readonly options: {
    /** Answers a denied request instead of the 403 or 429: sends the reply, or gives what to send. */
    readonly onDenied?: (request: Request, reply: Reply, decision: Decision) => unknown;
  };
  readonly middleware: (request: Request, reply: Reply, next: Next) => void;
  readonly arguments: [request: Request, ...reply: Reply[]];
}

/** The hook and the `withArcjet()` of such a framework; a handler that may not go on gives the reply. */
export function createReplyGuards<
  Kind extends ReplyKind<Request, Reply>,
  Request extends object,
  Reply,
>(
  framework: ReplyFramework<Request, Reply, Kind["options"]>,
): { readonly toMiddleware: ToMiddleware<Kind>; readonly withArcjet: WithArcjet<Kind> } {
  const judge = judgeReply(framework);
  return {
    toMiddleware: callingNext(judge),
    withArcjet: createWithArcjet<Kind>(async (guard, options, request, next, [, reply]) =>
      (await judge(guard, options, request, reply!)) ? next() : reply,
    ),
  };
}
