/** From a normalised request to a decision: run the plan, within the time limit, and combine. */
import type { Conclusion, ReasonData } from "@arcjet/protocol";
import type { ClientState } from "./client-state.ts";
import { Decision } from "./decision.ts";
import { isPromise, whenReady, type MaybePromise } from "./maybe-promise.ts";
import type { Memo } from "./memo.ts";
import type { Plan } from "./plan.ts";
import { NO_REASON } from "./reason.ts";
import type { ArcjetRequest } from "./request.ts";
import { Run } from "./run.ts";

/** Evaluates a plan, with what is remembered of this request by its identity; a promise only when a rule, the store or the IP data has to be waited for. */
export function decide(
  state: ClientState,
  plan: Plan,
  request: ArcjetRequest,
  props: Readonly<Record<string, unknown>>,
  identity: object,
): MaybePromise<Decision> {
  const previous = state.memos.get(identity);
  // Judged twice at once, a request would be charged twice: the second look waits for the first.
  if (previous?.pending)
    return previous.pending.then(() => decide(state, plan, request, props, identity));
  const run = new Run(state, plan, request, props, previous);
  const memo: Memo = {
    identity,
    plan,
    results: run.results,
    props,
    previous,
    pending: undefined,
  };
  state.memos.set(identity, memo);
  const finished = whenReady(run.advance(), () => factsOf(state, run));
  if (!isPromise(finished)) return combine(state, run);
  memo.pending = withinLimit(finished, state, run).then(() => (memo.pending = undefined));
  return memo.pending.then(() => combine(state, run));
}

/** IP data is part of the decision, whether or not a rule asked for it. */
export function factsOf(state: ClientState, run: Run): void | Promise<void> {
  if (state.lookup === undefined) return undefined;
  const failed = (cause: unknown): void =>
    state.log.warn({ error: cause }, "the IP data could not be read");
  try {
    const facts = run.context.facts();
    return isPromise(facts) ? facts.then(() => undefined, failed) : undefined;
  } catch (cause) {
    return failed(cause);
  }
}

/** Waits for a run, and closes it when it takes longer than the time limit. */
export function withinLimit(
  finished: Promise<void>,
  { log, timeoutMs }: Pick<ClientState, "log" | "timeoutMs">,
  run: Run,
): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      run.close(`no answer within ${timeoutMs} ms`);
      resolve();
      log.warn({ timeout: timeoutMs }, "the time limit ended a decision");
    }, timeoutMs);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    finished.then(done, done);
  });
}

/** Makes the decision from what a run has found; `id` where a server has given one. */
export function combine(state: ClientState, run: Run, id?: string): Decision {
  const { conclusion, reason, ttl } = conclude(state, run);
  const { results, degraded, context } = run;
  return new Decision({
    id: id ?? state.nextId,
    conclusion,
    reason,
    results,
    ttl,
    degraded,
    facts: context.found,
    fieldStyle: state.fieldStyle,
  });
}

interface Conclusive {
  readonly conclusion: Conclusion;
  readonly reason: ReasonData;
  readonly ttl: number;
}

/** A live denial denies; else a failed live rule is an error, or a denial when the client says so. */
function conclude(state: ClientState, run: Run): Conclusive {
  if (run.denial) return { conclusion: "DENY", reason: run.denial.data, ttl: run.denial.ttl };
  const failed = run.results.find(
    ({ state: ran, conclusion }) => conclusion === "ERROR" && ran !== "DRY_RUN",
  );
  if (failed) {
    const conclusion = state.onError === "deny" ? "DENY" : "ERROR";
    return { conclusion, reason: failed.data, ttl: 0 };
  }
  return { conclusion: "ALLOW", reason: reasonToAllow(run), ttl: 0 };
}

/** An allowed request shows the counters of its first live limit, else what the first live rule said. */
function reasonToAllow({ results }: Run): ReasonData {
  const live = results.filter(({ state }) => state === "RUN");
  const shown = live.find(({ type }) => type === "RATE_LIMIT") ?? live[0];
  return shown?.data ?? NO_REASON;
}
