import type { RuleSpec } from "@arcjet/protocol";
import type { Decision } from "./decision.ts";
import type { Logger } from "./log.ts";
import { isPromise } from "./maybe-promise.ts";
import type { ArcjetRequest } from "./request.ts";

/** What a sink is told of each decision. */
export interface DecisionRecord {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Milliseconds from the request to the decision, with fractions. */
  readonly durationMs: number;
  readonly request: ArcjetRequest;
  readonly decision: Decision;
  /** The rules in declared order, as the results are. */
  readonly rules: readonly RuleSpec[];
  /** Trace id that the application gave. */
  readonly correlationId: string | undefined;
  /** What the application said of the request; plain data. */
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
}

/** Receives decisions after they are made; never awaited, and its failures are only logged. */
export type Sink = (record: DecisionRecord) => void | Promise<void>;

/** Tells every sink; what a sink throws never reaches the request. */
export function tellSinks(sinks: readonly Sink[], record: DecisionRecord, log: Logger): void {
  const failed = (cause: unknown): void => log.warn({ error: cause }, "a sink failed");
  for (const sink of sinks) {
    try {
      const told = sink(record);
      if (isPromise(told)) told.catch(failed);
    } catch (cause) {
      failed(cause);
    }
  }
}
