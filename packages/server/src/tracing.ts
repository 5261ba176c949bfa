/** The part of an OpenTelemetry span that is used. */
export interface Span {
  setAttribute(name: string, value: string | number | boolean): unknown;
  end(): void;
}

/** Starts spans; `otelTracer()` makes one of OpenTelemetry's. */
export interface Tracer {
  /** `header` reads the headers of the call, for the context that came with it. */
  start(name: string, header: (name: string) => string | undefined): Span;
}

/** The part of `@opentelemetry/api` that is used. */
export interface OtelApi {
  readonly trace: {
    getTracer(name: string): {
      startSpan(name: string, options: { readonly kind: number }, context: unknown): Span;
    };
  };
  readonly context: { active(): unknown };
  readonly propagation: {
    extract(context: unknown, carrier: unknown, getter: unknown): unknown;
  };
}

const SERVER_KIND = 1;
const CARRIED = ["traceparent", "tracestate", "baggage"];

/**
 * Spans through OpenTelemetry, joined to the trace of the caller.
 *
 * @example
 * import * as api from "@opentelemetry/api";
 * const server = createServer({ keys, tracer: otelTracer(api) });
 */
export function otelTracer({ trace, context, propagation }: OtelApi): Tracer {
  const tracer = trace.getTracer("@arcjet/server");
  const getter = {
    keys: () => CARRIED,
    get: (header: (name: string) => string | undefined, name: string) => header(name),
  };
  return {
    start: (name, header) =>
      tracer.startSpan(
        name,
        { kind: SERVER_KIND },
        propagation.extract(context.active(), header, getter),
      ),
  };
}
