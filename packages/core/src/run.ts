/**
 * One evaluation of a plan against a request. It is synchronous until a rule or the store has to be
 * waited for: then the rest runs as the continuation of that one promise.
 *
 * Rules that count leave a question; all questions are asked in one store call before the first rule
 * that comes after the counting ones. What denies first in the order decides; live rules after it are
 * not run, and rules in DRY_RUN always are.
 */
import type { Conclusion, ReasonData, RuleState } from "@arcjet/protocol";
import type { Charges, Fingerprint, LimitResult, Outcome, StrikeResult } from "@arcjet/rate-limit";
import { limitAnswer, toCharges, type Question } from "./charges.ts";
import type { ClientState } from "./client-state.ts";
import { Context } from "./context.ts";
import { RuleResult } from "./decision.ts";
import { isPromise } from "./maybe-promise.ts";
import { recall, type Memo } from "./memo.ts";
import { LAST_COUNTING, type Plan, type PlannedRule } from "./plan.ts";
import { errorReason, NO_REASON } from "./reason.ts";
import type { ArcjetRequest } from "./request.ts";
import type { Evaluation, Verdict } from "./rule.ts";

type Props = Readonly<Record<string, unknown>>;

/** A request, what the application says of it, and the framework's own request. */
export interface Subject {
  readonly request: ArcjetRequest;
  readonly props: Props;
  readonly identity: object;
}

export class Run implements Memo {
  readonly identity: object;
  readonly plan: Plan;
  readonly props: Props;
  readonly previous: Memo | undefined;
  pending: Promise<unknown> | undefined = undefined;
  /** In declared order; complete once the run has ended. */
  readonly results: RuleResult[];
  readonly context: Context;
  /** The first live denial in the order of evaluation. */
  denial: RuleResult | undefined;
  degraded = false;
  readonly #state: ClientState;
  #position = 0;
  /** What rules ask of the store, at the places of the rules in the declared order. */
  readonly #questions: (Question | undefined)[];
  #open = 0;
  #closed = false;

  constructor(state: ClientState, plan: Plan, subject: Subject, previous: Memo | undefined) {
    const { request, props, identity } = subject;
    this.identity = identity;
    this.plan = plan;
    this.props = props;
    this.previous = previous;
    this.results = plan.noResults.slice();
    this.context = new Context(state, plan, request, props);
    this.#state = state;
    this.#questions = plan.noQuestions.slice();
  }

