// Decisions on their way to whoever keeps or counts them. A sink is told after the answer is made and never
// awaited; what the rules had to read in the clear does not go any further.
import type { Logger } from "@arcjet/core";
import { isPromise } from "@arcjet/core/node";
import type { DecisionData, RuleSpec } from "@arcjet/protocol";
import type { WireRequest } from "@arcjet/protocol/wire";

/** A decision of a site: made here, or reported by a client that made it. */
export interface SiteDecision {
  readonly site: string;
  readonly source: "decide" | "report";
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly decision: DecisionData;
  /** Without its body and without the texts that rules search; headers and cookies are all there. */
  readonly request: WireRequest;
  /** In the order of the results; undefined for a kind of rule that has no spec. */
  readonly specs: readonly (RuleSpec | undefined)[];
}

/** Receives decisions after they are made; never awaited, and its failures are only logged. */
export type DecisionSink = (decision: SiteDecision) => void | Promise<void>;

export interface SinkOptions {
  readonly sinks: readonly DecisionSink[];
  readonly log: Logger;
}

const SECRET = ["detectPromptInjectionMessage", "sensitiveInfoValue", "filterLocal", "body"];

function withoutSecrets(told: SiteDecision): SiteDecision {
  const { request } = told;
  const { props, body } = request;
  const isSecret = (name: string): boolean => props[name] !== undefined;
  if (body === undefined && !SECRET.some(isSecret)) return told;
  const redacted = SECRET.filter(isSecret).map((name) => [name, "<redacted>"]);
  const shown = { ...props, ...Object.fromEntries(redacted) };
  return { ...told, request: { ...request, body: undefined, props: shown } };
}

/** Tells every sink; what a sink throws never reaches the call. */
export function tellSinks({ sinks, log }: SinkOptions, decision: SiteDecision): void {
  if (sinks.length === 0) return;
  const failed = (cause: unknown): void => log.warn({ error: cause }, "a sink failed");
  const told = withoutSecrets(decision);
  for (const sink of sinks) {
    try {
      const done = sink(told);
      if (isPromise(done)) done.catch(failed);
    } catch (cause) {
      failed(cause);
    }
  }
}
