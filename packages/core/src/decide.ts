/** From a normalised request to a decision: run the plan, within the time limit, and combine. */
import type { Conclusion, ReasonData } from "@arcjet/protocol";
import type { ClientState } from "./client-state.ts";
import { Decision, type RuleResult } from "./decision.ts";
import { isPromise, type MaybePromise } from "./maybe-promise.ts";
import type { Plan } from "./plan.ts";
import { NO_REASON } from "./reason.ts";
import { Run, type Subject } from "./run.ts";

/** Evaluates a plan, with what is remembered of this request by its identity; a promise only when a rule, the store or the IP data has to be waited for. */
export function decide(state: ClientState, plan: Plan, subject: Subject): MaybePromise<Decision> {
  const { identity } = subject;
  const previous = state.memos.get(identity);
  // Judged twice at once, a request would be charged twice: the second look waits for the first.
  if (previous?.pending) return previous.pending.then(() => decide(state, plan, subject));
  const run = new Run(state, plan, subject, previous);
  state.memos.set(identity, run);
  const advancing = run.advance();
  const finished = advancing ? advancing.then(() => factsOf(state, run)) : factsOf(state, run);
  if (!finished) return combine(state, run);
  run.pending = withinLimit(finished, state, run).then(() => (run.pending = undefined));
  return run.pending.then(() => combine(state, run));
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
function conclude(state: ClientState, { denial, results }: Run): Conclusive {
  if (denial) return { conclusion: "DENY", reason: denial.data, ttl: denial.ttl };
  const failed = results.find(
    ({ state: ran, conclusion }) => conclusion === "ERROR" && ran !== "DRY_RUN",
  );
  if (failed) {
    const conclusion = state.onError === "deny" ? "DENY" : "ERROR";
    return { conclusion, reason: failed.data, ttl: 0 };
  }
  return { conclusion: "ALLOW", reason: reasonToAllow(results), ttl: 0 };
}

const isLive = ({ state }: RuleResult): boolean => state === "RUN";
const isLiveLimit = (result: RuleResult): boolean => isLive(result) && result.type === "RATE_LIMIT";

/** An allowed request shows the counters of its first live limit, else what the first live rule said. */
function reasonToAllow(results: readonly RuleResult[]): ReasonData {
  return (results.find(isLiveLimit) ?? results.find(isLive))?.data ?? NO_REASON;
}
