/**
 * A decision with the help of a Decide server. The rules that need no server run first, in this process;
 * when none of them denies, one question asks for the counters and for what is known of the address.
 * The server takes the place of the store: where the pipeline would ask the store, it is asked, and when
 * it does not answer in time the store of this process is, and the decision says `degraded`.
 */
import type { IpFacts } from "@arcjet/ip";
import type { DecisionData, LocalAnswer, RemoteQuestion, RuleResultData } from "@arcjet/protocol";
import type { Charges, Outcome, Store, StrikeCharge } from "@arcjet/rate-limit";
import type { Question } from "./charges.ts";
import type { ClientState } from "./client-state.ts";
import { Context } from "./context.ts";
import { combine, factsOf, withinLimit } from "./decide.ts";
import { RuleResult, type Decision } from "./decision.ts";
import { recall } from "./memo.ts";
import type { Plan, PlannedRule } from "./plan.ts";
import { errorReason, NO_REASON } from "./reason.ts";
import { counts, type Remote } from "./remote.ts";
import { Run, type Subject } from "./run.ts";

const NOT_BLOCKED = { blocked: false, count: 0, retryAfterMs: 0 };
const NO_CHARGES: Charges = { limits: [], strikes: [] };
const NO_ANSWERS: Outcome = { limits: [], strikes: [] };

/** Decides with the server; never rejects. */
export async function decideRemotely(
  state: ClientState,
  remote: Remote,
  plan: Plan,
  subject: Subject,
): Promise<Decision> {
  const { props, identity } = subject;
  for (let before = state.memos.get(identity)?.pending; before;) {
    await before;
    before = state.memos.get(identity)?.pending;
  }
  const previous = state.memos.get(identity);
  const asking = new Asking(state, remote, plan, subject);
  const run = new Run({ ...state, store: asking.store }, plan, subject, previous);
  asking.run = run;
  state.memos.set(identity, run);
  const seen = plan.rules.every((planned) => recall(previous, planned, props) !== undefined);
  const finished = (async () => {
    await run.advance();
    if (!asking.asked && !run.denial && !seen) await asking.askForFacts();
    await asking.judgeOpenFilters();
    await factsOf(state, run);
  })();
  const timeoutMs = state.timeoutMs + remote.decider.timeoutMs;
  run.pending = withinLimit(finished, { log: state.log, timeoutMs }, run);
  await run.pending;
  run.pending = undefined;
  run.context.found ??= asking.answer?.ip;
  const decision = combine(state, run, asking.answer?.id);
  if (!asking.asked && !seen) remote.decider.report(asking.question(), decision.toJSON());
  return decision;
}

/** One question to the server, in the place of the store. */
class Asking {
  readonly store: Store;
  run!: Run;
  asked = false;
  answer: DecisionData | undefined;
  readonly #state: ClientState;
  readonly #remote: Remote;
  readonly #plan: Plan;
  readonly #subject: Subject;
  /** Findings of requests that are attacks by themselves: they count, and nobody waits for that. */
  readonly #recorded: StrikeCharge[] = [];

  constructor(state: ClientState, remote: Remote, plan: Plan, subject: Subject) {
    this.#state = state;
    this.#remote = remote;
    this.#plan = plan;
    this.#subject = subject;
    const { secret } = state.store;
    this.store = {
      ...(secret !== undefined && { secret }),
      take: (charges) => this.#take(charges),
      peek: (charges) => state.store.peek(charges),
      reset: (charges) => state.store.reset(charges),
    };
  }