  /** Runs what is left; a promise only when something has to be waited for. */
  advance(): void | Promise<void> {
    const { rules } = this.plan;
    while (!this.#closed) {
      const planned = rules[this.#position];
      const waiting = this.#mustAskBefore(planned) ? this.#askStore() : this.#next(planned);
      if (waiting) return waiting.then(() => this.advance());
      if (planned === undefined && this.#open === 0) return undefined;
    }
    return undefined;
  }

  /** Ends the run: what has not answered is an error, and so is a live rule that nobody came to. */
  close(message: string): void {
    this.#closed = true;
    const current = this.plan.rules[this.#position - 1];
    for (const planned of this.plan.rules) {
      if (this.results[planned.index] !== undefined) continue;
      const missed = planned.live && this.denial === undefined;
      if (planned === current || this.questionOf(planned) || missed)
        this.#fail(planned, new Error(message));
      else this.#put(planned, "NOT_RUN", "ALLOW", NO_REASON, 0);
    }
  }

  /** What a rule asks of the store and has not been answered. */
  questionOf(planned: PlannedRule): Question | undefined {
    return this.#questions[planned.index];
  }

  /** Whether the time limit has ended the run. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Takes over a result that was made elsewhere; a rule that has one is not settled again. */
  keep(planned: PlannedRule, result: RuleResult): void {
    this.results[planned.index] = result;
    if (planned.live && result.conclusion === "DENY") this.denial ??= result;
  }

  /** Identity a rule counted by; worked out only when somebody looks. */
  fingerprintOf(ruleId: string): Fingerprint {
    const group = this.plan.rules.find(({ id }) => id === ruleId)?.group;
    return (group?.identify ?? this.plan.identify)(this.context.request, this.props);
  }

  #mustAskBefore(next: PlannedRule | undefined): boolean {
    return this.#open > 0 && (next === undefined || next.priority > LAST_COUNTING);
  }

  #next(planned: PlannedRule | undefined): void | Promise<void> {
    if (planned === undefined) return undefined;
    this.#position++;
    const known = this.previous ? recall(this.previous, planned, this.props) : undefined;
    if (known) return this.keep(planned, known);
    if (planned.live && this.denial) return this.#put(planned, "NOT_RUN", "ALLOW", NO_REASON, 0);
    try {
      const evaluation = planned.rule.evaluate(this.context);
      if (!isPromise(evaluation)) return this.#accept(planned, evaluation);
      return evaluation.then(
        (given) => this.#accept(planned, given),
        (cause: unknown) => this.#fail(planned, cause),
      );
    } catch (cause) {
      return this.#fail(planned, cause);
    }
  }

  #accept(planned: PlannedRule, evaluation: Evaluation): void {
    if (this.#closed) return;
    if ("conclusion" in evaluation) this.#set(planned, evaluation);
    else {
      this.#questions[planned.index] = evaluation;
      this.#open++;
    }
  }

  #askStore(): void | Promise<void> {
    try {
      const charges = toCharges(this.plan, this.#questions, this.context.request, this.props);
      const outcome = this.#state.store.take(charges);
      if (!isPromise(outcome)) return this.#settle(charges, outcome);
      return outcome.then(
        (given) => this.#settle(charges, given),
        (cause: unknown) => this.#failPending(cause),
      );
    } catch (cause) {
      return this.#failPending(cause);
    }
  }

  #settle(charges: Charges, outcome: Outcome): void {
    if (this.#closed) return;
    if (outcome.degraded === true) this.degraded = true;
    let strikes = 0;
    for (const planned of this.plan.rules) {
      const question = this.#takeBack(planned);
      if (question === undefined) continue;
      const strike = "strike" in question ? outcome.strikes[strikes++] : undefined;
      if (this.results[planned.index] !== undefined) continue;
      if (planned.live && this.denial) this.#put(planned, "NOT_RUN", "ALLOW", NO_REASON, 0);
      else this.#settleOne(planned, question, charges, outcome, strike);
    }
  }

  /** Takes the question of a rule back. */
  #takeBack(planned: PlannedRule): Question | undefined {
    const question = this.#questions[planned.index];
    if (question === undefined) return undefined;
    this.#questions[planned.index] = undefined;
    this.#open--;
    return question;
  }

  #settleOne(
    planned: PlannedRule,
    question: Question,
    charges: Charges,
    outcome: Outcome,
    strike: StrikeResult | undefined,
  ): void {
    try {
      if (!("strike" in question)) {
        const limit = limitAnswer(planned, charges, outcome);
        this.#set(planned, question.settle(limit), limit);
      } else if (strike === undefined)
        throw new Error("the store gave no answer about this client");
      else this.#set(planned, question.settle(strike));
    } catch (cause) {
      this.#fail(planned, cause);
    }
  }

  #failPending(cause: unknown): void {
    if (this.#closed) return;
    for (const planned of this.plan.rules) if (this.#takeBack(planned)) this.#fail(planned, cause);
  }

  #fail(planned: PlannedRule, cause: unknown): void {
    if (this.#closed && this.results[planned.index] !== undefined) return;
    this.#state.log.warn(
      { rule: planned.index, type: planned.type, error: cause },
      "a rule failed",
    );
    this.#set(planned, { conclusion: "ERROR", reason: errorReason(cause) });
  }

  #set(planned: PlannedRule, { conclusion, reason }: Verdict, limit?: LimitResult): void {
    const state: RuleState = planned.live ? (limit?.cached === true ? "CACHED" : "RUN") : "DRY_RUN";
    const ttl = conclusion === "DENY" ? Math.ceil((limit?.retryAfterMs ?? 0) / 1000) : 0;
    this.#put(planned, state, conclusion, reason, ttl);
  }

  #put(
    planned: PlannedRule,
    state: RuleState,
    conclusion: Conclusion,
    reason: ReasonData,
    ttl: number,
  ): void {
    this.keep(planned, new RuleResult(planned, state, conclusion, reason, this, ttl));
  }
}
