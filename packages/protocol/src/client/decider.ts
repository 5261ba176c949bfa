// The remote decider over any Connect transport. One question, one answer, no second try: a limit that
// was charged twice is worse than one that is decided in the process.
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import type { DecisionData } from "../decision.ts";
import { DecideService } from "../gen/decide/v1alpha1/decide_pb.js";
import type { RemoteDecider, RemoteQuestion } from "../remote.ts";
import { decisionFromWire } from "../wire/decision.ts";
import { questionToDecide, questionToReport } from "../wire/question.ts";
import { createBreaker } from "./breaker.ts";
import { createQueue } from "./queue.ts";

const REPORT_TIMEOUT_MS = 2_000;
/** What this client calls itself; the server only writes it down. */
const SDK_VERSION = "0.0.0";

export interface Connection {
  readonly transport: Transport;
  readonly timeoutMs: number;
  /** Milliseconds, for the breaker. Default: `Date.now`. */
  readonly now?: () => number;
  /** Told of each outcome of a question, so that a dead connection can be replaced. */
  readonly onOutcome?: (error: ConnectError | undefined) => void;
  /** Lets go of the connection. */
  readonly release?: () => void;
}

/** Builds a decider on a connection. */
export function createDecider(connection: Connection): RemoteDecider {
  const { transport, timeoutMs, now = Date.now, onOutcome, release } = connection;
  const client = createClient(DecideService, transport);
  const breaker = createBreaker(now);
  const reports = createQueue();

  const ask = async (question: RemoteQuestion): Promise<DecisionData> => {
    const message = questionToDecide(question, SDK_VERSION);
    const { decision } = await client.decide(message, { timeoutMs });
    if (decision === undefined || decision.ruleResults.length !== question.specs.length)
      throw new ConnectError("the answer has not one result for each rule", Code.DataLoss);
    return decisionFromWire(decision, question.specs);
  };

  return {
    timeoutMs,
    decide: async (question) => {
      if (!breaker.mayAsk())
        throw new ConnectError("the server has not answered lately", Code.Unavailable);
      try {
        const decision = await ask(question);
        breaker.succeeded();
        onOutcome?.(undefined);
        return decision;
      } catch (cause) {
        const error = ConnectError.from(cause);
        if (isOutage(error)) breaker.failed();
        else breaker.succeeded();
        onOutcome?.(error);
        throw error;
      }
    },
    report: (question, decision) => {
      try {
        const message = questionToReport(question, decision, SDK_VERSION);
        reports.add(() => client.report(message, { timeoutMs: REPORT_TIMEOUT_MS }));
      } catch {
        // A report that cannot be encoded is lost, like one that does not arrive.
      }
    },
    close: async () => {
      await reports.idle();
      release?.();
    },
  };
}

/** An answer that says no is an answer: the server is there. */
function isOutage({ code }: ConnectError): boolean {
  return (
    code === Code.DeadlineExceeded ||
    code === Code.Unavailable ||
    code === Code.Aborted ||
    code === Code.Unknown ||
    code === Code.Internal
  );
}