  /** The question as it stands: what has a result is told, the rest is asked. */
  question(): RemoteQuestion {
    const { request, props } = this.#subject;
    const declared = this.#plan.rules.toSorted((a, b) => a.index - b.index);
    return {
      request,
      ignoreCase: this.#state.normalize.ignoreCase,
      props,
      specs: declared.map(({ rule }) => rule.spec),
      characteristics: this.#state.characteristics,
      local: declared.map((planned) => this.#localAnswer(planned)),
    };
  }

  /** Asks although nothing has to be counted: the server knows the address, and keeps the log. */
  async askForFacts(): Promise<void> {
    const outcome = await this.#ask(NO_CHARGES);
    if (outcome.degraded === true) this.run.degraded = true;
  }

  #take(charges: Charges): Outcome | Promise<Outcome> {
    const [strike] = charges.strikes;
    const isRecord =
      strike !== undefined &&
      !this.#waiting.some(({ question }) => "strike" in question && question.strike === strike);
    if (!isRecord) return this.#denyFromMemory() ? NO_ANSWERS : this.#ask(charges);
    this.#recorded.push(strike);
    // A report would not arrive: the findings count here, where decisions are made meanwhile.
    if (this.#remote.down) return this.#state.store.take(charges);
    return { limits: [], strikes: [NOT_BLOCKED] };
  }

  /** Rules that wait for an answer, and what they ask. */
  get #waiting(): readonly { readonly planned: PlannedRule; readonly question: Question }[] {
    return this.#plan.rules.flatMap((planned) => {
      const question = this.run.questionOf(planned);
      return question ? [{ planned, question }] : [];
    });
  }

  /** Answers in the server's place when it has just denied the same. */
  #denyFromMemory(): boolean {
    const { run } = this;
    for (const { planned, question } of this.#waiting) {
      if (!planned.live || "strike" in question) continue;
      const known = this.#remote.denials.find(
        planned.id,
        this.#client(planned),
        question.requested,
      );
      if (known === undefined) continue;
      for (const { planned: other } of this.#waiting)
        if (other !== planned)
          run.keep(other, new RuleResult(other, "NOT_RUN", "ALLOW", NO_REASON, run));
      const ttl = known.retryAfter ?? 0;
      run.keep(planned, new RuleResult(planned, "CACHED", "DENY", known, run, ttl));
      return true;
    }
    return false;
  }

  #client(planned: PlannedRule) {
    const identify = planned.group?.identify ?? this.#plan.identify;
    return identify(this.#subject.request, this.#subject.props);
  }

  async #ask(charges: Charges): Promise<Outcome> {
    this.asked = true;
    const { log, store } = this.#state;
    try {
      const answer = await this.#remote.decider.decide(this.question());
      if (this.#remote.down) log.info({}, "the Decide server answers again");
      this.#remote.down = false;
      this.#settle(answer);
      return { ...NO_ANSWERS, degraded: answer.degraded };
    } catch (cause) {
      if (!this.#remote.down)
        log.warn({ error: cause }, "the Decide server did not answer: this process decides");
      this.#remote.down = true;
      return { ...(await store.take(charges)), degraded: true };
    }
  }

  /** Puts the server's results in the places of the rules that were asked about. */
  #settle(answer: DecisionData): void {
    const { run } = this;
    if (run.closed) return;
    if (answer.results.length !== this.#plan.rules.length)
      throw new Error("the server did not answer for each rule");
    this.answer = answer;
    for (const planned of this.#plan.rules)
      if (this.#isOpen(planned) && answer.results[planned.index]?.conclusion === "DENY")
        this.#adopt(planned, answer.results[planned.index]!);
    for (const { planned, question } of this.#waiting) {
      const result = answer.results[planned.index]!;
      this.#adopt(planned, result);
      const { reason } = result;
      if ("strike" in question || !planned.live || result.conclusion !== "DENY") continue;
      if (reason.type === "RATE_LIMIT")
        this.#remote.denials.add(planned.id, this.#client(planned), question.requested, reason);
    }
  }

  #adopt(planned: PlannedRule, { state, conclusion, reason, ttl }: RuleResultData): void {
    this.run.keep(planned, new RuleResult(planned, state, conclusion, reason, this.run, ttl));
  }

  /** Whether only the server's IP data can tell what a filter says. */
  #isOpen(planned: PlannedRule): boolean {
    const result = this.run.results[planned.index];
    if (planned.type !== "FILTER" || this.#state.lookup !== undefined) return false;
    if (result === undefined || result.state === "NOT_RUN") return false;
    const { data } = result;
    return (
      result.conclusion === "ERROR" ||
      (data.type === "FILTER" && data.undeterminedExpressions.length > 0)
    );
  }

  /** Judges filters that were open with what the server knows of the address. */
  async judgeOpenFilters(): Promise<void> {
    const facts = this.answer?.ip;
    if (facts === undefined) return;
    for (const planned of this.#plan.rules)
      if (this.#isOpen(planned)) await this.#judgeWith(planned, facts);
  }

  async #judgeWith(planned: PlannedRule, facts: IpFacts): Promise<void> {
    const { request, props } = this.#subject;
    const state = { ...this.#state, lookup: () => facts };
    const context = new Context(state, this.#plan, request, props);
    const ran = planned.live ? "RUN" : "DRY_RUN";
    try {
      const verdict = await planned.rule.evaluate(context);
      if (!("conclusion" in verdict) || this.run.closed) return;
      const { conclusion, reason } = verdict;
      this.run.keep(planned, new RuleResult(planned, ran, conclusion, reason, this.run));
    } catch (cause) {
      this.run.keep(planned, new RuleResult(planned, ran, "ERROR", errorReason(cause), this.run));
    }
  }

  #localAnswer(planned: PlannedRule): LocalAnswer | undefined {
    const result = this.run.results[planned.index];
    if (result === undefined) return this.#provisional(planned);
    const answer = result.toJSON();
    if (this.#isOpen(planned))
      // A value that stays here keeps the server from judging: the rest is judged here, afterwards.
      return this.#subject.props.filterLocal === undefined
        ? undefined
        : { result: tentative(answer) };
    return counts(planned) ? this.#withFindings(planned, answer) : { result: answer };
  }

  /** What Shield has seen, before the server says whether the client is blocked. */
  #provisional(planned: PlannedRule): LocalAnswer | undefined {
    const question = this.run.questionOf(planned);
    if (question === undefined || !("strike" in question)) return undefined;
    const { conclusion, reason } = question.settle(NOT_BLOCKED);
    const ran = planned.live ? "RUN" : "DRY_RUN";
    const result = new RuleResult(planned, ran, conclusion, reason, this.run).toJSON();
    return { result, findings: question.strike.findings };
  }

  #withFindings(planned: PlannedRule, result: RuleResultData): LocalAnswer {
    const { spec } = planned.rule;
    const strike = this.#recorded.find(
      ({ policy, live }) =>
        spec.type === "SHIELD" &&
        live === planned.live &&
        policy.threshold === spec.threshold &&
        policy.windowMs === spec.window * 1_000,
    );
    return strike ? { result, findings: strike.findings } : { result };
  }
}

function tentative(result: RuleResultData): RuleResultData {
  return { ...result, conclusion: "ALLOW", reason: NO_REASON };
}
