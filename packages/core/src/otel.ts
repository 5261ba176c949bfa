/** Spans and metrics of decisions, through OpenTelemetry. */
import {
  metrics,
  SpanStatusCode,
  trace,
  type Attributes,
  type MeterProvider,
  type TracerProvider,
} from "@opentelemetry/api";
import type { DecisionRecord, Sink } from "./sink.ts";

/** Options of {@link openTelemetry}. */
export interface OpenTelemetryOptions {
  /** Default: the global provider. */
  readonly tracerProvider?: TracerProvider;
  /** Default: the global provider. */
  readonly meterProvider?: MeterProvider;
}

const NAME = "@arcjet/core";
const MS = 1000;
/** Seconds: a decision in this process takes microseconds, one that asks a store or a server milliseconds. */
const BUCKETS = [
  0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1,
];

/**
 * A sink that gives a span `arcjet.protect` for each decision, within the span that is active, and the
 * metrics `arcjet.decisions`, `arcjet.rule.results` and `arcjet.decision.duration` (seconds).
 *
 * Addresses and paths are attributes of spans alone, so that metrics stay few.
 *
 * @example
 * const aj = arcjet({ rules: [shield({ mode: "LIVE" })], sinks: [openTelemetry()] });
 * @see https://opentelemetry.io/docs/specs/semconv/general/attributes/
 */
export function openTelemetry(options: OpenTelemetryOptions = {}): Sink {
  const tracer = (options.tracerProvider ?? trace).getTracer(NAME);
  const meter = (options.meterProvider ?? metrics).getMeter(NAME);
  const decisions = meter.createCounter("arcjet.decisions", {
    description: "Decisions by conclusion and reason.",
    unit: "{decision}",
  });
  const results = meter.createCounter("arcjet.rule.results", {
    description: "Results of rules by type, state and conclusion.",
    unit: "{result}",
  });
  const duration = meter.createHistogram("arcjet.decision.duration", {
    description: "Time from the request to the decision.",
    unit: "s",
    advice: { explicitBucketBoundaries: BUCKETS },
  });
  return (record) => {
    const { decision, time, durationMs } = record;
    const outcome = outcomeOf(record);
    const span = tracer.startSpan("arcjet.protect", {
      startTime: time - durationMs,
      attributes: { ...outcome, ...requestOf(record) },
    });
    if (decision.reason.isError())
      span.setStatus({ code: SpanStatusCode.ERROR, message: decision.reason.message });
    span.end(time);
    decisions.add(1, outcome);
    duration.record(durationMs / MS, outcome);
    for (const { type, state, conclusion } of decision.results)
      results.add(1, {
        "arcjet.rule.type": type,
        "arcjet.rule.state": state,
        "arcjet.conclusion": conclusion,
      });
  };
}

function outcomeOf({ decision }: DecisionRecord): Attributes {
  return {
    "arcjet.conclusion": decision.conclusion,
    "arcjet.reason": decision.reason.type,
    "arcjet.degraded": decision.degraded,
  };
}

function requestOf({ request, decision, correlationId }: DecisionRecord): Attributes {
  return {
    "arcjet.decision.id": decision.id,
    "client.address": request.ip,
    "http.request.method": request.method,
    "url.path": request.path,
    ...(correlationId !== undefined && { "arcjet.correlation_id": correlationId }),
  };
}
